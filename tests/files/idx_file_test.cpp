// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/idx_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/cost.h"
#include "tests/support/expect_error.h"
#include "tests/support/sample_files.h"
#include "tests/support/temporary_folder.h"

namespace lmser {
namespace {

using namespace lmser::testing;

std::string pixels(std::size_t count) {
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i) {
        bytes += static_cast<char>(i * 37 % 251);
    }
    return bytes;
}

class IdxFileTest : public ::testing::Test {
protected:
    Result<IdxFile> read(const std::string& bytes, int rank = 3) const {
        return read_idx(folder_.write("x.gz", bytes), rank);
    }

    TemporaryFolder folder_;
};

TEST_F(IdxFileTest, ReadsPlainAndGzipAlike) {
    const std::string body = pixels(2 * 5 * 3);
    const std::string bytes = idx_bytes({2, 5, 3}, body);
    const IdxFile plain = value_of(read(bytes));
    EXPECT_EQ(plain.sizes, (std::vector<std::uint32_t>{2, 5, 3}));
    EXPECT_EQ(std::string(plain.bytes.begin(), plain.bytes.end()), body);
    const IdxFile packed = value_of(read(gzip(bytes)));
    EXPECT_EQ(packed.sizes, plain.sizes);
    EXPECT_EQ(packed.bytes, plain.bytes);
}

TEST_F(IdxFileTest, ReadsLabelsAndFilesLargerThanItsBuffers) {
    EXPECT_EQ(value_of(read(idx_bytes({4}, pixels(4)), 1)).bytes.size(), 4U);
    const std::string body = pixels(1000 * 28 * 28);
    const IdxFile large = value_of(read(gzip(idx_bytes({1000, 28, 28}, body))));
    EXPECT_EQ(std::string(large.bytes.begin(), large.bytes.end()), body);
}

TEST_F(IdxFileTest, AWrongMagicIsNamed) {
    expect_error(read(idx_bytes({30}, pixels(30)) + "padding so that it is long"),
                 ErrorCode::bad_data,
                 "begins with 0x00000801 where an IDX file of images begins with 0x00000803");
    expect_error(read(gzip(idx_bytes({1, 5, 3}, pixels(15))), 1), ErrorCode::bad_data,
                 "begins with 0x00000803 where an IDX file of labels begins with 0x00000801");
    std::string floats = idx_bytes({1, 5, 3}, pixels(15));
    floats[2] = 0x0D;
    expect_error(read(floats), ErrorCode::bad_data, "begins with 0x00000d03");
}

TEST_F(IdxFileTest, ACountThatLiesIsNamedWithBothNumbers) {
    expect_error(read(idx_bytes({7, 5, 3}, pixels(6 * 15))), ErrorCode::bad_data,
                 "its header promises 7 images of 5x3 (105 bytes) but 90 bytes follow");
    expect_error(read(idx_bytes({5, 5, 3}, pixels(6 * 15))), ErrorCode::bad_data,
                 "its header promises 5 images of 5x3 (75 bytes) but 90 bytes follow");
    expect_error(read(gzip(idx_bytes({7, 5, 3}, pixels(6 * 15)))), ErrorCode::bad_data,
                 "but only 90 bytes follow");
    expect_error(read(gzip(idx_bytes({5, 5, 3}, pixels(6 * 15)))), ErrorCode::bad_data,
                 "but more bytes follow");
    expect_error(read(idx_bytes({9}, pixels(8)), 1), ErrorCode::bad_data,
                 "its header promises 9 labels but 8 bytes follow");
}

TEST_F(IdxFileTest, APromiseOfABillionImagesIsRefusedAtOnceAndWithoutMemory) {
    const std::string lie = idx_bytes({1'000'000'000, 28, 28}, std::string(100, '\0'));
    const auto cost = cost_of([&] {
        expect_error(read(lie), ErrorCode::bad_data,
                     "its header promises 1000000000 images of 28x28 (784000000000 bytes) but 100 "
                     "bytes follow");
        expect_error(read(gzip(lie)), ErrorCode::bad_data,
                     "compressed bytes cannot hold more than");
    });
    EXPECT_LT(cost.cpu_seconds, .02) << "for two";
    EXPECT_LT(cost.megabytes.value_or(0), 5);
}

TEST_F(IdxFileTest, SizesWhoseProductOverflowsAreRefused) {
    const std::string lie = idx_bytes({0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF}, "x");
    expect_error(read(lie), ErrorCode::bad_data, "(over 2^64 bytes)");
    expect_error(read(gzip(lie)), ErrorCode::bad_data, "(over 2^64 bytes)");
    // 2^32 x 2^16 x 2^16 is 0 in 64 bits.
    expect_error(read(idx_bytes({0x80000000, 0x20000, 0x10000}, "")), ErrorCode::bad_data,
                 "(over 2^64 bytes)");
}

TEST_F(IdxFileTest, AGzipThatUnpacksToMoreThanItsHeaderPromisesIsStoppedEarly) {
    const std::string bomb = gzip(idx_bytes({1, 2, 2}, std::string(40'000'000, '\0')));
    const auto cost =
        cost_of([&] { expect_error(read(bomb), ErrorCode::bad_data, "but more bytes follow"); });
    EXPECT_LT(cost.cpu_seconds, .02);
    EXPECT_LT(cost.megabytes.value_or(0), 5);
}

TEST_F(IdxFileTest, AFileThatIsCutAtAnyByteIsRefused) {
    const std::string plain = idx_bytes({3, 5, 4}, pixels(60));
    for (const std::string& bytes : {plain, gzip(plain)}) {
        for (std::size_t length = 0; length < bytes.size(); ++length) {
            const auto result = read(bytes.substr(0, length));
            ASSERT_FALSE(result) << length;
            EXPECT_EQ(result.error().code, ErrorCode::bad_data);
        }
    }
}

TEST_F(IdxFileTest, AFlippedBitInAGzipNeverPassesUnseen) {
    const std::string plain = pixels(60);
    const std::string good = gzip(idx_bytes({3, 5, 4}, plain));
    // The ten bytes of a gzip header hold a time and flags that nothing protects.
    for (std::size_t at = 10; at < good.size(); ++at) {
        std::string bytes = good;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
        const auto result = read(bytes);
        // The last byte before the sum is filled up with bits that mean nothing.
        EXPECT_TRUE(!result || std::string(result->bytes.begin(), result->bytes.end()) == plain)
            << at;
    }
}

TEST_F(IdxFileTest, BytesAfterTheEndOfAGzipAreRefused) {
    expect_error(read(gzip(idx_bytes({2, 5, 3}, pixels(30))) + "x"), ErrorCode::bad_data,
                 "bytes follow after the end of its gzip data");
}

TEST_F(IdxFileTest, WhatIsNoFileIsNamed) {
    expect_error(read_idx(folder_.path(), 3), ErrorCode::bad_data, "it is a folder");
    expect_error(read_idx(folder_.path() / "none", 3), ErrorCode::not_found,
                 "there is no such file");
    const auto pipe = folder_.path() / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    expect_error(read_idx(pipe, 3), ErrorCode::bad_data, "it is not a regular file");
    expect_error(read(""), ErrorCode::bad_data, "it has only 0 of the 16 bytes");
}

}  // namespace
}  // namespace lmser
