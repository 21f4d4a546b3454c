// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace lmser {
namespace {

const Error kMissing{ErrorCode::not_found, "cannot read 'x': it is not there", "Look elsewhere."};

TEST(Result, HoldsAValueOrTheReasonWhyThereIsNone) {
    const Result<int> value = 7;
    ASSERT_TRUE(value);
    EXPECT_EQ(*value, 7);
    EXPECT_THROW((void)value.error(), std::bad_variant_access);

    const Result<int> none = kMissing;
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::not_found);
    EXPECT_THROW((void)none.value(), std::bad_variant_access);
}

TEST(Result, HandsOverWhatCannotBeCopied) {
    Result<std::unique_ptr<int>> held = std::make_unique<int>(3);
    const std::unique_ptr<int> taken = *std::move(held);
    EXPECT_EQ(*taken, 3);
}

TEST(Result, OfNothingIsSuccessUnlessThereIsAReason) {
    EXPECT_TRUE(Result<void>());
    EXPECT_FALSE(Result<void>(kMissing));
}

TEST(Error, IsOneSentenceAndWhatToDo) {
    EXPECT_EQ(sentence(kMissing), "cannot read 'x': it is not there. Look elsewhere.");
    EXPECT_EQ(sentence({ErrorCode::io, "the disk is full", ""}), "the disk is full.");
}

}  // namespace
}  // namespace lmser
