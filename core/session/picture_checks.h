// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/image.h"
#include "core/base/mask.h"
#include "core/base/result.h"
#include "core/session/command.h"
#include "core/spec/recall_options.h"

namespace lmser {

/// What pictures and masks are checked for before the network sees them. All are ErrorCode::usage.

/// One picture with values in [0,1], of a size that a file could have.
Result<void> check_any_picture(const Images& picture);

/// One picture of that shape with values in [0,1].
Result<void> check_picture(const Images& picture, const ImageShape& shape);

/// A mask of pictures of that shape.
Result<void> check_mask(const Mask& mask, const ImageShape& shape);

/// As many rounds as a recall may have.
Result<void> check_rounds(const RecallOptions& options);

/// What every request about a picture with a hole is checked for.
template <class Request>
Result<void> check_hidden(const Request& request, const ImageShape& shape) {
    if (auto checked = check_picture(request.picture, shape); !checked) {
        return checked;
    }
    if (auto checked = check_mask(request.hidden, shape); !checked) {
        return checked;
    }
    return check_rounds(request.options);
}

}  // namespace lmser
