// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/contact_sheet.h"

#include <QBuffer>
#include <QPainter>
#include <algorithm>
#include <string_view>

#include "core/files/atomic_save.h"
#include "ui/widgets/tokens.h"

namespace lmser::ui {

QImage contactSheet(const std::vector<QImage>& pictures, std::size_t columns, int scale) {
    if (pictures.empty() || columns == 0) {
        return {};
    }
    const int wide = static_cast<int>(std::min(columns, pictures.size()));
    const int rows = (static_cast<int>(pictures.size()) + wide - 1) / wide;
    const QSize step = (pictures.front().size() + QSize(1, 1)) * scale;
    QImage sheet(step.width() * wide - scale, step.height() * rows - scale, QImage::Format_RGB32);
    sheet.fill(kWhitePixels);
    QPainter painter(&sheet);
    for (int i = 0; i < static_cast<int>(pictures.size()); ++i) {
        const QImage& picture = pictures[static_cast<std::size_t>(i)];
        const QPoint corner(i % wide * step.width(), i / wide * step.height());
        painter.drawImage(QRect(corner, picture.size() * scale), picture);
    }
    painter.end();
    return sheet;
}

Result<void> writePng(const QString& path, const QImage& image) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG")) {
        return Error{ErrorCode::out_of_memory,
                     "cannot encode a picture of " + std::to_string(image.width()) + " x " +
                         std::to_string(image.height()) + " pixels",
                     "Close other programs and try again"};
    }
    return atomic_save(path.toStdString(),
                       std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

}  // namespace lmser::ui
