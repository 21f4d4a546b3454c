// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <array>
#include <csignal>

#include "app/studio/display_probe.h"
#include "app/studio/quit_signals.h"
#include "app/studio/studio_options.h"
#include "tests/ui/support/wait.h"

namespace lmser {
namespace {

template <std::size_t Count>
ParsedOptions parse(std::array<const char*, Count> arguments) {
    return parse_studio_options(static_cast<int>(Count), arguments.data());
}

TEST(DisplayProbe, SaysWhatToUseWhereThereIsNoDisplay) {
    const auto probed = probe_display("", "", "");
    ASSERT_FALSE(probed);
    EXPECT_EQ(probed.error().code, ErrorCode::no_display);
    EXPECT_EQ(sentence(probed.error()),
              "no display. Use the command lmser, or xvfb-run lmser-studio.");
}

TEST(DisplayProbe, FindsThatNobodyAnswers) {
    EXPECT_FALSE(probe_display("", "", ":7734"));
    EXPECT_FALSE(probe_display("xcb", "", "/no/such/socket:0"));
    EXPECT_FALSE(probe_display("", "no-such-compositor", ""));
}

TEST(DisplayProbe, LetsPlatformsWithoutADisplayPass) {
    EXPECT_TRUE(probe_display("offscreen", "", ""));
    EXPECT_TRUE(probe_display("minimal:enable_fonts", "", ""));
}

TEST(StudioOptions, NameAModelTheDataAndATheme) {
    const auto parsed =
        parse(std::array{"lmser-studio", "run", "--data-dir", "data", "--theme", "dark"});
    EXPECT_FALSE(parsed.exit_code.has_value());
    EXPECT_EQ(parsed.options.model, "run");
    EXPECT_EQ(parsed.options.data_dir, "data");
    EXPECT_EQ(parsed.options.theme, ui::ThemeChoice::dark);
}

TEST(StudioOptions, HelpAndVersionSucceed) {
    const auto help = parse(std::array{"lmser-studio", "--help"});
    EXPECT_EQ(help.exit_code, 0);
    EXPECT_NE(help.text.find("--data-dir"), std::string::npos);
    const auto version = parse(std::array{"lmser-studio", "--version"});
    EXPECT_EQ(version.exit_code, 0);
    EXPECT_NE(version.text.find(LMSER_VERSION), std::string::npos);
}

TEST(StudioOptions, AnUnknownOneIsAUsageError) {
    EXPECT_EQ(parse(std::array{"lmser-studio", "--nonsense"}).exit_code, 2);
    EXPECT_EQ(parse(std::array{"lmser-studio", "--theme", "purple"}).exit_code, 2);
}

TEST(QuitSignals, TellOfASignalInsteadOfEnding) {
    QuitSignals signalled;
    std::raise(SIGTERM);
    EXPECT_TRUE(ui::waitUntil([&] { return signalled.number() == SIGTERM; }));
    EXPECT_EQ(signalled.exitCode(), 143);
}

}  // namespace
}  // namespace lmser
