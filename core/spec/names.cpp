// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/names.h"

namespace lmser {

namespace {

constexpr Named<Activation> kActivations[] = {
    {Activation::relu, "relu"},
    {Activation::leaky_relu, "leaky-relu"},
    {Activation::sigmoid, "sigmoid"},
    {Activation::tanh, "tanh"},
};

constexpr Named<Fusion> kFusions[] = {
    {Fusion::sum, "sum"},
    {Fusion::average, "average"},
};

constexpr Named<ReconstructionLoss> kReconstructionLosses[] = {
    {ReconstructionLoss::mean_square, "mean-square"},
    {ReconstructionLoss::half_sum, "half-sum"},
    {ReconstructionLoss::absolute, "absolute"},
    {ReconstructionLoss::hinge, "hinge"},
};

constexpr Named<LabelLoss> kLabelLosses[] = {
    {LabelLoss::cross_entropy, "cross-entropy"},
    {LabelLoss::mean_square, "mean-square"},
};

constexpr Named<Initialization> kInitializations[] = {
    {Initialization::orthogonal, "orthogonal"},   {Initialization::xavier, "xavier"},
    {Initialization::kaiming, "kaiming"},         {Initialization::torch_default, "torch"},
    {Initialization::pca_pyramid, "pca-pyramid"},
};

constexpr Named<Schedule> kSchedules[] = {
    {Schedule::exponential, "exponential"},
    {Schedule::cosine, "cosine"},
};

}  // namespace

template <>
std::span<const Named<Activation>> names<Activation>() {
    return kActivations;
}

template <>
std::span<const Named<Fusion>> names<Fusion>() {
    return kFusions;
}

template <>
std::span<const Named<ReconstructionLoss>> names<ReconstructionLoss>() {
    return kReconstructionLosses;
}

template <>
std::span<const Named<LabelLoss>> names<LabelLoss>() {
    return kLabelLosses;
}

template <>
std::span<const Named<Initialization>> names<Initialization>() {
    return kInitializations;
}

template <>
std::span<const Named<Schedule>> names<Schedule>() {
    return kSchedules;
}

}  // namespace lmser
