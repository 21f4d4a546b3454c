// SPDX-License-Identifier: GPL-3.0-or-later
// That the canvas hides and tints exactly the pixels that core says.
#include <QProcess>

#include "tests/ui/support/mask_canvas_fixture.h"

namespace lmser::ui {
namespace {

/// These run in a process of their own at every device pixel ratio.
using MaskCanvasPixels = MaskCanvasFixture;

TEST_F(MaskCanvasPixels, HidesWhatCoresBrushHidesAtThePlacesUnderThePointer) {
    for (const double zoom : {0.0, 1.0, 3.3, 12.5, 32.0}) {
        if (zoom > 0) {
            canvas.setZoom(zoom);
        }
        for (const int size : {1, 2, 7, 16}) {
            canvas.editor()->reset(nothing_hidden(30, 40));
            canvas.setBrushSize(size);
            const QPointF path[] = {{187.3, 130.8}, {203.9, 161.2}, {221.1, 149.4}};
            Mask wanted = nothing_hidden(30, 40);
            PicturePoint last = under(path[0]);
            for (const QPointF& at : path) {
                paint(wanted, last, under(at), size, MaskChange::hide);
                last = under(at);
            }
            press(path[0]);
            move(path[1]);
            move(path[2]);
            release(path[2]);
            ASSERT_EQ(canvas.mask(), wanted) << "brush " << size << ", zoom " << zoom;
            ASSERT_GT(hidden(), 0U);
        }
    }
}

/// Which pixel of the picture the centre of a device pixel lies in; -1 beyond it, or so near an edge that rounding
/// decides.
int pixelUnder(const QPointF& device, const QRectF& place, int width, int height) {
    const double x = (device.x() - place.x()) * width / place.width();
    const double y = (device.y() - place.y()) * height / place.height();
    constexpr double kEdge = 1e-6;
    const bool edge = std::abs(x - std::round(x)) < kEdge || std::abs(y - std::round(y)) < kEdge;
    const bool beyond = x < 0 || y < 0 || x >= width || y >= height;
    return edge || beyond ? -1 : static_cast<int>(y) * width + static_cast<int>(x);
}

TEST_F(MaskCanvasPixels, TheTintCoversExactlyTheHiddenPixels) {
    canvas.clearFocus();
    for (const double zoom : {0.0, 1.0, 2.7, 11.0, 32.0}) {
        if (zoom > 0) {
            canvas.setZoom(zoom);
        }
        canvas.editor()->applyRandomStrokes(false);
        canvas.setShowsOriginal(true);
        const QImage bare = canvas.grab().toImage();
        canvas.setShowsOriginal(false);
        const QImage shown = canvas.grab().toImage();
        const double ratio = bare.devicePixelRatio();
        int looked = 0;
        for (int j = 0; j < bare.height(); ++j) {
            for (int i = 0; i < bare.width(); ++i) {
                const int pixel = pixelUnder(QPointF(i + .5, j + .5) / ratio, canvas.pictureRect(),
                                             canvas.mask().width, canvas.mask().height);
                if (pixel >= 0) {
                    const bool is = shown.pixel(i, j) != bare.pixel(i, j);
                    ASSERT_EQ(is, canvas.mask().hidden[static_cast<std::size_t>(pixel)] != 0)
                        << i << ", " << j << " at zoom " << zoom;
                    ++looked;
                }
            }
        }
        EXPECT_GT(looked, 500);
    }
}

TEST_F(MaskCanvasPixels, EveryPixelOfThePictureIsAPlainSquare) {
    canvas.clearFocus();
    const Images picture = drawnPicture(30, 40);
    for (const double zoom : {0.0, 5.9, 32.0}) {
        if (zoom > 0) {
            canvas.setZoom(zoom);
        }
        const QImage shown = canvas.grab().toImage();
        for (int j = 0; j < shown.height(); ++j) {
            for (int i = 0; i < shown.width(); ++i) {
                const int pixel =
                    pixelUnder(QPointF(i + .5, j + .5) / shown.devicePixelRatio(),
                               canvas.pictureRect(), canvas.mask().width, canvas.mask().height);
                if (pixel >= 0) {
                    ASSERT_EQ(qRed(shown.pixel(i, j)),
                              std::lround(picture.values[static_cast<std::size_t>(pixel)] * 255));
                }
            }
        }
    }
}

TEST_F(MaskCanvasPixels, APartThatIsPaintedAnewFitsTheRest) {
    canvas.clearFocus();
    canvas.setZoom(13.7);
    canvas.editor()->invert();
    const QImage whole = canvas.grab().toImage();
    QImage patched = whole.copy();
    patched.setDevicePixelRatio(whole.devicePixelRatio());
    const QRect part(53, 71, 90, 60);
    canvas.render(&patched, part.topLeft(), part);
    EXPECT_EQ(patched, whole) << "the hatch and the squares go on";
}

TEST_F(MaskCanvasPixels, TheyAreExactWhereTheCanvasBeginsWithinADevicePixel) {
    QWidget window;
    auto* inner = new MaskCanvas(&window);
    inner->setPicture(drawnPicture(30, 40));
    const QPoint corner(13, 7);
    inner->setGeometry(QRect(corner, QSize(211, 173)));
    window.resize(260, 200);
    inner->editor()->applyRandomStrokes(false);
    inner->setShowsOriginal(true);
    const QImage bare = window.grab().toImage();
    inner->setShowsOriginal(false);
    const QImage shown = window.grab().toImage();
    int looked = 0;
    for (int j = 0; j < bare.height(); ++j) {
        for (int i = 0; i < bare.width(); ++i) {
            const QPointF at = QPointF(i + .5, j + .5) / bare.devicePixelRatio() - corner;
            const int pixel = pixelUnder(at, inner->pictureRect(), 40, 30);
            if (pixel >= 0) {
                const bool is = shown.pixel(i, j) != bare.pixel(i, j);
                ASSERT_EQ(is, inner->mask().hidden[static_cast<std::size_t>(pixel)] != 0)
                    << i << ", " << j;
                ++looked;
            }
        }
    }
    EXPECT_GT(looked, 10'000);
}

TEST(MaskCanvasRatios, PixelsAreExactAtEveryDevicePixelRatio) {
    for (const char* ratio : {"1", "1.25", "1.5", "2"}) {
        QProcess run;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_SCALE_FACTOR"), QLatin1String(ratio));
        run.setProcessEnvironment(environment);
        run.setProcessChannelMode(QProcess::MergedChannels);
        run.start(QCoreApplication::applicationFilePath(),
                  {QStringLiteral("--gtest_filter=MaskCanvasPixels.*")});
        ASSERT_TRUE(run.waitForFinished(60'000));
        EXPECT_EQ(run.exitCode(), 0) << ratio << "\n" << run.readAll().toStdString();
    }
}

}  // namespace
}  // namespace lmser::ui
