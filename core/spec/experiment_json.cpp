// SPDX-License-Identifier: GPL-3.0-or-later
#include <functional>
#include <optional>
#include <set>
#include <type_traits>
#include <utility>

#include "core/base/text.h"
#include "core/spec/experiment.h"
#include "core/spec/names.h"
#include "core/spec/strict_json.h"

namespace lmser {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

// One list of keys serves both ways: `field(key, value)` writes the value or reads it. What came later than
// the first checkpoints is `field.optional(key, value, fallback)`: left out where it is the fallback.

template <class Field, class Spec>
void network_fields(Field& field, Spec& spec) {
    field("input", spec.input);
    field("layers", spec.layers);
    field("tied_weights", spec.wiring.tied_weights);
    field("shared_neurons", spec.wiring.shared_neurons);
    field("activation", spec.activation);
    field("fusion", spec.fusion);
    field("reflections", spec.reflections);
    field("label_units", spec.label_units);
    field.optional("style_units", spec.style_units, 0);
    field.optional("centred", spec.centred, false);
    field.optional("mask_channel", spec.mask_channel, false);
}

template <class Field, class Options>
void training_fields(Field& field, Options& options) {
    field("batch", options.batch);
    field("iterations", options.iterations);
    field("learning_rate", options.learning_rate);
    field("decay", options.decay);
    field("initialization", options.initialization);
    field("reconstruction_loss", options.reconstruction_loss);
    field("reconstruction_weight", options.reconstruction_weight);
    field("label_loss", options.label_loss);
    field("label_weight", options.label_weight);
    field("shortcut_dropout", options.shortcut_dropout);
    field.optional("style_noise", options.style_noise, 0.0);
    field.optional("style_weight", options.style_weight, 0.0);
    field.optional("picture_noise", options.picture_noise, 0.0);
    field.optional("dream_weight", options.dream_weight, 0.0);
    field.optional("schedule", options.schedule, Schedule::exponential);
    field.optional("warm_up", options.warm_up, std::int64_t{0});
    field.optional("adam_beta2", options.adam_beta2, .999);
    field.optional("clip_norm", options.clip_norm, 0.0);
    field.optional("random_masks", options.random_masks, false);
    field.optional("flips", options.flips, false);
    field.optional("edge_weight", options.edge_weight, 0.0);
    field.optional("hidden_weight", options.hidden_weight, 1.0);
    field.optional("composed_weight", options.composed_weight, 0.0);
    field.optional("similarity_weight", options.similarity_weight, 0.0);
    field("evaluate_every", options.evaluate_every);
}

template <class Field, class Whole>
void experiment_fields(Field& field, Whole& experiment) {
    field("preset", experiment.preset);
    field("dataset", experiment.dataset);
    field("held_out", experiment.held_out);
    field("seed", experiment.seed);
    field.optional("start_from", experiment.start_from, std::string());
    field("network", experiment.network);
    field("training", experiment.training);
}

/// Writes fields into an object, in the order in which they come.
class Writer {
public:
    template <class Value>
    void operator()(const char* key, const Value& value) {
        object_[key] = to_value(value);
    }

    template <class Value>
    void optional(const char* key, const Value& value, const Value& fallback) {
        if (value != fallback) {
            (*this)(key, value);
        }
    }

    ordered_json object_ = ordered_json::object();

private:
    template <class Value>
    static ordered_json to_value(const Value& value) {
        if constexpr (std::is_enum_v<Value>) {
            return name_of(value);
        } else {
            return value;
        }
    }
    static ordered_json to_value(const ImageShape& shape) {
        return {shape.channels, shape.height, shape.width};
    }
    /// A fully connected layer is its number of units, a convolutional one a text such as "16k4s2p1".
    static ordered_json to_value(const std::vector<Layer>& layers) {
        ordered_json list = ordered_json::array();
        for (const Layer& layer : layers) {
            list.push_back(layer.is_convolution() ? ordered_json(text_of(layer))
                                                  : ordered_json(layer.units));
        }
        return list;
    }
    static ordered_json to_value(const NetworkSpec& spec) {
        Writer writer;
        network_fields(writer, spec);
        return writer.object_;
    }
    static ordered_json to_value(const TrainingOptions& options) {
        Writer writer;
        training_fields(writer, options);
        return writer.object_;
    }
};

/// Reads fields from an object and keeps the first thing that is wrong.
class Reader {
public:
    Reader(const json& object, std::string prefix) : object_(object), prefix_(std::move(prefix)) {
        if (!object_.is_object()) {
            fail(prefix_.empty()
                     ? "it is not a JSON object"
                     : "'" + prefix_.substr(0, prefix_.size() - 1) + "' is not a JSON object");
        }
    }

    template <class Value>
    void operator()(const char* key, Value& value) {
        if (problem_) {
            return;
        }
        const auto& members = object_.get_ref<const json::object_t&>();
        const auto found = members.find(key);
        if (found == members.end()) {
            fail("the key " + in_quotes(prefix_ + key) + " is missing");
            return;
        }
        known_.insert(key);
        read(found->second, prefix_ + key, value);
    }

    template <class Value>
    void optional(const char* key, Value& value, const Value& fallback) {
        value = fallback;
        if (!problem_ && object_.contains(key)) {
            (*this)(key, value);
        }
    }

    /// What is wrong, a key that no field asked for included.
    std::optional<std::string> finish() {
        if (!problem_) {
            for (const auto& [key, value] : object_.get_ref<const json::object_t&>()) {
                if (!known_.contains(key)) {
                    fail("the key " + in_quotes(prefix_ + key) + " is unknown");
                }
            }
        }
        return problem_;
    }

private:
    void fail(std::string problem) {
        if (!problem_) {
            problem_ = std::move(problem);
        }
    }

    void read(const json& from, const std::string& key, std::string& value) {
        if (!from.is_string()) {
            fail("'" + key + "' is not a text");
            return;
        }
        value = from.get<std::string>();
    }

    void read(const json& from, const std::string& key, bool& value) {
        if (!from.is_boolean()) {
            fail("'" + key + "' is neither true nor false");
            return;
        }
        value = from.get<bool>();
    }

    void read(const json& from, const std::string& key, double& value) {
        if (!from.is_number()) {
            fail("'" + key + "' is not a number");
            return;
        }
        value = from.get<double>();
    }

    template <class Value>
    void read(const json& from, const std::string& key, Value& value) {
        if constexpr (std::is_enum_v<Value>) {
            read_name(from, key, value);
        } else {
            static_assert(std::is_integral_v<Value>);
            read_integer(from, key, value);
        }
    }

    template <class Enum>
    void read_name(const json& from, const std::string& key, Enum& value) {
        std::string name;
        read(from, key, name);
        if (const auto known = from_name<Enum>(name)) {
            value = *known;
        } else {
            fail("'" + key + "' is " + in_quotes(name) + ", which is unknown");
        }
    }

    template <class Integer>
    void read_integer(const json& from, const std::string& key, Integer& value) {
        if (!from.is_number_integer()) {
            fail("'" + key + "' is not a whole number");
            return;
        }
        const bool fits = from.is_number_unsigned()
                              ? std::in_range<Integer>(from.get<std::uint64_t>())
                              : std::in_range<Integer>(from.get<std::int64_t>());
        if (!fits) {
            fail("'" + key + "' is " + from.dump() + ", which is out of range");
            return;
        }
        value = from.get<Integer>();
    }

    void read(const json& from, const std::string& key, ImageShape& shape) {
        std::vector<int> sizes;
        read_integers(from, key, sizes);
        if (sizes.size() != 3) {
            fail("'" + key + "' is not [channels, height, width]");
            return;
        }
        shape = {sizes[0], sizes[1], sizes[2]};
    }

    void read(const json& from, const std::string& key, std::vector<Layer>& layers) {
        if (!from.is_array()) {
            fail("'" + key + "' is not a list");
            return;
        }
        layers.clear();
        for (const json& entry : from) {
            read(entry, key, layers.emplace_back());
        }
    }

    void read(const json& from, const std::string& key, Layer& layer) {
        if (!from.is_string()) {
            read_integer(from, key, layer.units);
            return;
        }
        const auto text = from.get<std::string>();
        const auto known = layer_from_text(text);
        if (known && known->is_convolution()) {
            layer = *known;
        } else {
            fail("'" + key + "' has the layer " + in_quotes(text) + ", which is unknown");
        }
    }

    void read_integers(const json& from, const std::string& key, std::vector<int>& values) {
        if (!from.is_array()) {
            fail("'" + key + "' is not a list");
            return;
        }
        for (const json& entry : from) {
            read_integer(entry, key, values.emplace_back());
        }
    }

    void read(const json& from, const std::string& key, NetworkSpec& spec) {
        Reader reader(from, key + ".");
        network_fields(reader, spec);
        take(reader.finish());
    }

    void read(const json& from, const std::string& key, TrainingOptions& options) {
        Reader reader(from, key + ".");
        training_fields(reader, options);
        take(reader.finish());
    }

    void take(std::optional<std::string> problem) {
        if (problem) {
            fail(*std::move(problem));
        }
    }

    const json& object_;
    std::string prefix_;
    std::set<std::string, std::less<>> known_;
    std::optional<std::string> problem_;
};

Error bad_experiment(const std::string& reason, const std::string& hint = {}) {
    return {ErrorCode::bad_data, "the experiment cannot be used: " + reason, hint};
}

}  // namespace

std::string to_json(const Experiment& experiment) {
    Writer writer;
    experiment_fields(writer, experiment);
    // Text that is not UTF-8 cannot come from a checked experiment; never let it throw here.
    return writer.object_.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

std::string to_json(const NetworkSpec& network) {
    Writer writer;
    network_fields(writer, network);
    return writer.object_.dump();
}

Result<Experiment> experiment_from_json(std::string_view text) {
    const auto parsed = parse_strict_json(text, JsonLimits{});
    if (!parsed) {
        return bad_experiment(parsed.error().message);
    }
    Experiment experiment;
    Reader reader(*parsed, "");
    experiment_fields(reader, experiment);
    if (const auto problem = reader.finish()) {
        return bad_experiment(*problem);
    }
    if (const auto checked = check(experiment); !checked) {
        return bad_experiment(checked.error().message, checked.error().hint);
    }
    return experiment;
}

}  // namespace lmser
