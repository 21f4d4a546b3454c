// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/base/result.h"

namespace lmser::testing {

/// A result that failed with that code and with the words in its message.
template <class T>
void expect_error(const Result<T>& result, ErrorCode code, const std::string& words) {
    ASSERT_FALSE(result.ok()) << "succeeded where it should say: " << words;
    EXPECT_EQ(static_cast<int>(result.error().code), static_cast<int>(code))
        << result.error().message;
    EXPECT_THAT(result.error().message, ::testing::HasSubstr(words));
}

/// The value, or a test failure that shows the error.
template <class T>
T value_of(Result<T> result) {
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : sentence(result.error()));
    return std::move(result).value();
}

}  // namespace lmser::testing
