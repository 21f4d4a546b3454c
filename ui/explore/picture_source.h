// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

#include "core/base/image.h"

class QMimeData;

namespace lmser::ui {

/// What was dropped or pasted to start from: a file, or pixels; neither where it is something else.
struct PictureSource {
    enum class Kind { none, code, picture, pixels };
    Kind kind = Kind::none;
    QString file;  ///< of a code or picture
    QImage image;  ///< the pixels
};

/// One local .png, .jpg or .jpeg file, one code file (.json), or an image. A file goes before its pixels, for it may
/// carry its code.
PictureSource pictureSource(const QMimeData* data);

/// The pixels as a picture to fit, at most 1,024 a side. Where they are transparent, dark ink lies on white and all
/// else on black.
Images pictureOf(const QImage& image);

}  // namespace lmser::ui
