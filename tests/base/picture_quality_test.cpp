// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/picture_quality.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace lmser {
namespace {

using nlohmann::json;

/// Both sides compute in float64.
constexpr double kTolerance = 1e-6;

/// Figures of an independent implementation in numpy: see tests/golden/picture_quality.py.
const json& golden() {
    static const json loaded = [] {
        std::ifstream file(LMSER_SOURCE_DIR "/tests/golden/picture_quality.json");
        return json::parse(file).at("cases");
    }();
    return loaded;
}

std::vector<std::uint8_t> bytes_of(const std::string& hexadecimal) {
    std::vector<std::uint8_t> bytes;
    for (std::size_t i = 0; i < hexadecimal.size(); i += 2) {
        bytes.push_back(
            static_cast<std::uint8_t>(std::stoi(hexadecimal.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

std::vector<float> values_of(const std::string& hexadecimal) {
    std::vector<float> values;
    for (const std::uint8_t byte : bytes_of(hexadecimal)) {
        values.push_back(static_cast<float>(byte) / 255.F);
    }
    return values;
}

/// One picture, its truth and a mask.
struct Case {
    std::string name;
    ImageShape shape;
    std::vector<float> picture;
    std::vector<float> truth;
    std::vector<std::uint8_t> hidden;
};

Case case_of(const json& entry) {
    const json& shape = entry.at("shape");
    return {entry.at("name"),
            {shape[0], shape[1], shape[2]},
            values_of(entry.at("picture")),
            values_of(entry.at("truth")),
            bytes_of(entry.at("hidden"))};
}

TEST(PictureQuality, AgreesWithAnIndependentImplementation) {
    ASSERT_GE(golden().size(), 10U);
    for (const json& entry : golden()) {
        const auto [name, shape, picture, truth, hidden] = case_of(entry);
        const double error = error_inside(picture, truth, shape, hidden);
        EXPECT_NEAR(error, entry.at("error"), kTolerance) << name;
        EXPECT_NEAR(psnr_of(error), entry.at("psnr"), kTolerance) << name;
        EXPECT_NEAR(ssim_inside(picture, truth, shape, hidden), entry.at("ssim"), kTolerance)
            << name;
        EXPECT_NEAR(sharpness_inside(picture, shape, hidden), entry.at("sharpness"), kTolerance)
            << name;
    }
}

TEST(PictureQuality, ErrorAndPsnrLookAtHiddenPixelsAlone) {
    auto [name, shape, picture, truth, hidden] = case_of(golden().front());
    const double before = error_inside(picture, truth, shape, hidden);
    for (std::size_t i = 0; i < picture.size(); ++i) {
        picture[i] = hidden[i % hidden.size()] != 0 ? picture[i] : 0;
    }
    EXPECT_EQ(error_inside(picture, truth, shape, hidden), before);
}

TEST(PictureQuality, IsZeroWhereNothingIsHidden) {
    auto [name, shape, picture, truth, hidden] = case_of(golden().front());
    hidden.assign(hidden.size(), 0);
    EXPECT_EQ(error_inside(picture, truth, shape, hidden), 0);
    EXPECT_EQ(ssim_inside(picture, truth, shape, hidden), 0);
    EXPECT_EQ(sharpness_inside(picture, shape, hidden), 0);
}

TEST(PictureQuality, AnyMarkThatIsNotZeroHides) {
    auto [name, shape, picture, truth, hidden] = case_of(golden().front());
    auto marked = hidden;
    for (std::uint8_t& mark : marked) {
        mark = mark != 0 ? 255 : 0;
    }
    EXPECT_EQ(error_inside(picture, truth, shape, marked),
              error_inside(picture, truth, shape, hidden));
    EXPECT_EQ(ssim_inside(picture, truth, shape, marked),
              ssim_inside(picture, truth, shape, hidden));
}

TEST(PictureQuality, PsnrOfATinyErrorIsAHundredDecibelAtMost) {
    EXPECT_DOUBLE_EQ(psnr_of(.01), 20);
    EXPECT_EQ(psnr_of(0), 100);
    EXPECT_EQ(psnr_of(1e-13), 100);
    EXPECT_TRUE(std::isnan(psnr_of(std::numeric_limits<double>::quiet_NaN())));
}

}  // namespace
}  // namespace lmser
