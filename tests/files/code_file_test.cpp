// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/code_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/base/random.h"
#include "tests/support/expect_error.h"
#include "tests/support/temporary_folder.h"

namespace lmser {
namespace {

using namespace lmser::testing;

const KeptCode kGood{"0123abcd", "mnist-gen", {1, -2.5F}, 1};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), by);
}

TEST(CodeFile, ACodeIsShortAndReadableJson) {
    EXPECT_EQ(to_json({"0123abcd", "mnist-gen", {1, -2.5F, .1F}, 1}),
              R"({"format":"lmser-code-1","fingerprint":"0123abcd","model":"mnist-gen",)"
              R"("reflections":1,"code":[1.0,-2.5,0.1]})");
}

TEST(CodeFile, EveryFloatComesBackAsItWas) {
    KeptCode kept = kGood;
    using Limits = std::numeric_limits<float>;
    kept.code = {0, -0.F, Limits::max(), Limits::lowest(), Limits::min(), Limits::denorm_min()};
    Random random(1, RandomPurpose::exploration, 0);
    while (kept.code.size() < 16384) {
        kept.code.push_back(std::ldexp(static_cast<float>(random.normal()),
                                       static_cast<int>(random.below(200)) - 100));
    }
    EXPECT_EQ(value_of(kept_code_from_json(to_json(kept))), kept);
}

TEST(CodeFile, AModelWithAStrangeNameCanBeWritten) {
    const KeptCode strange{"f", "x\xff\n\"", {1}, 0};
    const KeptCode read = value_of(kept_code_from_json(to_json(strange)));
    EXPECT_EQ(read.code, strange.code);
}

TEST(CodeFile, WhatIsWrongIsNamed) {
    const std::string good = to_json(kGood);
    const std::pair<std::string, std::string> all[] = {
        {replaced(good, "lmser-code-1", "lmser-code-2"), "its format is not lmser-code-1"},
        {replaced(good, "\"model\"", "\"modell\""), "'model' is missing"},
        {replaced(good, "{", "{\"x\":1,"), "'x' is unknown"},
        {replaced(good, "\"0123abcd\"", "5"), "'fingerprint' is not a text"},
        {replaced(good, "\"reflections\":1", "\"reflections\":1.5"),
         "'reflections' is not a whole number"},
        {replaced(good, "\"reflections\":1", "\"reflections\":65"),
         "'reflections' is 65, not from 0 to 64"},
        {replaced(good, "\"reflections\":1", "\"reflections\":18446744073709551615"),
         "'reflections' is 18446744073709551615, not from 0 to 64"},
        {replaced(good, "[1.0,-2.5]", "[]"), "it has 0 units, not 1 to 16384"},
        {replaced(good, "[1.0,-2.5]", "7"), "'code' is not a list of numbers"},
        {replaced(good, "-2.5", "null"), "'code' is not a number"},
        {replaced(good, "-2.5", "1e39"), "'code' is 1e+39, which is too large"},
        {replaced(good, "-2.5", "1e999"), "it holds a number that is too large"},
        {replaced(good, "-2.5", "nan"), "it is not valid JSON at byte"},
        {replaced(good, "-2.5", "[1]"), "it nests deeper than 2 levels"},
        {replaced(good, "{", "{\"format\":\"x\","), "the key 'format' is given twice"},
        {good + "x", "it is not valid JSON at byte"},
        {"[]", "it is not an object"},
        {"", "it is not valid JSON at byte 1"},
    };
    for (const auto& [text, words] : all) {
        expect_error(kept_code_from_json(text), ErrorCode::bad_data, words);
    }
}

TEST(CodeFile, ACodeOfMoreUnitsThanAnyNetworkHasIsRefused) {
    KeptCode kept = kGood;
    kept.code.assign(16385, 0);
    expect_error(kept_code_from_json(to_json(kept)), ErrorCode::bad_data,
                 "it has 16385 units, not 1 to 16384");
    expect_error(kept_code_from_json(std::string(1'100'000, ' ')), ErrorCode::bad_data,
                 "it has 1100000 bytes, more than the 1048576 allowed");
}

TEST(CodeFile, IsNamedInWhatIsWrongWithIt) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "my.code.json";
    ASSERT_TRUE(write_code_file(file, kGood));
    EXPECT_EQ(value_of(read_code_file(file)), kGood);
    expect_error(read_code_file(folder.write("bad", "{}")), ErrorCode::bad_data,
                 "bad': the code cannot be used: 'format' is missing");
    expect_error(read_code_file(folder.path() / "none"), ErrorCode::not_found, "no such file");
    expect_error(read_code_file(folder.write("big", std::string(1'100'000, 'x'))),
                 ErrorCode::bad_data, "it has 1.1 MB, more than the 1.0 MB allowed");
    expect_error(write_code_file(folder.path() / "no" / "x", kGood), ErrorCode::not_found,
                 "no such");
}

}  // namespace
}  // namespace lmser
