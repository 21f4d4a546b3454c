// SPDX-License-Identifier: GPL-3.0-or-later
// Codes and pictures on disk through a session: saved, opened, exported, dropped back.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <limits>

#include "core/files/code_file.h"
#include "core/files/image_file.h"
#include "core/files/picture_file.h"
#include "core/files/read_file.h"
#include "observed_session.h"

namespace lmser::test {
namespace {

namespace fs = std::filesystem;

const std::vector<float> kCode = {1, -1, .5F, 2};
const std::vector<float> kOther = {-1, 1, 0, .25F};

class CodeFiles : public SessionTest {
protected:
    static Images decoded(ObservedSession& session, const Decode& asked) {
        session.post(asked);
        EXPECT_TRUE(session.until(
            [&] { return !session.decoded.empty() && session.decoded.back().id == asked.id; }));
        return session.decoded.back().picture;
    }
    static Experiment another() {
        Experiment experiment = tiny_experiment();
        experiment.seed = 2;
        return experiment;
    }
    [[nodiscard]] ExportMorph morph(const std::string& name, MorphFormat format) const {
        ExportMorph asked;
        asked.path = path(name);
        asked.format = format;
        asked.from = kCode;
        asked.to = kOther;
        asked.frames = 5;
        asked.scale = 2;
        return asked;
    }
    /// A morph that takes long enough to be met while it is written.
    [[nodiscard]] ExportMorph long_morph(const std::string& name) const {
        ExportMorph asked = morph(name, MorphFormat::frames);
        asked.frames = 1000;
        return asked;
    }
    [[nodiscard]] std::vector<std::string> names_in(const std::string& folder) const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(path(folder))) {
            names.push_back(entry.path().filename().string());
        }
        std::sort(names.begin(), names.end());
        return names;
    }
};

TEST_F(CodeFiles, OpenWhatWasSaved) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    EXPECT_EQ(session.next<Exported>(SaveCode{path("a.json"), kCode, 2}).path, path("a.json"));
    const auto opened = session.next<CodeOpened>(OpenCode{8, path("a.json")});
    EXPECT_EQ(opened.id, 8U);
    EXPECT_EQ(opened.code, kCode);
    EXPECT_EQ(opened.reflections, 2);
    EXPECT_EQ(opened.file, path("a.json"));
}

TEST_F(CodeFiles, OfAnotherNetworkAreRefusedByItsName) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    session.next<Exported>(SaveCode{path("a.json"), kCode});
    ASSERT_TRUE(session.opens(another()));
    const auto failed = session.next<Failed>(OpenCode{8, path("a.json")});
    EXPECT_EQ(failed.what, "open the code");
    EXPECT_EQ(failed.error.code, ErrorCode::usage);
    EXPECT_NE(failed.error.message.find("'lmser-un'"), std::string::npos) << failed.error.message;
    EXPECT_TRUE(session.replies<CodeOpened>().empty());
}

TEST_F(CodeFiles, ThatAreHostileAreRefused) {
    std::ofstream(path("garbage.json")) << "{";
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    for (const char* name : {"garbage.json", "missing.json"}) {
        EXPECT_NE(session.next<Failed>(OpenCode{1, path(name)}).error.code, ErrorCode::bug);
        const auto failed = session.next<Failed>(EncodeFile{1, path(name)});
        EXPECT_EQ(failed.what, "encode");
        EXPECT_NE(failed.error.code, ErrorCode::bug);
    }
    // The right network, but not one of its codes.
    session.next<Exported>(SaveCode{path("long.json"), kCode});
    auto kept = *read_code_file(path("long.json"));
    kept.code.push_back(1);
    ASSERT_TRUE(write_code_file(path("long.json"), kept).ok());
    EXPECT_EQ(session.next<Failed>(OpenCode{1, path("long.json")}).error.code, ErrorCode::bad_data);
    EXPECT_TRUE(session.replies<CodeOpened>().empty());
}

TEST_F(CodeFiles, APictureThatWasExportedBringsItsCodeBack) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    session.next<Exported>(ExportPicture{path("a.png"), kCode, false, 1, 3});
    const auto opened = session.next<CodeOpened>(EncodeFile{6, path("a.png")});
    EXPECT_EQ(opened.id, 6U);
    EXPECT_EQ(opened.code, kCode);
    EXPECT_EQ(opened.reflections, 1);
    EXPECT_TRUE(session.replies<Encoded>().empty());
    const auto picture = read_picture(path("a.png"));
    ASSERT_TRUE(picture.ok());
    EXPECT_EQ(picture->image.shape.width, 3 * 28);
}

TEST_F(CodeFiles, APictureOfAnotherNetworkIsEncodedAndSaysWhoseCodeItHad) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    session.next<Exported>(ExportPicture{path("a.png"), kCode});
    ASSERT_TRUE(session.opens(another()));
    const auto encoded = session.next<Encoded>(EncodeFile{6, path("a.png")});
    EXPECT_EQ(encoded.id, 6U);
    EXPECT_NE(encoded.note.find("lmser-un"), std::string::npos) << encoded.note;
    EXPECT_EQ(encoded.code.size(), 4U);
}

TEST_F(CodeFiles, AnExportIsWhatIsDecoded) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    EXPECT_EQ(session.next<Failed>(ExportPicture{path("x.npy"), kCode, true}).error.code,
              ErrorCode::usage);
    session.next<Encoded>(EncodeTestImage{1, 7});
    session.next<Exported>(ExportPicture{path("fed.npy"), kCode, true});
    session.next<Exported>(ExportPicture{path("alone.npy"), kCode});
    const ImageShape shape;
    EXPECT_EQ(*read_images(path("fed.npy"), shape), decoded(session, Decode{1, kCode, true}));
    EXPECT_EQ(*read_images(path("alone.npy"), shape), decoded(session, Decode{2, kCode}));
}

TEST_F(CodeFiles, ADrawnPictureIsMadeToFitAndBecomesTheStart) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    Images page{{1, 200, 300}, std::vector<float>(200U * 300U, 1)};
    for (std::size_t y = 50; y < 150; ++y) {
        std::fill_n(page.values.begin() + static_cast<std::ptrdiff_t>(y * 300 + 140), 12, 0.F);
    }
    const auto encoded = session.next<Encoded>(FitPicture{5, page});
    EXPECT_EQ(encoded.id, 5U);
    EXPECT_EQ(encoded.picture.shape, ImageShape());
    EXPECT_FALSE(encoded.note.empty());
    EXPECT_EQ(encoded.picture.values.front(), 0) << "digits are white on black";
    session.post(Decode{6, kCode, true});  // takes a start
    EXPECT_TRUE(session.until([&] { return !session.decoded.empty(); }));
}

TEST_F(CodeFiles, PicturesThatAreNoneAreRefused) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
    for (const Images& picture :
         {Images{{1, 0, 0}, {}}, Images{{2, 1, 1}, {0, 0}}, Images{{1, 2, 2}, {0}},
          Images{{1, 1, 1}, {kNan}}, Images{{1, 1, 1}, {2}}, Images{{1, 1, 20'000}, {}}}) {
        EXPECT_EQ(session.next<Failed>(FitPicture{1, picture}).error.code, ErrorCode::usage);
    }
    const auto one = session.next<Encoded>(FitPicture{2, Images{{3, 1, 1}, {0, .5F, 1}}});
    EXPECT_EQ(one.id, 2U);
}

TEST_F(CodeFiles, CodesThatDoNotFitAreNotKept) {
    ObservedSession session(options());
    EXPECT_EQ(session.next<Failed>(SaveCode{path("x"), kCode}).error.code, ErrorCode::usage);
    EXPECT_EQ(session.next<Failed>(OpenCode{1, path("x")}).error.code, ErrorCode::usage);
    EXPECT_EQ(session.next<Failed>(EncodeFile{1, path("x")}).error.code, ErrorCode::usage);
    ASSERT_TRUE(session.opens(tiny_experiment()));
    ExportMorph backwards = morph("x", MorphFormat::gif);
    backwards.to = {1};
    ExportMorph still = morph("x", MorphFormat::gif);
    still.frames = 1;
    ExportMorph huge = morph("x", MorphFormat::strip);
    huge.frames = 1000;
    huge.scale = 64;
    for (const Command& command :
         {Command(SaveCode{path("x"), {1}}), Command(SaveCode{path("x"), kCode, 11}),
          Command(ExportPicture{path("x.png"), {1}}),
          Command(ExportPicture{path("x.png"), kCode, false, 0, 0}),
          Command(ExportPicture{path("x.png"), kCode, false, 0, 65}), Command(backwards),
          Command(still), Command(huge)}) {
        SCOPED_TRACE(command.index());
        const Failed failed = session.next<Failed>(command);
        EXPECT_NE(failed.error.code, ErrorCode::bug) << failed.error.message;
    }
    EXPECT_FALSE(fs::exists(path("x")));
    EXPECT_FALSE(fs::exists(path("x.png")));
}

TEST_F(CodeFiles, AMorphIsWrittenAsStripAnimationAndFrames) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    session.next<Exported>(morph("strip.png", MorphFormat::strip));
    const auto strip = read_picture(path("strip.png"));
    ASSERT_TRUE(strip.ok());
    EXPECT_GE(strip->image.shape.width, 5 * 2 * 28);
    EXPECT_EQ(strip->image.shape.height, 2 * 28);

    session.next<Exported>(morph("morph.gif", MorphFormat::gif));
    const auto gif = *read_file(path("morph.gif"), 1U << 20U);
    EXPECT_EQ(std::string(reinterpret_cast<const char*>(gif.data()), 6), "GIF89a");

    session.next<Exported>(morph("frames", MorphFormat::frames));
    EXPECT_EQ(names_in("frames"), (std::vector<std::string>{"0001.png", "0002.png", "0003.png",
                                                            "0004.png", "0005.png"}));
    EXPECT_EQ(read_picture(path("frames") / "0005.png")->code->code, kOther);
}

TEST_F(CodeFiles, AMorphThatIsCancelledLeavesNothing) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    const auto before = names_in("");
    session.post(long_morph("frames"));
    ASSERT_TRUE(session.until([&] { return !session.exporting.empty(); }));
    EXPECT_EQ(session.exporting[0].path, path("frames"));
    EXPECT_EQ(session.exporting[0].total, 1000U);
    EXPECT_LT(session.exporting[0].done, 1000U);
    EXPECT_EQ(session.next<ExportCancelled>(CancelExport{}).path, path("frames"));
    EXPECT_EQ(names_in(""), before);
    session.next<Exported>(morph("next", MorphFormat::frames));
}

TEST_F(CodeFiles, AMorphThatFailsLeavesWhatWasThere) {
    fs::create_directories(path("taken"));
    std::ofstream(path("taken") / "mine.txt") << "mine";
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    const auto before = names_in("");
    const auto failed = session.next<Failed>(morph("taken", MorphFormat::frames));
    EXPECT_EQ(failed.error.code, ErrorCode::cannot_create);
    EXPECT_EQ(session.next<Failed>(morph("nowhere/frames", MorphFormat::frames)).what, "export");
    EXPECT_EQ(session.next<Failed>(morph("nowhere/a.gif", MorphFormat::gif)).what, "export");
    EXPECT_EQ(names_in(""), before);
    EXPECT_EQ(names_in("taken"), std::vector<std::string>{"mine.txt"});
}

TEST_F(CodeFiles, ASecondMorphIsRefusedWhileOneIsWritten) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    session.post(long_morph("frames"));
    const auto failed = session.next<Failed>(morph("other.gif", MorphFormat::gif));
    EXPECT_EQ(failed.what, "export");
    EXPECT_EQ(failed.error.code, ErrorCode::usage);
    session.next<ExportCancelled>(CancelExport{});
    EXPECT_FALSE(fs::exists(path("other.gif")));
}

TEST_F(CodeFiles, NothingWaitsForALongMorph) {
    ObservedSession session(options());
    ASSERT_TRUE(session.opens(tiny_experiment()));
    session.post(long_morph("frames"));
    session.next<Saved>(SaveCheckpoint{path("meanwhile.safetensors")});
    session.post(Decode{1, kCode});
    ASSERT_TRUE(session.until([&] { return !session.decoded.empty(); }));
    EXPECT_TRUE(session.replies<Exported>().empty());
}

TEST_F(CodeFiles, TheEndOfTheSessionEndsAMorphAndKeepsACode) {
    const auto begin = std::chrono::steady_clock::now();
    {
        ObservedSession session(options());
        ASSERT_TRUE(session.opens(tiny_experiment()));
        session.post(long_morph("frames"));
        session.post(SaveCode{path("a.json"), kCode});
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(3));
    EXPECT_FALSE(fs::exists(path("frames")));
    EXPECT_TRUE(fs::exists(path("a.json")));
}

}  // namespace
}  // namespace lmser::test
