// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <cstddef>

#include "core/base/image.h"

namespace lmser::ui {

/// Picture i of `images` as it is shown: values clipped to [0,1], rounded to a byte; one channel as
/// Format_Grayscale8, three as Format_RGB888. A null image where there is no picture i, or where the
/// pictures have another number of channels.
QImage toQImage(const Images& images, std::size_t i = 0);

/// A picture of any format as values in [0,1]: one channel where every pixel is grey, else three. Where it is
/// transparent, black shows through. No picture where `image` is null.
Images toImages(const QImage& image);

}  // namespace lmser::ui
