// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/split_sheet.h"

#include <span>
#include <utility>

namespace lmser {

SplitSheet::SplitSheet(SheetJob job, std::shared_ptr<const FrozenNet> net,
                       std::shared_ptr<const FrozenNet::Shortcuts> shortcuts)
    : job_(std::move(job)), net_(std::move(net)), shortcuts_(std::move(shortcuts)) {
    pictures_.shape = net_->spec().input;
}

bool SplitSheet::part(Pace& pace) {
    const std::size_t units = net_->spec().code_units();
    const std::size_t all = job_.codes.size() / units;
    const std::size_t done = pictures_.count();
    const auto begin = Pace::Clock::now();
    const std::size_t count = pace.part(all - done, [&](std::size_t some) {
        const auto codes = std::span(job_.codes).subspan(done * units, some * units);
        const Images part =
            net_->decode(codes, {.shortcuts = shortcuts_.get(), .reflections = job_.reflections});
        pictures_.values.insert(pictures_.values.end(), part.values.begin(), part.values.end());
    });
    spent_ += Pace::Clock::now() - begin;
    return done + count == all;
}

std::variant<DecodedSheet, SweptPictures> SplitSheet::take() {
    if (auto* swept = std::get_if<SweptUnit>(&job_.what)) {
        return SweptPictures{job_.id, swept->unit, std::move(swept->values), std::move(pictures_)};
    }
    const double milliseconds = std::chrono::duration<double, std::milli>(spent_).count();
    return DecodedSheet{job_.id, std::get<SheetKind>(job_.what), std::move(job_.codes),
                        std::move(pictures_), milliseconds};
}

}  // namespace lmser
