// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/style_code.h"

#include <cmath>
#include <numbers>

#include <torch/autograd.h>

namespace lmser {

namespace {

using torch::Tensor;

constexpr double kVarianceFloor = 1e-4;
constexpr double kRunningRate = .02;

}  // namespace

StyleMemory style_memory(const Parameters& parameters) {
    const auto view = [&](const char* name) { return parameters.view(name).detach(); };
    return {view("style.mean"), view("style.variance"), view("style.recent"), view("style.next")};
}

Tensor normalized_style(const Tensor& y, const StyleMemory& memory, bool of_batch) {
    if (!of_batch) {
        return (y - memory.mean) * torch::rsqrt(memory.variance + kVarianceFloor);
    }
    const Tensor centred = y - y.mean(0, true);
    return centred * torch::rsqrt(centred.square().mean(0, true) + kVarianceFloor);
}

Tensor even_style(const Tensor& v) {
    return 2 * torch::erf(v * std::numbers::sqrt2 / 2);
}

Tensor style_error(const Tensor& v, const Tensor& labels, const Tensor& recent,
                   const Tensor& directions) {
    const auto styles = static_cast<double>(v.size(1));
    const auto remembered = static_cast<double>(recent.size(1));
    const Tensor along = v.mm(directions.t());  // [B, D]
    const Tensor others =
        torch::matmul(recent, directions.t()).index_select(0, labels);  // [B, n, D]
    const Tensor rank = others.lt(along.detach().unsqueeze(1)).sum(1).to(v.scalar_type());
    const Tensor quantile =
        std::numbers::sqrt2 * torch::erfinv(2 * (rank + .5) / (remembered + 1) - 1);
    return styles / 2 * (along - quantile).square().mean();
}

void remember_styles(const StyleMemory& memory, const Tensor& y, const Tensor& v,
                     const Tensor& labels) {
    const torch::NoGradGuard no_grad;
    memory.mean.add_(y.mean(0) - memory.mean, kRunningRate);
    memory.variance.add_(y.var(0, false) - memory.variance, kRunningRate);
    const Tensor classes = labels.to(torch::kCPU);
    const Tensor places = memory.next.to(torch::kCPU, torch::kInt64);
    auto* next = places.data_ptr<std::int64_t>();
    for (std::int64_t i = 0; i < v.size(0); ++i) {
        std::int64_t& place = next[classes.data_ptr<std::int64_t>()[i]];
        memory.recent[classes.data_ptr<std::int64_t>()[i]][place].copy_(v[i]);
        place = (place + 1) % memory.recent.size(1);
    }
    memory.next.copy_(places);
}

}  // namespace lmser
