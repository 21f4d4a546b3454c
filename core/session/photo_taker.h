// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/session/command.h"
#include "core/session/explored.h"
#include "core/session/snapshot.h"

namespace lmser {

/// Makes pictures that fit the explored network of photos, and keeps the newest photo, so that it can be aligned
/// anew. Networks of colour pictures take an aligned cut-out, others the whole as FitPicture does. Every refusal
/// changes nothing. For the files thread.
class PhotoTaker {
public:
    Result<TakenPicture> take(const TakePhoto& asked, const Explored& explored);
    Result<TakenPicture> take(const TakePhotoFile& asked, const Explored& explored);
    /// usage where there is no photo, or no face could have such points.
    Result<TakenPicture> take(const AlignPhoto& asked, const Explored& explored);

private:
    /// A new photo, its points guessed.
    Result<TakenPicture> taken(std::uint64_t id, Images photo, std::string origin,
                               const Explored& explored);
    [[nodiscard]] TakenPicture fitted(std::uint64_t id, const Explored& explored) const;

    std::shared_ptr<const Images> photo_;
    FacePoints points_;  ///< of the last alignment
    std::string origin_;
};

}  // namespace lmser
