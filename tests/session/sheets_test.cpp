// SPDX-License-Identifier: GPL-3.0-or-later
// Several pictures at once through a session: sheets, the code map and what is behind its points.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "core/base/codes.h"
#include "core/data/dataset.h"
#include "observed_session.h"

namespace lmser::test {
namespace {

const std::vector<float> kCode = {1, -1, .5F, 2};

std::vector<float> grid() {
    const auto steps = steps_between(-2, 2, 20);
    return grid_codes(kCode, 0, steps, 1, steps);
}

class Sheets : public SessionTest {
protected:
    /// The answer to a sheet.
    static DecodedSheet answer(ObservedSession& session, const DecodeSheet& asked) {
        session.post(asked);
        const auto found = [&] {
            return std::find_if(session.sheets.begin(), session.sheets.end(), [&](const auto& one) {
                return one.id == asked.id && one.kind == asked.kind;
            });
        };
        EXPECT_TRUE(session.until([&] { return found() != session.sheets.end(); }));
        return *found();
    }
    static Images decoded(ObservedSession& session, const Decode& asked) {
        session.post(asked);
        EXPECT_TRUE(session.until(
            [&] { return !session.decoded.empty() && session.decoded.back().id == asked.id; }));
        return session.decoded.back().picture;
    }
    static CodeMap complete_map(ObservedSession& session, const MapCodes& asked) {
        session.post(asked);
        const auto complete = [&] {
            return !session.maps.empty() && session.maps.back().id == asked.id &&
                   session.maps.back().progress == 1;
        };
        if (!session.until(complete)) {
            throw std::runtime_error("the map was not completed in time");
        }
        return session.maps.back();
    }
};

TEST_F(Sheets, HaveThePicturesOfTheirCodesInOrder) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    const std::vector<float> codes = grid();
    const auto sheet = answer(session, DecodeSheet{7, SheetKind::grid, codes});
    EXPECT_EQ(sheet.codes, codes);
    ASSERT_EQ(sheet.pictures.count(), 400U);
    for (const std::size_t i : {0U, 37U, 399U}) {
        const std::vector<float> code(codes.begin() + static_cast<std::ptrdiff_t>(4 * i),
                                      codes.begin() + static_cast<std::ptrdiff_t>(4 * i + 4));
        const Images one = decoded(session, Decode{i + 1, code});
        const auto of_sheet = sheet.pictures.at(i);
        for (std::size_t pixel = 0; pixel < one.values.size(); ++pixel) {
            ASSERT_NEAR(of_sheet[pixel], one.values[pixel], 1e-5F);
        }
    }
}

TEST_F(Sheets, OfDifferentKindsDoNotReplaceEachOther) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    for (const SheetKind kind : {SheetKind::classes, SheetKind::grid, SheetKind::morph}) {
        session.post(DecodeSheet{5, kind, kCode});
    }
    EXPECT_TRUE(session.until([&] { return session.sheets.size() == 3; }));
    EXPECT_EQ(session.sheets[0].kind, SheetKind::classes);
}

TEST_F(Sheets, ComeAgainWhenTheWeightsMove) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(endless_experiment()));
    const auto before = answer(session, DecodeSheet{3, SheetKind::classes, kCode});
    session.post(Start{});
    ASSERT_TRUE(session.until([&] { return session.sheets.back().id == 0; }));
    EXPECT_EQ(session.sheets.back().codes, kCode);
    EXPECT_NE(session.sheets.back().pictures, before.pictures);
}

TEST_F(Sheets, AreForgottenWithTheirRun) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(endless_experiment()));
    (void)answer(session, DecodeSheet{3, SheetKind::classes, kCode});
    ASSERT_TRUE(session.opens(endless_experiment()));
    session.post(Start{});
    ASSERT_TRUE(session.until([&] { return session.snapshot.pictures_iteration > 200; }));
    EXPECT_EQ(session.sheets.size(), 1U);
}

TEST_F(Sheets, LetDecodesThroughBetweenTheirParts) {
    Experiment slow = tiny_experiment();
    slow.network.layers = {{1500}, {4}};
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(slow));
    ASSERT_TRUE(session.until([&] { return session.snapshot.reconstructions != nullptr; }));
    session.post(DecodeSheet{1, SheetKind::grid, grid()});
    std::uint64_t answered = 0;  // one decode after another, while the sheet is being made
    while (session.sheets.empty()) {
        session.post(Decode{++answered, kCode});
        ASSERT_TRUE(session.until(
            [&] { return !session.decoded.empty() && session.decoded.back().id == answered; }));
    }
    EXPECT_GT(answered, 3U);
    EXPECT_LT(answered, 400U) << "a part follows every decode";
}

TEST_F(Sheets, AreRefusedWhereTheyDoNotFit) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
    const auto of = [](std::vector<float> codes) {
        return DecodeSheet{1, SheetKind::grid, std::move(codes)};
    };
    DecodeSheet reflected = of(kCode);
    reflected.reflections = 11;
    DecodeSheet unfed = of(kCode);
    unfed.shortcuts = true;
    for (const DecodeSheet& asked : {of({}), of({1, 2, 3}), of({1, 2, 3, kNan}),
                                     of(std::vector<float>(401U * 4U)), reflected, unfed}) {
        const Failed failed = session.next<Failed>(asked);
        EXPECT_EQ(failed.error.code, ErrorCode::usage);
    }
    EXPECT_TRUE(session.sheets.empty());
}

TEST_F(Sheets, ReflectOnlyWithSharedNeurons) {
    Experiment unshared = tiny_experiment();
    unshared.network.wiring.shared_neurons = false;
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(unshared));
    EXPECT_EQ(session.next<Failed>(Decode{1, kCode, false, 1}).error.code, ErrorCode::usage);
    EXPECT_EQ(session.next<Failed>(Sweep{1, kCode, 0, 0, 1, 3, false, 1}).error.code,
              ErrorCode::usage);
    ASSERT_TRUE(session.opens(tiny_experiment()));
    EXPECT_NE(decoded(session, Decode{2, kCode, false, 1}), decoded(session, Decode{3, kCode}));
    EXPECT_EQ(session.next<Failed>(Decode{1, kCode, false, -1}).error.code, ErrorCode::usage);
}

TEST_F(Sheets, MapEveryTrainingPictureOntoThePrincipalAxes) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    const CodeMap map = complete_map(session, MapCodes{9, {}});
    EXPECT_EQ(map.run, 1U);
    ASSERT_EQ(map.x.size(), static_cast<std::size_t>(kTrainPictures));
    ASSERT_EQ(map.y.size(), map.x.size());
    EXPECT_EQ(map.labels, (*load_dataset("mnist", path("data")))->train.labels);
    EXPECT_EQ(map.classes.size(), 10U);
    EXPECT_EQ(map.dataset, "MNIST");
    const auto& statistics = session.explorations.back().statistics;
    ASSERT_NE(statistics, nullptr);
    EXPECT_EQ(map.plane.across, statistics->axes.at(0));
    EXPECT_EQ(map.plane.up, statistics->axes.at(1));
    EXPECT_EQ(map.plane.origin, statistics->mean);
}

TEST_F(Sheets, MapThePlaneOfTwoUnits) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    (void)complete_map(session, MapCodes{1, {}});
    const CodeMap map = complete_map(session, MapCodes{2, {{3, 1}}});
    EXPECT_EQ(map.plane, plane_of_units(4, 3, 1));
    const auto dataset = *load_dataset("mnist", path("data"));
    const auto encoded =
        session.next<Encoded>(EncodePicture{1, images_of(*dataset, dataset->train, 250, 1)});
    EXPECT_NEAR(map.x[250], encoded.code[3], 1e-4F);
    EXPECT_NEAR(map.y[250], encoded.code[1], 1e-4F);
}

TEST_F(Sheets, ShowThePictureBehindAPointOfTheMap) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    session.post(ShowMapped{4, 299});
    ASSERT_TRUE(session.until([&] { return !session.mapped.empty(); }));
    const auto dataset = *load_dataset("mnist", path("data"));
    EXPECT_EQ(session.mapped[0].id, 4U);
    EXPECT_EQ(session.mapped[0].picture, images_of(*dataset, dataset->train, 299, 1));
    EXPECT_EQ(session.mapped[0].label, dataset->train.labels[299]);
    EXPECT_EQ(session.next<Failed>(ShowMapped{5, 300}).error.code, ErrorCode::usage);
}

TEST_F(Sheets, MapAgainAfterTheWeightsMoved) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(endless_experiment()));
    (void)complete_map(session, MapCodes{1, {{0, 1}}});
    session.post(Start{});
    ASSERT_TRUE(session.until([&] { return session.maps.back().iteration > 0; }));
    EXPECT_EQ(session.maps.back().id, 1U);
    EXPECT_EQ(session.maps.back().progress, 1);
}

TEST_F(Sheets, RefuseAMapWithoutPicturesOrWithoutAPlane) {
    ObservedSession session(options());
    EXPECT_EQ(session.next<Failed>(MapCodes{1, {}}).error.code, ErrorCode::usage);
    ASSERT_TRUE(session.opens(tiny_experiment()));
    for (const auto& units : {std::pair<std::size_t, std::size_t>{0, 4}, {2, 2}}) {
        EXPECT_EQ(session.next<Failed>(MapCodes{1, units}).error.code, ErrorCode::usage);
    }
    Experiment single = tiny_experiment();
    single.network.layers = {{12}, {1}};
    ASSERT_TRUE(session.opens(single));
    EXPECT_EQ(session.next<Failed>(MapCodes{1, {}}).error.code, ErrorCode::usage);
    EXPECT_TRUE(session.maps.empty());
}

}  // namespace
}  // namespace lmser::test
