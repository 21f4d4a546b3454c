// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/atomic_save.h"

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "core/files/read_file.h"
#include "tests/support/expect_error.h"
#include "tests/support/ordinary_user.h"
#include "tests/support/temporary_folder.h"

namespace lmser {
namespace {

using namespace lmser::testing;
namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
    return value_of(read_text(path, 1 << 30));
}

std::size_t files_in(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

class AtomicSaveTest : public ::testing::Test {
protected:
    TemporaryFolder folder_;
    fs::path file_ = folder_.path() / "model.safetensors";
};

TEST_F(AtomicSaveTest, MakesAndReplacesAFileAndLeavesNothingElse) {
    ASSERT_TRUE(atomic_save(file_, "old"));
    EXPECT_EQ(contents(file_), "old");
    const std::string large(3'000'000, 'x');
    ASSERT_TRUE(atomic_save(file_, large));
    EXPECT_EQ(contents(file_), large);
    ASSERT_TRUE(atomic_save(file_, ""));
    EXPECT_EQ(contents(file_), "");
    EXPECT_EQ(files_in(folder_.path()), 1U);
}

TEST_F(AtomicSaveTest, KeepsThePermissionsOfTheFileAndTheLinkToIt) {
    ASSERT_TRUE(atomic_save(file_, "old"));
    fs::permissions(file_, fs::perms::owner_read | fs::perms::owner_write);
    const fs::path link = folder_.path() / "link";
    fs::create_symlink(file_, link);
    ASSERT_TRUE(atomic_save(link, "new"));
    EXPECT_TRUE(fs::is_symlink(link));
    EXPECT_EQ(contents(file_), "new");
    EXPECT_EQ(fs::status(file_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(AtomicSaveTest, WhatMustNotBeReplacedIsNamed) {
    expect_error(atomic_save(folder_.path(), "x"), ErrorCode::cannot_create, "it is a folder");
    expect_error(atomic_save("/dev/full", "x"), ErrorCode::cannot_create,
                 "cannot write '/dev/full': it is not a regular file");
    expect_error(atomic_save(folder_.path() / "none" / "x", "x"), ErrorCode::not_found,
                 "there is no such file or folder");
    expect_error(atomic_save("", "x"), ErrorCode::cannot_create, "does not name a file");
}

TEST_F(AtomicSaveTest, AReadOnlyFolderIsRefused) {
    ASSERT_TRUE(atomic_save(file_, "old"));
    fs::permissions(folder_.path(), fs::perms(0555));
    EXPECT_TRUE(succeeds_as_ordinary_user([this] {
        const auto saved = atomic_save(file_, "new");
        return !saved && saved.error().code == ErrorCode::permission;
    }));
    fs::permissions(folder_.path(), fs::perms(0755));
    EXPECT_EQ(contents(file_), "old");
}

TEST_F(AtomicSaveTest, AWriteProtectedFileIsNotReplaced) {
    ASSERT_TRUE(atomic_save(file_, "old"));
    fs::permissions(file_, fs::perms(0444));
    fs::permissions(folder_.path(), fs::perms(0777));
    EXPECT_TRUE(succeeds_as_ordinary_user([this] {
        const auto saved = atomic_save(file_, "new");
        return !saved && saved.error().code == ErrorCode::permission;
    }));
    EXPECT_EQ(contents(file_), "old");
}

TEST_F(AtomicSaveTest, AFullDiskKeepsTheOldFileAndNamesTheNumbers) {
    const fs::path disk = folder_.path() / "disk";
    fs::create_directory(disk);
    if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=2m") != 0) {
        GTEST_SKIP() << "mounting a small disk needs rights that this process does not have";
    }
    const fs::path file = disk / "model";
    EXPECT_TRUE(atomic_save(file, "old"));
    const auto saved = atomic_save(file, std::string(3'200'000, 'x'));
    const auto kept = read_text(file, 100);
    const std::size_t files = files_in(disk);
    ::umount2(disk.c_str(), MNT_DETACH);
    expect_error(saved, ErrorCode::io, "the disk is full (needs 3.2 MB, 2.1 MB free)");
    EXPECT_EQ(value_of(kept), "old");
    EXPECT_EQ(files, 1U);
}

TEST_F(AtomicSaveTest, AWriteThatFailsHalfWayKeepsTheOldFile) {
    ASSERT_TRUE(atomic_save(file_, "old"));
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{1'500'000, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto saved = atomic_save(file_, std::string(3'200'000, 'x'));
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, old_handler);
    expect_error(saved, ErrorCode::io, "its 3.2 MB are more than a file may have here");
    EXPECT_EQ(contents(file_), "old");
    EXPECT_EQ(files_in(folder_.path()), 1U);
}

TEST_F(AtomicSaveTest, AfterAKillAtAnyInstantOneFileIsWhole) {
    const std::string a(700'000, 'a');
    const std::string b(900'000, 'b');
    ASSERT_TRUE(atomic_save(file_, a));
    constexpr int kRounds = 20;
    for (int round = 0; round < kRounds; ++round) {
        int reports[2];
        ASSERT_EQ(::pipe(reports), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            // Reports before every save, so that the kill falls somewhere into the save.
            while (::write(reports[1], "x", 1) == 1) {
                static_cast<void>(atomic_save(file_, b));
                static_cast<void>(::write(reports[1], "x", 1) + 1);
                static_cast<void>(atomic_save(file_, a));
            }
            ::_exit(0);
        }
        char report = 0;
        for (int i = 0; i <= round % 4; ++i) {
            ASSERT_EQ(::read(reports[0], &report, 1), 1);
        }
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        ::close(reports[0]);
        ::close(reports[1]);
        const std::string left = contents(file_);
        ASSERT_TRUE(left == a || left == b) << left.size() << " bytes";
    }
}

TEST(ReadFile, RefusesWhatIsLargerThanTheLimitWithoutReadingIt) {
    const TemporaryFolder folder;
    const auto file = folder.write("x", "12345");
    EXPECT_EQ(value_of(read_text(file, 5)), "12345");
    expect_error(read_text(file, 4), ErrorCode::bad_data,
                 "it has 5 bytes, more than the 4 bytes allowed");
    fs::resize_file(file, std::uintmax_t{1} << 40U);
    expect_error(read_file(file, 1 << 30), ErrorCode::bad_data, "it has 1.1 TB");
}

TEST(ReadFile, NamesFilesWhoseNamesAreNotUtf8) {
    expect_error(read_file("/nowhere/\xff\n", 10), ErrorCode::not_found,
                 "cannot read '/nowhere/\\xff\\x0a': there is no such file or folder");
}

}  // namespace
}  // namespace lmser
