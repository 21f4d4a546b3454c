// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <string>

#include "core/base/random.h"
#include "core/files/code_file.h"
#include "core/files/safetensors_file.h"
#include "core/spec/experiment.h"
#include "core/spec/statistics_json.h"
#include "tests/fuzz/parsers.h"
#include "tests/support/sample_files.h"
#include "tests/support/sample_jpeg.h"
#include "tests/support/sample_statistics.h"

namespace lmser {
namespace {

using namespace lmser::testing;

constexpr int kMutations = 2000;

using Parser = bool (*)(std::span<const std::uint8_t>);

bool feed(Parser parser, const std::string& bytes) {
    return parser({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

/// One to four small damages: bytes replaced by telling values, cut out, doubled or put in.
std::string mutated(std::string bytes, Random& random) {
    constexpr std::array kTelling = {'\0', '\1', '\x7f', '\xff', '\x80', '{', '"', '9', '-', 'e'};
    const auto place = [&] { return random.below(bytes.size() + 1); };
    for (std::uint64_t damage = 1 + random.below(4); damage > 0; --damage) {
        const std::size_t at = place();
        const std::size_t length = random.below(8) + 1;
        switch (random.below(5)) {
            case 0:
                bytes.resize(at);
                break;
            case 1:
                bytes.erase(at, length);
                break;
            case 2:
                bytes.insert(at, bytes.substr(at, length));
                break;
            case 3:
                bytes.insert(at, length, kTelling.at(random.below(kTelling.size())));
                break;
            default:
                if (at < bytes.size()) {
                    bytes[at] = random.below(2) == 0
                                    ? kTelling.at(random.below(kTelling.size()))
                                    : static_cast<char>(bytes[at] ^ 1 << random.below(8));
                }
        }
    }
    return bytes;
}

/// The good file is accepted; thousands of damaged ones neither crash nor break a promise.
void survives(Parser parser, const std::string& good) {
    ASSERT_TRUE(feed(parser, good));
    int refused = 0;
    for (int i = 0; i < kMutations; ++i) {
        Random random(1, RandomPurpose::exploration, static_cast<std::uint64_t>(i));
        refused += feed(parser, mutated(good, random)) ? 0 : 1;
    }
    EXPECT_GT(refused, kMutations / 2) << "the mutations hardly touch anything";
}

TEST(Mutations, OfAnIdxFileDoNoHarm) {
    const std::string bytes = idx_bytes({5, 4, 3}, std::string(60, 'x'));
    survives(fuzz::idx, bytes);
    survives(fuzz::idx, gzip(bytes));
}

TEST(Mutations, OfANpyFileDoNoHarm) {
    survives(fuzz::npy,
             npy_bytes("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 2), }\n",
                       float_bytes({0, .5F, 1, .25F})));
}

TEST(Mutations, OfAPngDoNoHarm) {
    survives(fuzz::png, png_bytes(2, 2, {8, 6}, std::string(18, '\0')));
    survives(fuzz::png, png_bytes(2, 2, {8, 0, 1}, std::string(8, '\0')));
}

TEST(Mutations, OfASafetensorsFileDoNoHarm) {
    const auto bytes =
        to_bytes({{{"format", "lmser-1"}}, {{"a", {{2}, {1, 2}}}, {"b", {{1, 1}, {3}}}}});
    survives(fuzz::safetensors, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

TEST(Mutations, OfAnExperimentDoNoHarm) {
    survives(fuzz::experiment, to_json(Experiment{}));
}

std::string grey_jpeg(bool progressive) {
    std::string pixels;
    for (int i = 0; i < 24 * 16; ++i) {
        pixels += static_cast<char>(i * 37);
    }
    return jpeg_bytes(24, 16, pixels, {TJPF_GRAY, progressive});
}

TEST(Mutations, OfAJpegDoNoHarm) {
    survives(fuzz::picture, with_segment(grey_jpeg(false), 0xE1, exif_segment(6, true)));
    survives(fuzz::picture, grey_jpeg(true));
    survives(fuzz::picture, jpeg_bytes(8, 8, std::string(std::size_t{64} * 3, 'x')));
    survives(fuzz::picture, jpeg_bytes(8, 8, std::string(std::size_t{64} * 4, 'x'), {TJPF_CMYK}));
}

TEST(Mutations, OfAPngThatCarriesACodeDoNoHarm) {
    const std::string code = to_json(KeptCode{"0123", "mnist-gen", {1, -2.5F}, 1});
    for (const char* kind : {"tEXt", "iTXt"}) {
        const std::string frame = kind[0] == 't' ? std::string(1, '\0') : std::string(5, '\0');
        survives(fuzz::picture, png_bytes(2, 2, {8, 6}, std::string(18, '\0'),
                                          png_chunk(kind, "lmser:code" + frame + code)));
    }
}

TEST(Mutations, OfTheTextInAPngDoNoHarm) {
    // The chunk's own sum is right, so that the damage reaches the code.
    const std::string code = to_json(KeptCode{"0123", "mnist-gen", {1, -2.5F}, 1});
    for (int i = 0; i < kMutations; ++i) {
        Random random(2, RandomPurpose::exploration, static_cast<std::uint64_t>(i));
        const std::string text = std::string("lmser:code") + '\0' + code;
        feed(fuzz::picture,
             png_bytes(1, 1, {}, std::string(2, '\0'), png_chunk("tEXt", mutated(text, random))));
    }
}

TEST(Mutations, OfExifDoNoHarm) {
    survives(fuzz::exif, exif_segment(6, true));
    survives(fuzz::exif, exif_segment(3, false));
}

TEST(Mutations, OfACodeDoNoHarm) {
    survives(fuzz::kept_code, to_json(KeptCode{"0123", "mnist-gen", {1, -2.5F, 3e38F}, 1}));
}

TEST(Mutations, OfStatisticsDoNoHarm) {
    survives(fuzz::statistics, to_json(sample_statistics(2, 1)));
}

}  // namespace
}  // namespace lmser
