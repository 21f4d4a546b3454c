// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSize>
#include <QString>

#include "core/base/result.h"

class QCustomPlot;

namespace lmser::ui {

/// The plot as the bytes of a picture file, with legend. format: png (at twice the size), svg or pdf.
/// ErrorCode::usage for another format.
Result<QByteArray> pictureOf(QCustomPlot& plot, const QString& format, const QSize& size);

}  // namespace lmser::ui
