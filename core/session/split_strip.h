// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/image.h"
#include "core/session/pace.h"

namespace lmser {

class FrozenNet;

/// The strip of test pictures as one network sees them, made in parts: ten faces take long enough to be felt by who
/// paints meanwhile. Lives on the inference thread.
class SplitStrip {
public:
    /// Begins anew. hidden: a mask each of pictures whose holes are to be recalled; empty: they are reconstructed.
    void begin(std::shared_ptr<const FrozenNet> net, std::shared_ptr<const Images> pictures,
               std::shared_ptr<const std::vector<std::uint8_t>> hidden);
    void cancel() { net_.reset(); }
    [[nodiscard]] bool active() const { return net_ != nullptr; }

    struct Strip {
        std::shared_ptr<const FrozenNet> net;
        Images pictures;
        Pace::Clock::duration spent{};  ///< on all parts
    };
    /// Does one part; the strip after the last one.
    std::optional<Strip> part();

private:
    [[nodiscard]] Images seen(std::size_t first, std::size_t count) const;

    std::shared_ptr<const FrozenNet> net_;
    std::shared_ptr<const Images> pictures_;
    std::shared_ptr<const std::vector<std::uint8_t>> hidden_;
    Images made_;
    Pace::Clock::duration spent_{};
    Pace pace_ = asked_pace();
};

}  // namespace lmser
