// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/picture_source.h"

#include <QFileInfo>
#include <QMimeData>
#include <QPainter>
#include <QUrl>

#include "ui/bridge/qimage_conversion.h"
#include "ui/widgets/tokens.h"

namespace lmser::ui {
namespace {

constexpr int kLargestSide = 1024;  // a network sees a few dozen; more would only take memory
constexpr int kMiddleGrey = 128;
constexpr int kSampleSide = 64;  // enough to tell dark ink from light

/// Whether what is visible of a picture is dark.
bool isDark(const QImage& image) {
    const QImage sample =
        image.scaled(kSampleSide, kSampleSide, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
            .convertToFormat(QImage::Format_ARGB32);
    qint64 light = 0;
    qint64 weight = 0;
    for (int y = 0; y < sample.height(); ++y) {
        for (int x = 0; x < sample.width(); ++x) {
            const QRgb pixel = sample.pixel(x, y);
            light += qint64{qGray(pixel)} * qAlpha(pixel);
            weight += qAlpha(pixel);
        }
    }
    return light < weight * kMiddleGrey;
}

}  // namespace

PictureSource pictureSource(const QMimeData* data) {
    const QList<QUrl> urls = data->urls();
    if (urls.size() == 1 && urls.constFirst().isLocalFile()) {
        const QString file = urls.constFirst().toLocalFile();
        const QString suffix = QFileInfo(file).suffix().toLower();
        const bool isRun = QFileInfo(file).fileName() == QLatin1String("experiment.json");
        if (suffix == QLatin1String("json") && !isRun) {
            return {PictureSource::Kind::code, file, {}};
        }
        for (const char* known : {"png", "jpg", "jpeg"}) {
            if (suffix == QLatin1String(known)) {
                return {PictureSource::Kind::picture, file, {}};
            }
        }
    }
    if (data->hasImage()) {
        const auto image = qvariant_cast<QImage>(data->imageData());
        if (!image.isNull()) {
            return {PictureSource::Kind::pixels, {}, image};
        }
    }
    return {};
}

Images pictureOf(const QImage& image) {
    QImage small = image;
    if (std::max(image.width(), image.height()) > kLargestSide) {
        small =
            image.scaled(kLargestSide, kLargestSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    }
    if (!small.hasAlphaChannel()) {
        return toImages(small);
    }
    QImage opaque(small.size(), QImage::Format_RGB32);
    opaque.fill(isDark(small) ? kWhitePixels : kBlackPixels);
    QPainter(&opaque).drawImage(0, 0, small);
    return toImages(opaque);
}

}  // namespace lmser::ui
