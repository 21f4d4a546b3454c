// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/explorer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>
#include <utility>

#include "core/data/dataset.h"
#include "core/tasks/frozen_net.h"

namespace lmser {
namespace {

Error refused(std::string message, std::string hint = "") {
    return {ErrorCode::usage, std::move(message), std::move(hint)};
}

std::string size_of(const ImageShape& shape) {
    return std::to_string(shape.width) + " x " + std::to_string(shape.height) + " x " +
           std::to_string(shape.channels);
}

Error no_network() {
    return refused("there is no network to explore yet", "Make a new one or open a model.");
}

bool all_finite(const std::vector<float>& values) {
    return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
}

}  // namespace

/// The start picture and what its shortcuts carry; the latter is made when it is first needed.
struct Explorer::Start {
    Images picture;
    std::shared_ptr<const FrozenNet::Shortcuts> shortcuts;
};

void Explorer::open(std::shared_ptr<const FrozenNet> net, std::shared_ptr<const Dataset> dataset) {
    net_ = std::move(net);
    dataset_ = std::move(dataset);
    start_.reset();
    last_.reset();
}

void Explorer::look_at(std::shared_ptr<const FrozenNet> net) {
    net_ = std::move(net);
    if (start_) {
        start_->shortcuts.reset();
    }
}

Result<Encoded> Explorer::encode(const EncodeRequest& request) {
    if (!net_) {
        return no_network();
    }
    Encoded answer;
    EncodePicture asked;
    if (const auto* test = std::get_if<EncodeTestImage>(&request)) {
        auto picture = picture_of(*test);
        if (!picture) {
            return picture.error();
        }
        asked = std::move(*picture);
        answer.label = dataset_->test.labels[test->index];
    } else {
        asked = std::get<EncodePicture>(request);
    }
    if (auto checked = check_picture(asked.picture); !checked) {
        return checked.error();
    }
    answer.id = asked.id;
    answer.code = net_->encode(asked.picture);
    answer.reconstruction = net_->reconstruct(asked.picture);
    answer.picture = asked.picture;
    start_ = std::make_shared<Start>(Start{std::move(asked.picture), nullptr});
    return answer;
}

Result<EncodePicture> Explorer::picture_of(const EncodeTestImage& request) const {
    if (!dataset_) {
        return refused("there are no test pictures: the dataset of this network is not there",
                       "Choose the folder of its data with File > Choose data folder.");
    }
    const std::size_t count = dataset_->test.count();
    if (request.index >= count) {
        return refused("there is no test picture " + std::to_string(request.index) + ": " +
                       dataset_->title + " has " + std::to_string(count) + ", counted from 0");
    }
    return EncodePicture{request.id, images_of(*dataset_, dataset_->test, request.index, 1)};
}

Result<void> Explorer::check_picture(const Images& picture) const {
    const ImageShape& shape = net_->spec().input;
    if (picture.shape != shape || picture.values.size() != shape.pixels()) {
        return refused("the picture is " + size_of(picture.shape) + " with " +
                       std::to_string(picture.values.size()) + " values, but the network takes " +
                       size_of(shape));
    }
    const auto in_range = [](float v) { return v >= 0 && v <= 1; };  // refuses NaN as well
    if (!std::all_of(picture.values.begin(), picture.values.end(), in_range)) {
        return refused("the picture has values that are not between 0 and 1");
    }
    return {};
}

Result<void> Explorer::check_code(const std::vector<float>& code, bool shortcuts) const {
    if (!net_) {
        return no_network();
    }
    const std::size_t units = net_->spec().code_units();
    if (code.size() != units) {
        return refused("the code has " + std::to_string(code.size()) +
                       " values, but the network has " + std::to_string(units) + " top units");
    }
    if (!all_finite(code)) {
        return refused("the code has values that are not numbers");
    }
    if (shortcuts && net_->spec().wiring.shared_neurons && !start_) {
        return refused("there is no start picture that could feed the shortcuts",
                       "Choose a start picture first.");
    }
    return {};
}

Result<DecodedPicture> Explorer::decode(Decode request) {
    if (auto checked = check_code(request.code, request.shortcuts); !checked) {
        return checked.error();
    }
    last_ = std::move(request);
    auto answer = decode_again();
    answer->id = last_->id;
    return std::move(*answer);
}

std::optional<DecodedPicture> Explorer::decode_again() {
    if (!last_) {
        return std::nullopt;
    }
    DecodedPicture answer;
    const auto begin = std::chrono::steady_clock::now();
    answer.picture = pictures_of(last_->code, last_->shortcuts, last_->reflections);
    const auto spent = std::chrono::steady_clock::now() - begin;
    answer.milliseconds = std::chrono::duration<double, std::milli>(spent).count();
    answer.code = last_->code;
    return answer;
}

Result<void> Explorer::check_sweep(const Sweep& request) const {
    if (auto checked = check_code(request.code, request.shortcuts); !checked) {
        return checked;
    }
    if (request.unit >= request.code.size()) {
        return refused("there is no unit " + std::to_string(request.unit) + ": the network has " +
                       std::to_string(request.code.size()) + " top units, counted from 0");
    }
    if (request.count < 1 || request.count > kLongestSweep) {
        return refused("a sweep has 1 to " + std::to_string(kLongestSweep) + " pictures, not " +
                       std::to_string(request.count));
    }
    if (!std::isfinite(request.low) || !std::isfinite(request.high)) {
        return refused("the range of the sweep is not made of numbers");
    }
    return {};
}

Result<SweptPictures> Explorer::sweep(const Sweep& request) {
    if (auto checked = check_sweep(request); !checked) {
        return checked.error();
    }
    SweptPictures answer{request.id, request.unit, {}, {}};
    std::vector<float> codes;
    codes.reserve(request.count * request.code.size());
    for (std::size_t i = 0; i < request.count; ++i) {
        const float share =
            request.count == 1 ? 0 : static_cast<float>(i) / static_cast<float>(request.count - 1);
        answer.values.push_back(std::lerp(request.low, request.high, share));
        codes.insert(codes.end(), request.code.begin(), request.code.end());
        codes[i * request.code.size() + request.unit] = answer.values.back();
    }
    answer.pictures = pictures_of(codes, request.shortcuts, request.reflections);
    return answer;
}

Images Explorer::pictures_of(const std::vector<float>& codes, bool shortcuts, int reflections) {
    FrozenNet::DecodeOptions options{.reflections = reflections};
    if (shortcuts && start_ && net_->spec().wiring.shared_neurons) {
        if (!start_->shortcuts) {
            start_->shortcuts = net_->shortcuts_of(start_->picture);
        }
        options.shortcuts = start_->shortcuts.get();
    }
    return net_->decode(codes, options);
}

}  // namespace lmser
