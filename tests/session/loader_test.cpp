// SPDX-License-Identifier: GPL-3.0-or-later
// The engine as a module that is loaded at run time.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "core/session/session.h"
#include "tiny_data.h"

namespace lmser::test {
namespace {

TEST(Loader, NamesAModuleThatIsNotThere) {
    const auto session = load_session({}, "/no/such/lmser-engine.so");
    ASSERT_FALSE(session.ok());
    EXPECT_EQ(session.error().code, ErrorCode::not_found);
    EXPECT_NE(session.error().message.find("/no/such/lmser-engine.so"), std::string::npos);
}

TEST(Loader, RefusesAFileThatIsNoModule) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "lmser-engine.so";
    std::ofstream(file) << "no module";
    const auto session = load_session({}, file);
    ASSERT_FALSE(session.ok());
    EXPECT_EQ(session.error().code, ErrorCode::bad_data);
}

TEST(Loader, DoesNotWaitForAPipe) {
    const TemporaryFolder folder;
    const auto pipe = folder.path() / "lmser-engine.so";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_FALSE(load_session({}, pipe).ok());
}

TEST(Loader, RefusesALibraryThatIsNotTheEngine) {
    const auto session = load_session({}, "/lib/x86_64-linux-gnu/libm.so.6");
    if (!session.ok() && session.error().code == ErrorCode::not_found) {
        GTEST_SKIP() << "this system keeps its libraries elsewhere";
    }
    ASSERT_FALSE(session.ok());
    EXPECT_EQ(session.error().code, ErrorCode::bad_data);
}

TEST(Loader, MakesASessionFromTheModule) {
    const auto module = std::filesystem::path(LMSER_BINARY_DIR) / "lmser-engine.so";
    if (!std::filesystem::exists(module)) {
        GTEST_SKIP() << "the module is not built";
    }
    auto session = load_session({}, module);
    ASSERT_TRUE(session.ok()) << sentence(session.error());
    EXPECT_EQ((*session)->info().threads, 1);
    EXPECT_FALSE((*session)->info().torch_version.empty());
}

TEST(Loader, KeepsWhatTheUserHasSet) {
    ::setenv("OMP_NUM_THREADS", "3", 1);
    set_engine_environment();
    EXPECT_STREQ(std::getenv("OMP_NUM_THREADS"), "3");
    EXPECT_STREQ(std::getenv("OMP_WAIT_POLICY"), "passive");
    ::unsetenv("OMP_NUM_THREADS");
}

}  // namespace
}  // namespace lmser::test
