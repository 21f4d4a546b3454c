// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/names.h"

#include <gtest/gtest.h>

#include <set>

#include "core/spec/measurements.h"

namespace lmser {
namespace {

template <class Enum>
void expect_names_both_ways() {
    std::set<std::string_view> seen;
    for (const auto& entry : names<Enum>()) {
        EXPECT_TRUE(seen.insert(entry.name).second) << entry.name;
        EXPECT_EQ(name_of(entry.value), entry.name);
        EXPECT_EQ(from_name<Enum>(entry.name), entry.value);
    }
    EXPECT_FALSE(from_name<Enum>("none of these"));
}

TEST(Names, EveryEnumeratorHasOneNameThatLeadsBack) {
    expect_names_both_ways<Activation>();
    expect_names_both_ways<Fusion>();
    expect_names_both_ways<ReconstructionLoss>();
    expect_names_both_ways<LabelLoss>();
    expect_names_both_ways<Initialization>();
}

TEST(Measurements, UnitsThatDoNotMoveAreDead) {
    EXPECT_TRUE(is_dead(5e-4F, 5e-4F)) << "constant in itself";
    EXPECT_TRUE(is_dead(.05F, 6)) << "constant beside the others";
    EXPECT_TRUE(is_dead(std::numeric_limits<float>::quiet_NaN(), 1));
    EXPECT_FALSE(is_dead(.07F, 6));
    EXPECT_EQ(dead_units({2, 0, 1, .01F}), (std::vector<std::size_t>{1, 3}));
    EXPECT_TRUE(dead_units({}).empty());
}

}  // namespace
}  // namespace lmser
