// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "core/base/random.h"
#include "core/checkpoint/run.h"

namespace lmser::testing {

/// Twenty pictures of 16x16 pixels in colour, random but smooth: no faces, but a network takes them for such.
inline std::shared_ptr<const Dataset> tiny_faces() {
    Dataset faces;
    faces.name = "celeba";
    faces.title = "CelebA";
    faces.shape = {3, 16, 16};
    faces.classes = {"face"};
    Random random(5, RandomPurpose::exploration, 0);
    for (LabelledImages* split : {&faces.train, &faces.test}) {
        split->labels.resize(20);
        for (int picture = 0; picture < 20 * 3; ++picture) {
            const double across = random.uniform(-6, 6);
            const double down = random.uniform(-6, 6);
            for (int i = 0; i < 16 * 16; ++i) {
                const double value = 128 + across * (i % 16 - 8) + down * (i / 16 - 8);
                split->pixels.push_back(static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0)));
            }
        }
    }
    return std::make_shared<const Dataset>(std::move(faces));
}

/// An associative memory [3x16x16, 4x8x8, 5] of them, a few steps old.
inline std::shared_ptr<const FrozenNet> tiny_memory() {
    Experiment experiment;
    experiment.dataset = "celeba";
    experiment.network.input = {3, 16, 16};
    experiment.network.layers = {{4, 4, 2, 1}, {5}};
    experiment.network.wiring.shared_neurons = false;
    experiment.network.activation = Activation::leaky_relu;
    experiment.network.centred = true;
    experiment.network.mask_channel = true;
    experiment.training.random_masks = true;
    experiment.training.batch = 5;
    Run run = std::move(*Run::create(experiment, tiny_faces()));
    for (int i = 0; i < 5; ++i) {
        (void)run.step();
    }
    return run.frozen();
}

}  // namespace lmser::testing
