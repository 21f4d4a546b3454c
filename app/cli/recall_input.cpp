// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/recall_input.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>
#include <utility>

#include "app/cli/command_line.h"
#include "core/base/face_alignment.h"
#include "core/base/fit_picture.h"
#include "core/base/mask.h"
#include "core/base/text.h"
#include "core/files/image_file.h"
#include "core/files/mask_file.h"
#include "core/files/picture_file.h"

namespace lmser::cli {
namespace {

std::string size_of(const ImageShape& shape) {
    return std::to_string(shape.width) + "x" + std::to_string(shape.height);
}

Error wrong_align(const std::string& text, const std::string& reason) {
    return {ErrorCode::usage, "--align does not take " + in_quotes(text) + ": " + reason,
            "Give x,y of the left eye, the right eye and the mouth in pixels of the photo."};
}

Result<FacePoints> points_from(const std::string& text) {
    std::array<double, 6> numbers{};
    const char* at = text.data();
    const char* end = at + text.size();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i > 0 && (at == end || *at++ != ',')) {
            return wrong_align(text, "it has not six numbers");
        }
        const auto [next, failure] = std::from_chars(at, end, numbers[i]);
        if (failure != std::errc()) {
            return wrong_align(text, "it has not six numbers");
        }
        at = next;
    }
    if (at != end) {
        return wrong_align(text, "it has more than six numbers");
    }
    return FacePoints{{numbers[0], numbers[1]}, {numbers[2], numbers[3]}, {numbers[4], numbers[5]}};
}

Result<Images> aligned_photo(const Images& photo, const RecallFiles& files,
                             const ImageShape& shape) {
    FacePoints points = guessed_points(photo.shape);
    if (!files.align.empty()) {
        auto given = points_from(files.align);
        if (!given) {
            return given.error();
        }
        points = *given;
        if (!usable(points, photo.shape)) {
            return wrong_align(files.align, "no face has its eyes and mouth there");
        }
    } else if (photo.shape.width != shape.width || photo.shape.height != shape.height) {
        warn("the photo is " + size_of(photo.shape) + " pixels: the square in its middle becomes " +
             size_of(shape) + "; the alignment is yours, see --align");
    }
    return aligned(photo, points, shape);
}

/// One photo of any size.
Result<Images> read_photo(const RecallFiles& files, const ImageShape& shape, bool digits) {
    auto picture = read_picture(files.images);
    if (!picture) {
        return picture.error();
    }
    if (shape.channels > 1) {
        return aligned_photo(picture->image, files, shape);
    }
    if (!files.align.empty()) {
        return wrong_align(files.align, "the network takes grey pictures, which are not aligned");
    }
    FittedPicture fitted = fit_picture(picture->image, shape, PictureFit::automatic, digits);
    if (!fitted.note.empty()) {
        warn("the picture was made to fit: " + fitted.note);
    }
    return std::move(fitted.picture);
}

Result<Images> read_pictures(const RecallFiles& files, const ImageShape& shape, bool digits) {
    const auto held = holds_images(files.images, shape);
    if (!held) {
        return held.error();
    }
    if (*held == HeldImages::array && !files.align.empty()) {
        return wrong_align(files.align, "a .npy holds pictures that are aligned already");
    }
    if (*held == HeldImages::none || !files.align.empty()) {
        return read_photo(files, shape, digits);
    }
    auto pictures = read_images(files.images, shape);
    if (pictures && *held == HeldImages::sheet && pictures->count() > 1) {
        warn(in_quotes(files.images) + " is taken for a sheet of " +
             std::to_string(pictures->count()) +
             " pictures; name eyes and mouth with --align where it is one photo");
    }
    return pictures;
}

Result<void> check_masks(const std::vector<Mask>& masks, std::size_t pictures) {
    if (masks.size() != 1 && masks.size() != pictures) {
        return Error{ErrorCode::usage,
                     "there are " + std::to_string(masks.size()) + " masks for " +
                         std::to_string(pictures) + " pictures",
                     "Give one mask for all of them, or one for each."};
    }
    for (std::size_t i = 0; i < masks.size(); ++i) {
        const std::size_t hidden = hidden_count(masks[i]);
        if (hidden == 0) {
            return Error{
                ErrorCode::usage,
                "mask " + std::to_string(i) + " hides nothing, so that there is nothing to recall",
                "Paint white what is to be recalled."};
        }
        if (hidden == masks[i].hidden.size()) {
            warn("mask " + std::to_string(i) +
                 " hides everything: what comes back is imagined, not recalled");
        }
    }
    return {};
}

}  // namespace

Result<RecallInput> read_recall_input(const RecallFiles& files, const ImageShape& shape,
                                      bool digits) {
    auto pictures = read_pictures(files, shape, digits);
    if (!pictures) {
        return pictures.error();
    }
    const auto masks = read_masks(files.masks, shape.height, shape.width, pictures->count());
    if (!masks) {
        return masks.error();
    }
    if (auto checked = check_masks(*masks, pictures->count()); !checked) {
        return checked.error();
    }
    RecallInput input{std::move(*pictures), {}};
    for (std::size_t i = 0; i < input.pictures.count(); ++i) {
        const auto& hidden = (*masks)[masks->size() == 1 ? 0 : i].hidden;
        input.hidden.insert(input.hidden.end(), hidden.begin(), hidden.end());
    }
    return input;
}

}  // namespace lmser::cli
