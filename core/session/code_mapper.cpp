// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/code_mapper.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "core/data/dataset.h"
#include "core/session/code_checks.h"
#include "core/tasks/frozen_net.h"

namespace lmser {
namespace {

constexpr std::chrono::milliseconds kShowEvery{200};
constexpr std::chrono::seconds kEncodeEvery{3};  // while the weights move
constexpr std::chrono::seconds kInterest{60};    // how long somebody is taken to look at the map

Result<void> check_units(const MapCodes& request, std::size_t code_units) {
    if (code_units < 2) {
        return refused("a map takes two top units, but the network has one");
    }
    if (!request.units) {
        return {};
    }
    const auto [across, up] = *request.units;
    if (across == up || std::max(across, up) >= code_units) {
        return refused("there is no plane of the units " + std::to_string(across) + " and " +
                       std::to_string(up) + ": it takes two different ones of the " +
                       std::to_string(code_units) + " top units, counted from 0");
    }
    return {};
}

}  // namespace

void CodeMapper::clear() {
    *this = {};
}

Result<void> CodeMapper::ask(const MapCodes& request, const Scene& scene, Clock::time_point now) {
    if (!scene.net) {
        return no_network();
    }
    if (!scene.dataset) {
        return no_pictures("pictures whose codes could be mapped");
    }
    if (auto checked = check_units(request, scene.net->spec().code_units()); !checked) {
        return checked;
    }
    request_ = request;
    shown_ = false;
    looked_at_ = now;
    next_encoding_ = now;
    next_showing_ = now;
    return {};
}

Result<MappedPicture> CodeMapper::show(const ShowMapped& request, const Scene& scene,
                                       Clock::time_point now) {
    if (!scene.dataset) {
        return no_pictures("pictures on the map");
    }
    const LabelledImages& train = scene.dataset->train;
    const std::size_t count = std::min(kMappedPictures, train.count());
    if (request.index >= count) {
        return refused("there is no picture " + std::to_string(request.index) +
                       " on the map: it has " + std::to_string(count) + ", counted from 0");
    }
    looked_at_ = now;
    return MappedPicture{request.id, request.index,
                         images_of(*scene.dataset, train, request.index, 1),
                         train.labels[request.index]};
}

bool CodeMapper::complete() const {
    return net_ && done_ == all_;
}

// By iteration and not by the copy of the weights: a pause makes a new copy of what is known.
bool CodeMapper::outdated(const Scene& scene) const {
    return !net_ || net_->iteration() != scene.net->iteration() || dataset_ != scene.dataset;
}

std::optional<CodeMapper::Clock::time_point> CodeMapper::due(const Scene& scene,
                                                             Clock::time_point now) const {
    if (!request_ || (!request_->units && !scene.statistics)) {
        return std::nullopt;  // the axes are being measured
    }
    if ((net_ && !complete()) || (!shown_ && !outdated(scene))) {
        return Clock::time_point();
    }
    if (outdated(scene) && now < looked_at_ + kInterest) {
        return next_encoding_;
    }
    return std::nullopt;
}

std::optional<CodeMap> CodeMapper::part(const Scene& scene, Clock::time_point now) {
    if (!net_ || (complete() && outdated(scene) && now >= next_encoding_)) {
        begin(scene);
        next_encoding_ = now + kEncodeEvery;
    }
    if (!complete()) {
        done_ += pace_.part(all_ - done_, [this](std::size_t count) {
            const auto part = net_->encode(images_of(*dataset_, dataset_->train, done_, count));
            codes_.insert(codes_.end(), part.begin(), part.end());
        });
    }
    if (complete()) {
        shown_ = true;
        return map_of(scene);
    }
    if (shown_ || now < next_showing_) {
        return std::nullopt;  // a complete map is better than a newer part of one
    }
    next_showing_ = now + kShowEvery;
    return map_of(scene);
}

void CodeMapper::begin(const Scene& scene) {
    net_ = scene.net;
    dataset_ = scene.dataset;
    codes_.clear();
    done_ = 0;
    all_ = std::min(kMappedPictures, dataset_->train.count());
}

CodePlane CodeMapper::plane_of(const Scene& scene) const {
    const std::size_t units = net_->spec().code_units();
    if (request_->units) {
        return plane_of_units(units, request_->units->first, request_->units->second);
    }
    const CodeStatistics& known = *scene.statistics;
    if (known.axes.size() < 2) {
        return plane_of_units(units, 0, 1);
    }
    return {known.mean, known.axes[0], known.axes[1]};
}

CodeMap CodeMapper::map_of(const Scene& scene) const {
    CodeMap map;
    map.id = request_->id;
    map.iteration = net_->iteration();
    map.plane = plane_of(scene);
    const std::size_t units = net_->spec().code_units();
    map.x.reserve(done_);
    map.y.reserve(done_);
    for (std::size_t i = 0; i < done_; ++i) {
        const PlanePoint point = place_on(map.plane, std::span(codes_).subspan(i * units, units));
        map.x.push_back(point.x);
        map.y.push_back(point.y);
    }
    const auto& labels = dataset_->train.labels;
    map.labels.assign(labels.begin(), labels.begin() + static_cast<std::ptrdiff_t>(done_));
    map.classes = dataset_->classes;
    map.dataset = dataset_->title;
    map.progress = static_cast<double>(done_) / static_cast<double>(std::max<std::size_t>(all_, 1));
    return map;
}

}  // namespace lmser
