// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"

namespace lmser {

struct GifOptions {
    int scale = 8;  ///< pixels of the GIF a pixel of the picture, nearest neighbour, 1 to 64
    int frame_milliseconds = 60;  ///< rounded to hundredths of a second, at least .02 s
    bool there_and_back = true;   ///< the frames in between follow once more, backwards
};

/// An animated GIF of pictures of one shape that runs for ever: grey exactly, colour dithered from a
/// palette of 256. `proceed(done, total)` is asked after every frame and may stop it: then ErrorCode::usage says that
/// it was stopped. usage for no pictures or more than 16384 pixels a side.
Result<std::vector<std::byte>> encode_gif(
    const Images& frames, const GifOptions& options,
    const std::function<bool(std::size_t done, std::size_t total)>& proceed = {});

}  // namespace lmser
