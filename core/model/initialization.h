// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/model/parameters.h"
#include "core/spec/training_options.h"

namespace lmser {

/// Gives every weight tensor its first values and every bias zero. Weight tensor j (counted from 0 in the order
/// of parameters.shapes()) is drawn from Random(seed, RandomPurpose::weights, j), row by row, so that the same
/// seed gives the same bytes; see the table in core/DESIGN.md.
void initialize(Parameters& parameters, Initialization kind, std::uint64_t seed);

/// One weight as a matrix [out, in], float64 on the CPU; of a convolution [C_i, C_{i-1}·k²].
torch::Tensor initial_weight(Initialization kind, const ParameterShape& shape, std::uint64_t seed,
                             std::uint64_t tensor_index);

}  // namespace lmser
