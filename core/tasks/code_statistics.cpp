// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <tuple>

#include <torch/autograd.h>
#include <torch/types.h>

#include "core/tasks/frozen_net.h"

namespace lmser {

namespace {

constexpr std::int64_t kMostAxes = 16;
/// Beyond it the covariance would take gigabytes.
constexpr std::int64_t kMostUnitsForAxes = 2048;

std::vector<float> floats_of(const torch::Tensor& row) {
    const torch::Tensor values = row.to(torch::kFloat32).contiguous();
    const float* first = values.data_ptr<float>();
    return {first, first + values.numel()};
}

/// An axis points to where its largest component is positive; eigenvectors have no sign of their own.
torch::Tensor signed_axis(const torch::Tensor& axis) {
    const auto largest = axis.abs().argmax().item<std::int64_t>();
    return axis[largest].item<double>() < 0 ? -axis : axis;
}

void add_axes(CodeStatistics& statistics, const torch::Tensor& centred) {
    const std::int64_t units = centred.size(1);
    if (units > kMostUnitsForAxes || centred.size(0) < 2) {
        return;
    }
    const torch::Tensor covariance = centred.t().mm(centred) / static_cast<double>(centred.size(0));
    const auto [variances, axes] = torch::linalg_eigh(covariance);  // ascending
    for (std::int64_t i = 0; i < std::min(units, kMostAxes); ++i) {
        const std::int64_t column = units - 1 - i;
        statistics.axes.push_back(floats_of(signed_axis(axes.select(1, column))));
        statistics.axis_std.push_back(
            static_cast<float>(std::sqrt(std::max(0.0, variances[column].item<double>()))));
    }
}

void add_classes(CodeStatistics& statistics, const torch::Tensor& codes,
                 std::span<const std::uint8_t> labels) {
    const torch::Tensor classes = torch::empty({codes.size(0)}, torch::kInt64);
    std::copy(labels.begin(), labels.end(), classes.data_ptr<std::int64_t>());
    for (std::size_t label = 0; label < statistics.classes.size(); ++label) {
        const torch::Tensor own =
            codes.index_select(0, classes.eq(static_cast<std::int64_t>(label)).nonzero().view(-1));
        const bool any = own.size(0) > 0;
        const torch::Tensor none = torch::zeros({codes.size(1)}, torch::kFloat64);
        statistics.class_mean.push_back(floats_of(any ? own.mean(0) : none));
        statistics.class_std.push_back(floats_of(any ? own.std(0, false) : none));
    }
}

}  // namespace

CodeStatistics code_statistics(std::span<const float> codes, std::span<const std::uint8_t> labels,
                               std::size_t units, const Dataset& dataset) {
    if (codes.size() != labels.size() * units || labels.empty()) {
        throw std::invalid_argument("there must be a label for every code");
    }
    const torch::NoGradGuard no_grad;
    CodeStatistics statistics;
    statistics.dataset = dataset.name;
    statistics.images = static_cast<std::int64_t>(labels.size());
    statistics.classes = dataset.classes;
    statistics.units = statistics_of_codes(codes, units);
    const torch::Tensor rows =
        torch::empty({static_cast<std::int64_t>(labels.size()), static_cast<std::int64_t>(units)},
                     torch::kFloat64);
    std::copy(codes.begin(), codes.end(), rows.data_ptr<double>());
    const torch::Tensor mean = rows.mean(0);
    statistics.mean = floats_of(mean);
    add_axes(statistics, rows - mean);
    add_classes(statistics, rows, labels);
    return statistics;
}

}  // namespace lmser
