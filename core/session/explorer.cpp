// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/explorer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>
#include <utility>

#include "core/base/codes.h"
#include "core/data/dataset.h"
#include "core/session/code_checks.h"
#include "core/session/picture_checks.h"
#include "core/session/test_pictures.h"
#include "core/tasks/frozen_net.h"
#include "core/tasks/generation.h"

namespace lmser {
/// The start picture and what its shortcuts carry; the latter is made when it is first needed.
struct Explorer::Start {
    std::shared_ptr<const Images> picture;
    std::shared_ptr<const FrozenNet::Shortcuts> shortcuts;
};

void Explorer::open(std::shared_ptr<const FrozenNet> net, std::shared_ptr<const Dataset> dataset) {
    net_ = std::move(net);
    dataset_ = std::move(dataset);
    start_.reset();
    last_.reset();
}

void Explorer::supply(std::shared_ptr<const Dataset> dataset) {
    dataset_ = std::move(dataset);
}

void Explorer::look_at(std::shared_ptr<const FrozenNet> net) {
    net_ = std::move(net);
    if (start_) {
        start_->shortcuts.reset();
    }
}

Result<Encoded> Explorer::encode(EncodeRequest request) {
    if (!net_) {
        return no_network();
    }
    Encoded answer;
    EncodePicture asked;
    if (const auto* test = std::get_if<EncodeTestImage>(&request)) {
        auto picture = test_picture(dataset_.get(), test->index);
        if (!picture) {
            return picture.error();
        }
        asked = {test->id, std::move(*picture)};
        answer.label = dataset_->test.labels[test->index];
    } else if (auto* fitted = std::get_if<FittedStart>(&request)) {
        asked = std::move(fitted->picture);
        answer.note = std::move(fitted->note);
    } else {
        asked = std::move(std::get<EncodePicture>(request));
    }
    if (auto checked = check_picture(asked.picture, net_->spec().input); !checked) {
        return checked.error();
    }
    answer.id = asked.id;
    answer.code = net_->encode(asked.picture);
    answer.reconstruction = net_->reconstruct(asked.picture);
    answer.picture = asked.picture;
    start_ = std::make_shared<Start>(
        Start{std::make_shared<const Images>(std::move(asked.picture)), nullptr});
    return answer;
}

std::shared_ptr<const Images> Explorer::start() const {
    return start_ ? start_->picture : nullptr;
}

template <class Request>
Result<void> Explorer::check_decoding(const Request& request) const {
    if (!net_) {
        return no_network();
    }
    if (request.shortcuts && net_->spec().wiring.shared_neurons && !start_) {
        return refused("there is no start picture that could feed the shortcuts",
                       "Choose a start picture first.");
    }
    return check_reflections(net_->spec(), request.reflections);
}

Result<DecodedPicture> Explorer::decode(Decode request) {
    auto checked = check_decoding(request);
    if (checked) {
        checked = check_code(net_->spec(), request.code);
    }
    if (!checked) {
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
    answer.picture = decoder(last_->shortcuts, last_->reflections)(last_->code);
    const auto spent = std::chrono::steady_clock::now() - begin;
    answer.milliseconds = std::chrono::duration<double, std::milli>(spent).count();
    answer.code = last_->code;
    return answer;
}

Result<void> Explorer::check_sweep(const Sweep& request) const {
    if (auto checked = check_decoding(request); !checked) {
        return checked;
    }
    if (auto checked = check_code(net_->spec(), request.code); !checked) {
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

Result<SheetJob> Explorer::prepare(const Sweep& request) const {
    if (auto checked = check_sweep(request); !checked) {
        return checked.error();
    }
    SweptUnit swept{request.unit, steps_between(request.low, request.high, request.count)};
    auto codes = sweep_codes(request.code, request.unit, swept.values);
    return SheetJob{request.id, std::move(swept), std::move(codes), request.shortcuts,
                    request.reflections};
}

Result<SheetJob> Explorer::prepare(DecodeSheet request) const {
    auto checked = check_decoding(request);
    if (checked) {
        checked = check_codes(net_->spec(), request.codes, kLargestSheet);
    }
    if (!checked) {
        return checked.error();
    }
    return SheetJob{request.id, request.kind, std::move(request.codes), request.shortcuts,
                    request.reflections};
}

SplitSheet Explorer::begin(SheetJob job) {
    auto decode = decoder(job.shortcuts, job.reflections);
    return {std::move(job), net_->spec().code_units(), std::move(decode)};
}

SplitSheet::Decoder Explorer::decoder(bool shortcuts, int reflections) {
    std::shared_ptr<const FrozenNet::Shortcuts> carried;
    if (shortcuts && start_ && net_->spec().wiring.shared_neurons) {
        if (!start_->shortcuts) {
            start_->shortcuts = net_->shortcuts_of(*start_->picture);
        }
        carried = start_->shortcuts;
    }
    return [net = net_, carried, reflections](std::span<const float> codes) {
        return net->decode(codes, {.shortcuts = carried.get(), .reflections = reflections});
    };
}

}  // namespace lmser
