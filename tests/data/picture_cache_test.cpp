// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/picture_cache.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/support/environment.h"
#include "tests/support/expect_error.h"
#include "tests/support/temporary_folder.h"

namespace lmser {
namespace {

using namespace lmser::testing;

TEST(PictureCache, AStopIsHeardWhileFewButLargePicturesAreDecoded) {
    const TemporaryFolder cache;
    const Environment cache_home("XDG_CACHE_HOME", cache.path());
    std::size_t read = 0;
    Originals originals;
    originals.folder = cache.path();
    originals.kind = "large";
    originals.shape = {1, 1, 1};
    originals.splits[0] = std::vector<Original>(30);
    originals.read = [&read](const std::string&, std::span<std::uint8_t>) {
        ++read;
        std::this_thread::sleep_for(std::chrono::milliseconds(25));  // what decoding takes
        return Result<void>();
    };
    LoadOptions options;
    options.progress = [](std::size_t done, std::size_t) { return done == 0; };
    expect_error(decoded(originals, options), ErrorCode::io, "loading was cancelled");
    EXPECT_LT(read, 10U);
}

}  // namespace
}  // namespace lmser
