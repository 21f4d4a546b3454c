// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <variant>
#include <vector>

#include "core/base/image.h"
#include "core/session/command.h"
#include "core/session/pace.h"
#include "core/session/snapshot.h"

namespace lmser {

/// What a sweep is about: the unit, and its value in every picture.
struct SweptUnit {
    std::size_t unit = 0;
    std::vector<float> values;
};

/// Several codes that are to be decoded: a sheet, or a sweep with its codes written out. Checked.
struct SheetJob {
    std::uint64_t id = 0;
    std::variant<SheetKind, SweptUnit> what;
    std::vector<float> codes;
    bool shortcuts = false;
    int reflections = 0;
};

/// A sheet that is decoded in parts. All of it comes from the network and the start picture that were there
/// when it began, so that no sheet is made of two.
class SplitSheet {
public:
    /// Codes, one after another -> their pictures.
    using Decoder = std::function<Images(std::span<const float> codes)>;

    /// code_units: values a code has; decode keeps the network and the start picture alive.
    SplitSheet(SheetJob job, std::size_t code_units, Decoder decode);

    /// Does one part. Whether that was the last.
    bool part(Pace& pace);

    /// The answer, once it is done.
    std::variant<DecodedSheet, SweptPictures> take();

private:
    SheetJob job_;
    std::size_t code_units_;
    Decoder decode_;
    Images pictures_;
    Pace::Clock::duration spent_{};
};

}  // namespace lmser
