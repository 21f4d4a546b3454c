// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/split_sheet.h"

#include <utility>

namespace lmser {

SplitSheet::SplitSheet(SheetJob job, std::size_t code_units, Decoder decode)
    : job_(std::move(job)), code_units_(code_units), decode_(std::move(decode)) {}

bool SplitSheet::part(Pace& pace) {
    const std::size_t all = job_.codes.size() / code_units_;
    const std::size_t done = pictures_.count();
    const auto begin = Pace::Clock::now();
    const std::size_t count = pace.part(all - done, [&](std::size_t some) {
        const Images part =
            decode_(std::span(job_.codes).subspan(done * code_units_, some * code_units_));
        pictures_.shape = part.shape;
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
