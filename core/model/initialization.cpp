// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/initialization.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <tuple>

#include <torch/autograd.h>

#include "core/base/random.h"

namespace lmser {

namespace {

/// A matrix whose entries are drawn row by row.
template <class Draw>
torch::Tensor drawn_matrix(std::int64_t rows, std::int64_t columns, const Draw& draw) {
    const torch::Tensor matrix = torch::empty({rows, columns}, torch::kFloat64);
    double* values = matrix.data_ptr<double>();
    std::generate(values, values + matrix.numel(), draw);
    return matrix;
}

/// Orthonormal rows (or columns, whichever are fewer): the Q of a normal matrix, with the signs that make R's
/// diagonal positive, without which Q would not be uniformly distributed.
torch::Tensor orthogonal_matrix(std::int64_t rows, std::int64_t columns, Random& random) {
    const torch::Tensor tall = drawn_matrix(std::max(rows, columns), std::min(rows, columns),
                                            [&random] { return random.normal(); });
    const auto [q, r] = torch::linalg_qr(tall);
    const torch::Tensor signs = torch::where(r.diagonal() < 0, -1.0, 1.0).to(torch::kFloat64);
    const torch::Tensor signed_q = q * signs;
    return rows < columns ? signed_q.t().contiguous() : signed_q.contiguous();
}

/// The bound of the uniform distribution of a weight with these fans.
double uniform_bound(Initialization kind, std::int64_t out, std::int64_t in) {
    const auto fan_in = static_cast<double>(in);
    switch (kind) {
        case Initialization::xavier:
            return std::sqrt(6 / (fan_in + static_cast<double>(out)));
        case Initialization::kaiming:
            return std::sqrt(6 / fan_in);
        case Initialization::torch_default:
            return std::sqrt(1 / fan_in);
        case Initialization::orthogonal:
        case Initialization::pca_pyramid:
            break;
    }
    throw std::invalid_argument("this initialisation is not uniform");
}

/// Before the first step the styles of every class are what they shall become: standard normal.
void initialize_styles(const Parameters& parameters, std::uint64_t seed) {
    parameters.view("style.variance").fill_(1);
    const torch::Tensor& recent = parameters.view("style.recent");
    Random random(seed, RandomPurpose::styles, 0);
    recent.copy_(drawn_matrix(recent.numel(), 1, [&random] {
                     return random.normal();
                 }).view(recent.sizes()));
}

}  // namespace

torch::Tensor initial_weight(Initialization kind, const ParameterShape& shape, std::uint64_t seed,
                             std::uint64_t tensor_index) {
    Random random(seed, RandomPurpose::weights, tensor_index);
    const std::int64_t rows = shape.sizes[0];
    const std::int64_t columns = shape.count() / rows;
    if (kind == Initialization::orthogonal) {
        return orthogonal_matrix(rows, columns, random);
    }
    if (kind == Initialization::pca_pyramid) {  // the noise under the components
        constexpr double kNoise = .02;
        const double deviation = kNoise * std::sqrt(2 / static_cast<double>(shape.fan_in));
        return drawn_matrix(rows, columns, [&] { return deviation * random.normal(); });
    }
    const double bound = uniform_bound(kind, shape.fan_out, shape.fan_in);
    return drawn_matrix(rows, columns, [&] { return random.uniform(-bound, bound); });
}

void initialize(Parameters& parameters, Initialization kind, std::uint64_t seed) {
    const torch::NoGradGuard no_grad;
    std::uint64_t tensor_index = 0;
    for (std::size_t i = 0; i < parameters.views().size(); ++i) {
        const torch::Tensor& view = parameters.views()[i];
        const ParameterShape& shape = parameters.shapes()[i];
        if (shape.fan_in > 0) {
            view.copy_(initial_weight(kind, shape, seed, tensor_index++).view(view.sizes()));
        } else {
            view.zero_();
        }
    }
    if (parameters.has("style.mean")) {
        initialize_styles(parameters, seed);
    }
}

}  // namespace lmser
