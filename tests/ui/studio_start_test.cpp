// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstddef>
#include <string_view>

#include "app/studio/display_probe.h"
#include "app/studio/quit_signals.h"
#include "app/studio/studio_options.h"
#include "core/files/file_handle.h"
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

TEST(DisplayProbe, DoesNotWaitForAServerThatHangs) {
    // A name that begins with a zero byte is Linux's own kind, which no file stands for.
    constexpr std::string_view kName("\0/tmp/.X11-unix/X7735", 21);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy(kName.begin(), kName.end(), address.sun_path);
    const FileHandle server(::socket(AF_UNIX, SOCK_STREAM, 0));
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + kName.size());
    if (::bind(server.descriptor(), reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        ::listen(server.descriptor(), 1) != 0) {
        GTEST_SKIP() << "display 7735 is taken";
    }
    EXPECT_FALSE(probe_display("xcb", "", ":7735"));
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
