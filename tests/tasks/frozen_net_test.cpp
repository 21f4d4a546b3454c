// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/frozen_net.h"

#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/tasks/engine_turn.h"
#include "core/train/batch.h"
#include "core/train/objective.h"
#include "core/train/trainer.h"
#include "tests/support/tiny_net.h"

namespace lmser {
namespace {

using test::tiny_spec;

constexpr double kRounding = 1e-6;
constexpr std::size_t kPictures = 1103;  // three parts of unit_statistics(), the last one short

/// Random pictures of 2x3 pixels in three classes.
Dataset tiny_dataset() {
    Dataset dataset;
    dataset.name = "tiny";
    dataset.shape = {1, 2, 3};
    dataset.classes = {"a", "b", "c"};
    Random random(1, RandomPurpose::exploration, 0);
    for (std::size_t i = 0; i < kPictures; ++i) {
        dataset.test.labels.push_back(static_cast<std::uint8_t>(random.below(3)));
        for (std::size_t pixel = 0; pixel < dataset.shape.pixels(); ++pixel) {
            dataset.test.pixels.push_back(static_cast<std::uint8_t>(random.below(256)));
        }
    }
    return dataset;
}

LmserNet tiny_net(const NetworkSpec& spec) {
    LmserNet net(spec);
    test::randomize(net.parameters(), 1);
    return net;
}

/// What the network does on all test pictures at once.
Evaluation evaluated(const FrozenNet& net, const Dataset& dataset) {
    FrozenNet::Sums sums;
    net.add_to(sums, dataset, dataset.test, 0, kPictures);
    return net.evaluation(sums, "test");
}

Images some_pictures(std::size_t count) {
    const Dataset dataset = tiny_dataset();
    return images_of(dataset, dataset.test, 0, count);
}

TEST(FrozenNet, ReconstructsWhatTheNetworkPerceivesClipped) {
    const LmserNet net = tiny_net(tiny_spec());
    const Images pictures = some_pictures(4);
    const auto seen = net.perceive(torch::tensor(pictures.values).view({4, 6}));
    const auto expected = seen.reconstruction.clamp(0, 1).view({-1});
    const Images reconstructed = FrozenNet::copy_of(net, 7)->reconstruct(pictures);
    EXPECT_TRUE(torch::tensor(reconstructed.values).allclose(expected, 0, kRounding));
    EXPECT_EQ(reconstructed.shape, pictures.shape);
    EXPECT_EQ(reconstructed.count(), 4U);
}

TEST(FrozenNet, DecodingACodeWithItsShortcutsIsReconstructing) {
    const auto frozen = FrozenNet::copy_of(tiny_net(tiny_spec(test::kUn)), 0);
    const Images picture = some_pictures(1);
    const auto shortcuts = frozen->shortcuts_of(picture);
    const std::vector<float> code = frozen->encode(picture);
    EXPECT_EQ(code.size(), 3U);
    EXPECT_EQ(frozen->decode(code, {.shortcuts = shortcuts.get()}), frozen->reconstruct(picture));
    EXPECT_NE(frozen->decode(code), frozen->reconstruct(picture));
}

TEST(FrozenNet, DecodingACodeOfOwnNeuronsIsReconstructing) {
    const auto frozen = FrozenNet::copy_of(tiny_net(tiny_spec(test::kUnN)), 0);
    const Images pictures = some_pictures(3);
    EXPECT_EQ(frozen->decode(frozen->encode(pictures)), frozen->reconstruct(pictures));
}

TEST(FrozenNet, OnePicturesShortcutsServeManyCodes) {
    const auto frozen = FrozenNet::copy_of(tiny_net(tiny_spec()), 0);
    const auto shortcuts = frozen->shortcuts_of(some_pictures(1));
    const std::vector<float> codes{.1F, .2F, .3F, -.1F, .5F, 0.F};
    const Images both = frozen->decode(codes, {.shortcuts = shortcuts.get()});
    const Images second = frozen->decode(std::span(codes).last(3), {.shortcuts = shortcuts.get()});
    ASSERT_EQ(both.count(), 2U);
    EXPECT_EQ(std::vector<float>(both.at(1).begin(), both.at(1).end()), second.values);
}

/// x̂ of a code [1, 3] that meets, on its way down, y_1 and y_2; undefined: that are not there.
torch::Tensor down_by_hand(const Parameters& weights, const torch::Tensor& code,
                           const torch::Tensor& y1, const torch::Tensor& y2) {
    const auto down = [&weights](int link, const torch::Tensor& upper) {
        const std::string name = "link" + std::to_string(link);
        return upper.mm(weights.view(name + ".weight")) + weights.view(name + ".bias_down");
    };
    const torch::Tensor u2 = down(3, code);
    const torch::Tensor u1 = down(2, torch::relu(y2.defined() ? y2 + u2 : u2));
    return down(1, torch::relu(y1.defined() ? y1 + u1 : u1)).clamp(0, 1);
}

TEST(FrozenNet, ReflectingADecodedPicturePerceivesItAfreshByHand) {
    const LmserNet net = tiny_net(tiny_spec(test::kUn));
    const Parameters& weights = net.parameters();
    const auto up = [&weights](int link, const torch::Tensor& lower) {
        const std::string name = "link" + std::to_string(link);
        return lower.mm(weights.view(name + ".weight").t()) + weights.view(name + ".bias_up");
    };
    const torch::Tensor code = torch::tensor({{.4F, -.3F, .6F}});
    torch::Tensor picture = down_by_hand(weights, code, {}, {});
    const auto frozen = FrozenNet::copy_of(net, 0);
    for (int reflections = 0; reflections <= 3; ++reflections) {
        const Images decoded =
            frozen->decode(std::vector{.4F, -.3F, .6F}, {.reflections = reflections});
        EXPECT_TRUE(torch::tensor(decoded.values).allclose(picture.view({-1}), 0, kRounding))
            << reflections << " reflections";
        const torch::Tensor y1 = up(1, picture);
        const torch::Tensor reflected = down_by_hand(weights, code, y1, up(2, torch::relu(y1)));
        if (reflections == 0) {  // later ones soon change nothing more
            EXPECT_FALSE(reflected.allclose(picture, 0, 1e-4));
        }
        picture = reflected;
    }
}

TEST(FrozenNet, NetworksWithoutSharedNeuronsDecodeAlikeHoweverOftenTheyReflect) {
    const auto frozen = FrozenNet::copy_of(tiny_net(tiny_spec(test::kUnN)), 0);
    const std::vector<float> code{.4F, -.3F, .6F};
    EXPECT_EQ(frozen->decode(code, {.reflections = 2}), frozen->decode(code));
}

TEST(FrozenNet, AFingerprintTellsNetworksApart) {
    LmserNet net = tiny_net(tiny_spec());
    const auto fingerprint = [](const LmserNet& of) {
        return FrozenNet::copy_of(of, 1)->fingerprint();
    };
    const std::string own = fingerprint(net);
    EXPECT_EQ(own.size(), 16U);
    EXPECT_EQ(own.find_first_not_of("0123456789abcdef"), std::string::npos);
    EXPECT_EQ(fingerprint(net.copy()), own);
    EXPECT_EQ(FrozenNet::copy_of(net, 99)->fingerprint(), own);

    NetworkSpec other = tiny_spec();
    other.fusion = Fusion::average;
    EXPECT_NE(fingerprint(tiny_net(other)), own);
    const torch::Tensor last = net.parameters().view("link3.bias_down");
    last[3] += 1e-6F;
    EXPECT_NE(fingerprint(net), own);
}

TEST(FrozenNet, StaysWhatItWasWhileTheTrainerGoesOn) {
    Trainer trainer(tiny_spec(), {}, 1);
    const auto frozen = FrozenNet::copy_of(trainer.net(), trainer.iteration());
    const Images pictures = some_pictures(2);
    const Images before = frozen->reconstruct(pictures);
    trainer.step(test::uniform_tensor({5, 6}, 1), {});
    EXPECT_EQ(frozen->reconstruct(pictures), before);
    EXPECT_NE(FrozenNet::copy_of(trainer.net(), 1)->reconstruct(pictures), before);
    EXPECT_EQ(frozen->iteration(), 0);
}

TEST(FrozenNet, RefusesPicturesAndCodesOfAnotherSize) {
    const auto frozen = FrozenNet::copy_of(tiny_net(tiny_spec()), 0);
    EXPECT_THROW(frozen->reconstruct({{1, 3, 2}, std::vector<float>(6)}), std::invalid_argument);
    EXPECT_THROW(frozen->decode(std::vector<float>(4)), std::invalid_argument);
}

TEST(FrozenNet, EvaluatesWhatTheObjectiveMeasures) {
    NetworkSpec spec = tiny_spec();
    spec.label_units = 3;
    const LmserNet net = tiny_net(spec);
    const Dataset dataset = tiny_dataset();
    const Batch batch = batch_of(dataset.test, 6, 0, kPictures);
    const auto seen = net.perceive(batch.images);

    const Evaluation evaluation = evaluated(*FrozenNet::copy_of(net, 9), dataset);

    EXPECT_EQ(evaluation.iteration, 9);
    EXPECT_EQ(evaluation.split, "test");
    EXPECT_EQ(evaluation.images, static_cast<std::int64_t>(kPictures));
    EXPECT_NEAR(evaluation.error_per_pixel, error_per_pixel(batch.images, seen.reconstruction),
                kRounding);
    ASSERT_TRUE(evaluation.accuracy.has_value());
    const auto right = seen.label_logits.argmax(1).eq(batch.labels).to(torch::kFloat64).mean();
    EXPECT_NEAR(*evaluation.accuracy, right.item<double>(), kRounding);
    const auto std = seen.code().std(0, /*unbiased=*/false);
    for (std::size_t unit = 0; unit < 3; ++unit) {
        EXPECT_NEAR(evaluation.code_std[unit], std[static_cast<std::int64_t>(unit)].item<double>(),
                    1e-5);
    }
}

TEST(FrozenNet, EvaluatingInPartsIsEvaluatingTheWhole) {
    const auto frozen = FrozenNet::copy_of(tiny_net(tiny_spec()), 0);
    const Dataset dataset = tiny_dataset();
    FrozenNet::Sums sums;
    frozen->add_to(sums, dataset, dataset.test, 0, 400);
    frozen->add_to(sums, dataset, dataset.test, 400, kPictures - 400);
    const Evaluation parts = frozen->evaluation(sums, "test");
    const Evaluation whole = evaluated(*frozen, dataset);
    EXPECT_NEAR(parts.error_per_pixel, whole.error_per_pixel, kRounding);
    EXPECT_EQ(parts.images, whole.images);
    EXPECT_FALSE(whole.accuracy.has_value());
    ASSERT_EQ(parts.code_std.size(), whole.code_std.size());
    for (std::size_t unit = 0; unit < whole.code_std.size(); ++unit) {
        EXPECT_NEAR(parts.code_std[unit], whole.code_std[unit], kRounding);
    }
}

TEST(FrozenNet, FindsTheUnitThatNeverMoves) {
    LmserNet net = tiny_net(tiny_spec());
    const torch::Tensor top = net.parameters().view("link3.weight");
    top[1].zero_();  // the middle unit becomes its bias
    const auto frozen = FrozenNet::copy_of(net, 0);
    const Dataset dataset = tiny_dataset();

    const Evaluation evaluation = evaluated(*frozen, dataset);
    EXPECT_EQ(dead_units(evaluation.code_std), std::vector<std::size_t>{1});

    const auto units = frozen->unit_statistics(dataset, dataset.test, kPictures);
    ASSERT_EQ(units.size(), 3U);
    EXPECT_FALSE(units[0].dead);
    EXPECT_TRUE(units[1].dead);
    EXPECT_FLOAT_EQ(units[1].mean, net.parameters().view("link3.bias_up")[1].item<float>());
}

TEST(FrozenNet, DescribesTheDistributionOfAUnit) {
    const LmserNet net = tiny_net(tiny_spec());
    const Dataset dataset = tiny_dataset();
    const auto units =
        FrozenNet::copy_of(net, 0)->unit_statistics(dataset, dataset.test, kPictures);
    const auto code = net.perceive(batch_of(dataset.test, 6, 0, kPictures).images).code();
    for (std::size_t i = 0; i < units.size(); ++i) {
        const auto values = code.select(1, static_cast<std::int64_t>(i));
        const UnitStatistics& unit = units[i];
        EXPECT_NEAR(unit.minimum, values.min().item<double>(), kRounding);
        EXPECT_NEAR(unit.maximum, values.max().item<double>(), kRounding);
        EXPECT_NEAR(unit.mean, values.mean().item<double>(), 1e-5);
        EXPECT_NEAR(unit.std, values.std(false).item<double>(), 1e-5);
        EXPECT_NEAR(unit.percentile_1, values.quantile(.01).item<double>(), 1e-5);
        EXPECT_NEAR(unit.percentile_99, values.quantile(.99).item<double>(), 1e-5);
        EXPECT_NEAR(std::accumulate(unit.histogram.begin(), unit.histogram.end(), 0.), 1, 1e-4);
        EXPECT_GT(unit.histogram.front(), 0);
        EXPECT_GT(unit.histogram.back(), 0);
    }
}

TEST(FrozenNet, AnswersSeveralThreadsInTurn) {
    const auto frozen = FrozenNet::copy_of(tiny_net(tiny_spec()), 0);
    const std::vector<float> code{.1F, .2F, .3F};
    const Images expected = frozen->decode(code);
    std::array<int, 4> wrong{};
    std::vector<std::thread> threads;
    for (int& count : wrong) {
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) {
                const Images answer = in_turn([&] { return frozen->decode(code); });
                count += answer == expected ? 0 : 1;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(wrong, (std::array<int, 4>{}));
}

TEST(EngineInfo, NamesWhatTheEngineRunsOn) {
    set_engine_threads(1);
    const EngineInfo info = engine_info();
    EXPECT_FALSE(info.torch_version.empty());
    EXPECT_FALSE(info.blas.empty());
    EXPECT_FALSE(info.processor_features.empty());
    EXPECT_EQ(info.threads, 1);
    EXPECT_EQ(info.devices.front(), "cpu");
}

}  // namespace
}  // namespace lmser
