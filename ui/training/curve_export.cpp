// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/curve_export.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPdfWriter>
#include <QSvgGenerator>

#include "ui/training/custom_plot.h"

namespace lmser::ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("lmser::ui::CurvePlot", text);
}

// Vector formats: the painter must neither cache glyphs as pixels nor snap lines to them.
void paintVectors(QCustomPlot& plot, QPaintDevice& device, const QSize& size) {
    QCPPainter painter;
    if (!painter.begin(&device)) {
        return;
    }
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.setMode(QCPPainter::pmNonCosmetic);
    plot.toPainter(&painter, size.width(), size.height());
}

void writeSvg(QCustomPlot& plot, QBuffer& buffer, const QSize& size) {
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(0, 0), size));
    generator.setTitle(tr("Error per pixel"));
    paintVectors(plot, generator, size);
}

void writePdf(QCustomPlot& plot, QBuffer& buffer, const QSize& size) {
    constexpr int kPixelsPerInch = 96;
    constexpr double kPointsPerPixel = 72.0 / kPixelsPerInch;
    QPdfWriter writer(&buffer);
    writer.setResolution(kPixelsPerInch);
    writer.setPageSize(
        QPageSize(QSizeF(size) * kPointsPerPixel, QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    writer.setTitle(tr("Error per pixel"));
    paintVectors(plot, writer, size);
}

}  // namespace

Result<QByteArray> pictureOf(QCustomPlot& plot, const QString& format, const QSize& size) {
    constexpr double kScale = 2;  // sharp on paper and on dense screens
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (format == QLatin1String("png")) {
        plot.toPixmap(size.width(), size.height(), kScale).toImage().save(&buffer, "PNG");
    } else if (format == QLatin1String("svg")) {
        writeSvg(plot, buffer, size);
    } else if (format == QLatin1String("pdf")) {
        writePdf(plot, buffer, size);
    } else {
        return Error{ErrorCode::usage,
                     tr("cannot export the plot as '%1'").arg(format).toStdString(),
                     tr("Choose a name that ends in .png, .svg, .pdf or .csv.").toStdString()};
    }
    if (bytes.isEmpty()) {
        return Error{ErrorCode::out_of_memory,
                     tr("cannot draw the plot at %1 x %2 pixels")
                         .arg(size.width())
                         .arg(size.height())
                         .toStdString(),
                     tr("Make the window smaller.").toStdString()};
    }
    return bytes;
}

}  // namespace lmser::ui
