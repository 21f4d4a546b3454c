// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"

#include <gtest/gtest.h>

#include <limits>

namespace lmser {
namespace {

TEST(Text, QuotesTextAsItIs) {
    EXPECT_EQ(in_quotes("x̂ = ½ Σ"), "'x̂ = ½ Σ'");
}

TEST(Text, EscapesControlCharactersAndBytesThatAreNotUtf8) {
    EXPECT_EQ(in_quotes("a\x1b[31m\n\x7f"), "'a\\x1b[31m\\x0a\\x7f'");
    EXPECT_EQ(in_quotes("\xff\xc0\xaf"), "'\\xff\\xc0\\xaf'");
    EXPECT_EQ(in_quotes("\xed\xa0\x80"), "'\\xed\\xa0\\x80'") << "a surrogate is no character";
    EXPECT_EQ(in_quotes("\xe2\x82"), "'\\xe2\\x82'") << "a character that is cut off";
}

TEST(Text, CutsLongTextBetweenCharacters) {
    EXPECT_EQ(in_quotes("12345", 3), "'123…'");
    EXPECT_EQ(in_quotes("éé", 3), "'é…'");
}

TEST(Text, ShortestNumbersReadBackTheSame) {
    EXPECT_EQ(shortest(.002), "0.002");
    EXPECT_EQ(std::stod(shortest(.1 + .2)), .1 + .2);
    EXPECT_EQ(shortest(std::numeric_limits<double>::quiet_NaN()), "nan");
}

TEST(Text, SizesAreForPeople) {
    EXPECT_EQ(byte_size(999), "999 bytes");
    EXPECT_EQ(byte_size(3'200'000), "3.2 MB");
    EXPECT_EQ(byte_size(999'999), "1.0 MB");
}

}  // namespace
}  // namespace lmser
