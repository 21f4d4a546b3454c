// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/session/requests.h"
#include "core/session/snapshot.h"
#include "core/session/split_sheet.h"

namespace lmser {

/// Answers what is asked of a frozen network while codes are moved by hand: remembers the start picture and
/// the last code. A refused request (ErrorCode::usage) changes nothing. Lives on the inference thread.
class Explorer {
public:
    /// Turns to another run: start picture and code are forgotten. dataset may be none.
    void open(std::shared_ptr<const FrozenNet> net, std::shared_ptr<const Dataset> dataset);

    /// The dataset of the run that was opened without.
    void supply(std::shared_ptr<const Dataset> dataset);

    /// Other weights of the same network.
    void look_at(std::shared_ptr<const FrozenNet> net);

    /// The code and reconstruction of a picture, which becomes the start.
    Result<Encoded> encode(EncodeRequest request);

    /// The start picture; may be none.
    [[nodiscard]] std::shared_ptr<const Images> start() const;

    /// The picture of a code, which is remembered.
    Result<DecodedPicture> decode(Decode request);

    /// The last code once more, with id 0; nothing where none was decoded yet.
    std::optional<DecodedPicture> decode_again();

    /// Codes of one unit going through a range of values, to be decoded.
    [[nodiscard]] Result<SheetJob> prepare(const Sweep& request) const;
    /// A sheet, to be decoded.
    [[nodiscard]] Result<SheetJob> prepare(DecodeSheet request) const;
    /// Begins to decode what was prepared with the present weights and start picture.
    SplitSheet begin(SheetJob job);

private:
    struct Start;
    template <class Request>
    Result<void> check_decoding(const Request& request) const;
    Result<void> check_sweep(const Sweep& request) const;
    /// Decodes with the network and, where wanted and there is one, the start picture of this moment.
    SplitSheet::Decoder decoder(bool shortcuts, int reflections);

    std::shared_ptr<const FrozenNet> net_;
    std::shared_ptr<const Dataset> dataset_;
    std::shared_ptr<Start> start_;
    std::optional<Decode> last_;
};

/// Most pictures of one sweep.
inline constexpr std::size_t kLongestSweep = 256;
/// Most pictures of one sheet.
inline constexpr std::size_t kLargestSheet = 400;

}  // namespace lmser
