// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/split_strip.h"

#include <span>
#include <utility>

#include "core/tasks/frozen_net.h"
#include "core/tasks/recall.h"

namespace lmser {

void SplitStrip::begin(std::shared_ptr<const FrozenNet> net, std::shared_ptr<const Images> pictures,
                       std::shared_ptr<const std::vector<std::uint8_t>> hidden) {
    net_ = std::move(net);
    pictures_ = std::move(pictures);
    hidden_ = std::move(hidden);
    made_ = {pictures_->shape, {}};
    spent_ = {};
}

std::optional<SplitStrip::Strip> SplitStrip::part() {
    const auto begin = Pace::Clock::now();
    const std::size_t done = made_.count();
    pace_.part(pictures_->count() - done, [&](std::size_t count) {
        const Images some = seen(done, count);
        made_.values.insert(made_.values.end(), some.values.begin(), some.values.end());
    });
    spent_ += Pace::Clock::now() - begin;
    if (made_.count() < pictures_->count()) {
        return std::nullopt;
    }
    return Strip{std::exchange(net_, nullptr), std::move(made_), spent_};
}

Images SplitStrip::seen(std::size_t first, std::size_t count) const {
    const std::size_t pixels = pictures_->shape.pixels();
    const auto values = std::span(pictures_->values).subspan(first * pixels, count * pixels);
    const Images some{pictures_->shape, {values.begin(), values.end()}};
    if (hidden_->empty()) {
        return net_->reconstruct(some);
    }
    const std::size_t plane = pixels / static_cast<std::size_t>(pictures_->shape.channels);
    return recall(*net_, some, std::span(*hidden_).subspan(first * plane, count * plane), {})
        .composed;
}

}  // namespace lmser
