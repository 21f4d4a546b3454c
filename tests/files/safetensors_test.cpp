// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cstring>
#include <limits>

#include "core/files/checksum.h"
#include "core/files/safetensors_file.h"
#include "core/files/safetensors_format.h"
#include "tests/support/cost.h"
#include "tests/support/expect_error.h"
#include "tests/support/temporary_folder.h"

namespace lmser {
namespace {

using namespace lmser::testing;

SafetensorsFile sample() {
    return {{{"format", "lmser-1"}, {"note", "a \"crc32\":\"00000000\" that is not one, ½"}},
            {{"link1.weight", {{2, 3}, {0, 1.5F, -2, 3, 4, 5}}},
             {"link1.bias_up", {{2}, {-0.0F, 1e-40F}}},
             {"scalar", {{}, {7}}}}};
}

std::vector<std::byte> bytes_of(const std::string& text) {
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    return {first, first + text.size()};
}

/// A file with that header whose sums are right, whatever else is wrong with it. The header must end its
/// metadata with SUMS, which is replaced.
std::string forged(std::string header, const std::string& data) {
    const auto place = header.find("SUMS");
    if (place != std::string::npos) {
        header.replace(place, 4,
                       "\"crc32\":\"" + checksum(std::as_bytes(std::span(data))) +
                           "\",\"header_crc32\":\"00000000\"");
    }
    std::string bytes(8, '\0');
    const std::uint64_t length = header.size();
    std::memcpy(bytes.data(), &length, sizeof length);
    bytes += header;
    if (const auto sum = header_checksum(std::as_bytes(std::span(bytes)))) {
        bytes.replace(bytes.find("\"header_crc32\":\"") + 16, 8, *sum);
    }
    return bytes + data;
}

Result<SafetensorsFile> parse(const std::string& bytes) {
    return parse_safetensors(bytes_of(bytes), "x.safetensors");
}

const std::string kMetadata = "{\"__metadata__\":{SUMS},";

TEST(Safetensors, SurviveTheWayThroughBytes) {
    EXPECT_EQ(value_of(parse_safetensors(to_bytes(sample()), "x")), sample());
    EXPECT_EQ(value_of(parse_safetensors(to_bytes({}), "x")), SafetensorsFile{});
}

TEST(Safetensors, SameValueGivesSameBytes) {
    const auto bytes = to_bytes(sample());
    EXPECT_EQ(bytes, to_bytes(value_of(parse_safetensors(bytes, "x"))));
}

TEST(Safetensors, AHandMadeFileIsRead) {
    const auto file = value_of(parse(
        forged(kMetadata + "\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}   ",
               std::string(4, '\0'))));
    EXPECT_EQ(file.tensors.at("w"), (StoredTensor{{1}, {0}}));
}

TEST(Safetensors, AFileThatIsCutAtAnyByteIsRefused) {
    const auto good = to_bytes(sample());
    for (std::size_t length = 0; length < good.size(); ++length) {
        const std::vector<std::byte> cut(good.begin(),
                                         good.begin() + static_cast<std::ptrdiff_t>(length));
        const auto result = parse_safetensors(cut, "x");
        ASSERT_FALSE(result) << length;
        EXPECT_EQ(result.error().code, ErrorCode::bad_data);
    }
}

TEST(Safetensors, AnyFlippedBitIsRefused) {
    const auto good = to_bytes(sample());
    for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
        auto bytes = good;
        bytes[bit / 8] ^= std::byte{1} << bit % 8;
        EXPECT_FALSE(parse_safetensors(bytes, "x")) << "bit " << bit;
    }
}

TEST(Safetensors, ATrailingByteIsRefused) {
    auto bytes = to_bytes(sample());
    bytes.push_back(std::byte{0});
    expect_error(parse_safetensors(bytes, "x"), ErrorCode::bad_data, "follow the header");
}

TEST(Safetensors, PyTorchFilesAreNamedAsSuch) {
    const std::string words =
        "cannot read 'x.safetensors': it is a PyTorch file; such files can run code when loaded";
    expect_error(parse("PK\x03\x04" + std::string(100, '\0')), ErrorCode::bad_data, words);
    expect_error(parse("\x80\x02\x8a\x0al\xfc\x9c\x46\xf9 j\xa8P\x19.\x80\x02M\xe9\x03."),
                 ErrorCode::bad_data, words);
    EXPECT_EQ(parse("PK\x03\x04" + std::string(100, '\0')).error().hint,
              "Convert it on a machine you trust.");
}

TEST(Safetensors, AHeaderLengthThatBeginsAsAPickleDoesIsNoPickle) {
    SafetensorsFile file = sample();
    for (int i = 0; i < 64; ++i) {
        file.metadata["note"] += "12345678";
        const auto bytes = to_bytes(file);
        if (bytes[0] == std::byte{0x80}) {
            EXPECT_EQ(value_of(parse_safetensors(bytes, "x")), file);
            return;
        }
    }
    FAIL() << "no such length was met";
}

TEST(Safetensors, HeaderLengthsThatLieAreRefused) {
    std::string bytes = forged("{}", "");
    for (const std::uint64_t length :
         {std::uint64_t{3}, std::uint64_t{1} << 20, (std::uint64_t{1} << 20) + 1,
          std::numeric_limits<std::uint64_t>::max(),
          std::numeric_limits<std::uint64_t>::max() - 7}) {
        std::memcpy(bytes.data(), &length, sizeof length);
        expect_error(parse(bytes), ErrorCode::bad_data,
                     "its header would have " + std::to_string(length) + " bytes but 2 follow");
    }
    expect_error(parse(""), ErrorCode::bad_data, "it has 0 bytes where 10 to");
}

TEST(Safetensors, HeadersThatBreakARuleAreRefusedWithTheRule) {
    const std::string data(8, '\0');
    const std::string one = "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
    const std::string two = "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}";
    const std::pair<std::string, std::string> broken[] = {
        {" " + kMetadata + "\"a\":" + one + "}", "not a JSON object"},
        {kMetadata + "\"a\":" + one + "}\n", "not a JSON object"},
        {kMetadata + "\"a\":" + one + ",\"b\":" + two + "}}", "not valid JSON"},
        {"{\"a\":" + one + ",\"b\":" + two + "}", "it has no metadata"},
        {"{\"__metadata__\":[],\"a\":" + one + "}", "it has no metadata"},
        {"{\"__metadata__\":{\"x\":1},\"a\":" + one + "}", "its metadata 'x' is not a text"},
        {"{\"__metadata__\":{},\"a\":" + one + ",\"b\":" + two + "}", "it has no checksums"},
        {kMetadata + "\"a\":" + one + ",\"a\":" + two + "}", "the key 'a' is given twice"},
        {kMetadata + "\"a\":" + one + "}", "its tensors have 4 bytes but 8 follow"},
        {kMetadata + "\"a\":" + one + ",\"b\":" + one + "}", "begins at byte 0 instead of 4"},
        {kMetadata + "\"b\":" + two + "}", "begins at byte 4 instead of 0"},
        {kMetadata + "\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", "exactly dtype, shape"},
        {kMetadata + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":0}}",
         "exactly dtype, shape"},
        {kMetadata + "\"a\":7}", "exactly dtype, shape"},
        {kMetadata + "\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
         "is not of type F32"},
        {kMetadata + "\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
         "whole numbers"},
        {kMetadata + "\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}",
         "whole numbers"},
        {kMetadata + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,1,1,1,1,1,1,1,1],"
                     "\"data_offsets\":[0,8]}}",
         "at most 8 whole numbers"},
        {kMetadata + "\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}", "is empty"},
        {kMetadata + "\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],"
                     "\"data_offsets\":[0,0]}}",
         "larger than any file"},
        {kMetadata + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
         "do not enclose its 8 bytes"},
        {kMetadata + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
         "do not enclose its 8 bytes"},
        {kMetadata + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":"
                     "[18446744073709551612,4]}}",
         "do not enclose its 8 bytes"},
        {kMetadata + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}}",
         "do not enclose its 8 bytes"},
        {kMetadata + "\"a\":{\"dtype\":\"F32\",\"shape\":[[2]],\"data_offsets\":[0,8]}}",
         "nests deeper than 3 levels"},
        {kMetadata + "\"\xff\":" + one + "}", "not valid JSON"},
    };
    for (const auto& [header, words] : broken) {
        expect_error(parse(forged(header, data)), ErrorCode::bad_data, words);
    }
}

TEST(Safetensors, AHeaderThatNestsWithoutEndIsRefusedAtOnce) {
    std::string header = kMetadata + "\"a\":";
    header += std::string(1'000'000, '[') + '}';
    const auto cost = cost_of(
        [&] { expect_error(parse(forged(header, "")), ErrorCode::bad_data, "nests deeper"); });
    EXPECT_LT(cost.cpu_seconds, .1);
}

TEST(Safetensors, TooManyTensorsAreRefused) {
    std::string header = "{\"__metadata__\":{SUMS}";
    for (int i = 0; i < 4097; ++i) {
        header += ",\"" + std::to_string(i) +
                  "\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[" + std::to_string(4 * i) +
                  "," + std::to_string(4 * i + 4) + "]}";
    }
    expect_error(parse(forged(header + "}", std::string(4L * 4097, '\0'))), ErrorCode::bad_data,
                 "it has 4097 tensors, more than 4096");
}

TEST(Safetensors, AWrongSumIsRefused) {
    std::string good =
        forged(kMetadata + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
               std::string(4, '\0'));
    ASSERT_TRUE(parse(good));
    std::string data = good;
    data.back() = 1;
    expect_error(parse(data), ErrorCode::bad_data, "its data was damaged");
    std::string renamed = good;
    renamed[renamed.find("\"a\"") + 1] = 'b';
    expect_error(parse(renamed), ErrorCode::bad_data, "its header was damaged");
}

TEST(Safetensors, ValuesThatAreNotFiniteAreRefused) {
    for (const float bad :
         {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity()}) {
        SafetensorsFile file = sample();
        file.tensors.at("link1.weight").values[4] = bad;
        expect_error(parse_safetensors(to_bytes(file), "x"), ErrorCode::bad_data,
                     "tensor 'link1.weight' holds a value that is not finite");
    }
}

TEST(Safetensors, MetadataAreReadByTheSameRulesWithoutTheData) {
    const TemporaryFolder folder;
    const auto bytes = to_bytes(sample());
    const std::string good(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const auto metadata = [&folder](const std::string& text) {
        return read_safetensors_metadata(folder.write("x", text));
    };
    EXPECT_EQ(value_of(metadata(good)), sample().metadata);
    std::string data = good;
    data.back() = static_cast<char>(data.back() ^ 1);
    EXPECT_TRUE(metadata(data)) << "the data are not looked at";
    for (std::size_t length = 0; length < good.size(); ++length) {
        ASSERT_FALSE(metadata(good.substr(0, length))) << length;
    }
    expect_error(metadata(good + "x"), ErrorCode::bad_data, "bytes but 37 follow the header");
    std::string renamed = good;
    renamed[renamed.find("scalar")] = 'S';
    expect_error(metadata(renamed), ErrorCode::bad_data, "its header was damaged");
    expect_error(metadata(std::string("\xff\xff\xff\xff\xff\xff\xff\x7f{}", 10)),
                 ErrorCode::bad_data, "its header would have 9223372036854775807 bytes");
    expect_error(metadata("PK\x03\x04" + std::string(60, 'x')), ErrorCode::bad_data,
                 "it is a PyTorch file");
}

TEST(Safetensors, OfALargeFileOnlyTheHeaderIsRead) {
    const TemporaryFolder folder;
    const auto bytes =
        to_bytes({{{"a", "b"}}, {{"w", {{25'000'000}, std::vector<float>(25'000'000)}}}});
    const auto file =
        folder.write("x", {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    const auto cost = cost_of([&] { EXPECT_TRUE(read_safetensors_metadata(file)); });
    EXPECT_LT(cost.cpu_seconds, .02);
    EXPECT_LT(cost.megabytes.value_or(0), 8);
}

TEST(Safetensors, AShapeThatDoesNotMatchItsValuesIsOurMistake) {
    SafetensorsFile file = sample();
    file.tensors.at("link1.weight").shape = {2, 2};
    EXPECT_THROW(to_bytes(file), std::invalid_argument);
}

TEST(Safetensors, WhatIsNoFileIsNamed) {
    const TemporaryFolder folder;
    expect_error(read_safetensors(folder.path()), ErrorCode::bad_data, "it is a folder");
    expect_error(read_safetensors(folder.path() / "none"), ErrorCode::not_found, "no such file");
    expect_error(read_safetensors(folder.write("empty", "")), ErrorCode::bad_data,
                 "it has 0 bytes");
    expect_error(read_safetensors("/dev/zero"), ErrorCode::bad_data, "it is not a regular file");
}

}  // namespace
}  // namespace lmser
