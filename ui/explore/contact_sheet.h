// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <cstddef>
#include <vector>

#include "core/base/result.h"

namespace lmser::ui {

/// Pictures of one size in rows of `columns`, every pixel `scale` times enlarged, as far apart as one pixel of
/// theirs. A null image where there are none.
QImage contactSheet(const std::vector<QImage>& pictures, std::size_t columns, int scale);

/// Writes a PNG through atomic_save, whose errors it gives back.
Result<void> writePng(const QString& path, const QImage& image);

}  // namespace lmser::ui
