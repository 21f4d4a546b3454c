// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/session/command.h"
#include "core/session/snapshot.h"

namespace lmser {

class FrozenNet;
struct Dataset;

/// The commands that choose the start picture.
using EncodeRequest = std::variant<EncodeTestImage, EncodePicture>;

/// Answers what is asked of a frozen network while codes are moved by hand: remembers the start picture and
/// the last code. A refused request (ErrorCode::usage) changes nothing. Lives on the inference thread.
class Explorer {
public:
    /// Turns to another run: start picture and code are forgotten. dataset may be none.
    void open(std::shared_ptr<const FrozenNet> net, std::shared_ptr<const Dataset> dataset);

    /// Other weights of the same network.
    void look_at(std::shared_ptr<const FrozenNet> net);

    /// The code and reconstruction of a picture, which becomes the start.
    Result<Encoded> encode(const EncodeRequest& request);

    /// The picture of a code, which is remembered.
    Result<DecodedPicture> decode(Decode request);

    /// The last code once more, with id 0; nothing where none was decoded yet.
    std::optional<DecodedPicture> decode_again();

    /// Pictures of a code while one unit goes through a range of values.
    Result<SweptPictures> sweep(const Sweep& request);

private:
    struct Start;
    Result<EncodePicture> picture_of(const EncodeTestImage& request) const;
    Result<void> check_picture(const Images& picture) const;
    Result<void> check_code(const std::vector<float>& code, bool shortcuts) const;
    Result<void> check_sweep(const Sweep& request) const;
    Images pictures_of(const std::vector<float>& codes, bool shortcuts, int reflections);

    std::shared_ptr<const FrozenNet> net_;
    std::shared_ptr<const Dataset> dataset_;
    std::shared_ptr<Start> start_;
    std::optional<Decode> last_;
};

/// Most pictures of one sweep.
inline constexpr std::size_t kLongestSweep = 256;

}  // namespace lmser
