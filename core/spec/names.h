// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/spec/network_spec.h"
#include "core/spec/training_options.h"

namespace lmser {

/// An enumerator and the word for it in files, options and the window.
template <class Enum>
struct Named {
    Enum value;
    std::string_view name;
};

/// Every enumerator with its name, in the order in which the window lists them.
template <class Enum>
std::span<const Named<Enum>> names();

template <>
std::span<const Named<Activation>> names();  // relu leaky-relu sigmoid tanh
template <>
std::span<const Named<Fusion>> names();  // sum average
template <>
std::span<const Named<ReconstructionLoss>> names();  // mean-square half-sum absolute hinge
template <>
std::span<const Named<LabelLoss>> names();  // cross-entropy mean-square
template <>
std::span<const Named<Initialization>> names();  // orthogonal xavier kaiming torch pca-pyramid
template <>
std::span<const Named<Schedule>> names();  // exponential cosine

/// The word for a value.
template <class Enum>
std::string_view name_of(Enum value) {
    for (const auto& entry : names<Enum>()) {
        if (entry.value == value) {
            return entry.name;
        }
    }
    return {};
}

/// The value with that name, or nothing.
template <class Enum>
std::optional<Enum> from_name(std::string_view name) {
    for (const auto& entry : names<Enum>()) {
        if (entry.name == name) {
            return entry.value;
        }
    }
    return std::nullopt;
}

}  // namespace lmser
