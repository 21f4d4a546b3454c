// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/base/image.h"
#include "core/base/mask.h"
#include "core/spec/recall_options.h"

namespace lmser {

class FrozenNet;

/// recall() of one picture, a round at a time, so that whoever draws meanwhile waits for one round at most. What it
/// gives is what recall() gives.
class RecallRounds {
public:
    /// Picture and mask must fit the network, options.rounds >= 1.
    RecallRounds(std::shared_ptr<const FrozenNet> net, Images picture, Mask hidden,
                 RecallOptions options);

    /// Whether a round is left to do.
    [[nodiscard]] bool more() const;
    /// Does one.
    void next();

    /// As the fields of Recalled; of the rounds that are done.
    struct Done {
        Images recalled;
        Images composed;
        std::vector<Images> trail;
        std::vector<double> change;
    };
    [[nodiscard]] const Done& recalled() const { return recalled_; }
    [[nodiscard]] const Images& picture() const { return picture_; }
    [[nodiscard]] const Mask& hidden() const { return hidden_; }

private:
    std::shared_ptr<const FrozenNet> net_;
    Images picture_;
    Mask hidden_;
    RecallOptions options_;
    Done recalled_;
};

}  // namespace lmser
