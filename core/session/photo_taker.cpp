// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/photo_taker.h"

#include <utility>

#include "core/base/fit_picture.h"
#include "core/files/picture_file.h"
#include "core/files/picture_limits.h"
#include "core/session/code_checks.h"
#include "core/session/picture_checks.h"
#include "core/tasks/frozen_net.h"

namespace lmser {

Result<TakenPicture> PhotoTaker::take(const TakePhoto& asked, const Explored& explored) {
    if (auto checked = check_any_picture(asked.photo); !checked) {
        return checked.error();
    }
    return taken(asked.id, asked.photo, "pasted", explored);
}

Result<TakenPicture> PhotoTaker::take(const TakePhotoFile& asked, const Explored& explored) {
    auto picture = read_picture(asked.file);
    if (!picture) {
        return picture.error();
    }
    return taken(asked.id, std::move(picture->image), asked.file.filename().string(), explored);
}

Result<TakenPicture> PhotoTaker::take(const AlignPhoto& asked, const Explored& explored) {
    if (!explored.net) {
        return no_network();
    }
    if (!photo_) {
        return refused("there is no photo to align", "Drop, paste or open one first.");
    }
    if (!usable(asked.points, photo_->shape)) {
        return refused("no face has its eyes and mouth at those points",
                       "Drag the three handles apart, onto the photo.");
    }
    points_ = asked.points;
    return fitted(asked.id, explored);
}

Result<TakenPicture> PhotoTaker::taken(std::uint64_t id, Images photo, std::string origin,
                                       const Explored& explored) {
    if (!explored.net) {
        return no_network();
    }
    photo_ = std::make_shared<const Images>(shrunk(std::move(photo), kKeptPicturePixels));
    points_ = guessed_points(photo_->shape);
    origin_ = std::move(origin);
    return fitted(id, explored);
}

TakenPicture PhotoTaker::fitted(std::uint64_t id, const Explored& explored) const {
    TakenPicture answer;
    answer.id = id;
    answer.run = explored.run;
    answer.origin = origin_;
    answer.points = points_;
    const ImageShape& frame = explored.net->spec().input;
    if (frame.channels == 1) {
        FittedPicture fitted = fit_picture(*photo_, frame, PictureFit::automatic, explored.digits);
        answer.picture = std::move(fitted.picture);
        answer.note = std::move(fitted.note);
    } else {
        answer.picture = aligned(*photo_, points_, frame);
        answer.photo = photo_;
    }
    return answer;
}

}  // namespace lmser
