// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/engine_turn.h"

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>

#include "core/tasks/frozen_net.h"

namespace lmser {
namespace {

/// How many of many equal products differ from the first, which nothing disturbed.
int wrong_products(std::int64_t rows, std::int64_t inner, std::int64_t columns) {
    constexpr int kProducts = 6000;
    const torch::Tensor a = torch::linspace(-1, 1, rows * inner).reshape({rows, inner});
    const torch::Tensor b = torch::linspace(2, -1, inner * columns).reshape({inner, columns});
    const torch::Tensor first = in_turn([&] { return a.mm(b); });
    int wrong = 0;
    for (int i = 0; i < kProducts; ++i) {
        const torch::Tensor again = in_turn([&] { return a.mm(b); });
        wrong += again.equal(first) ? 0 : 1;
    }
    return wrong;
}

TEST(EngineTurn, KeepsTheProductsOfTwoThreadsRight) {
    std::atomic<int> wrong = 0;
    {
        const std::jthread one([&] {
            set_engine_threads(1);
            wrong += wrong_products(50, 300, 100);
        });
        const std::jthread other([&] {
            set_engine_threads(1);
            wrong += wrong_products(10, 100, 300);
        });
    }
    EXPECT_EQ(wrong, 0);
}

TEST(EngineTurn, EndsWithTheWorkEvenWhereItThrows) {
    EXPECT_THROW(in_turn([]() -> int { throw std::runtime_error("no"); }), std::runtime_error);
    EXPECT_EQ(in_turn([] { return 3; }), 3);  // else this would wait for ever
}

}  // namespace
}  // namespace lmser
