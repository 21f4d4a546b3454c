// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/qimage_conversion.h"

#include <gmock/gmock.h>

namespace lmser::ui {
namespace {

using testing::Each;
using testing::ElementsAre;

QImage filled(const QColor& colour) {
    QImage image(3, 2, QImage::Format_ARGB32);
    image.fill(colour);
    return image;
}

TEST(ToImages, AGreyPictureHasOneChannel) {
    const Images images = toImages(filled(QColor::fromRgbF(.4F, .4F, .4F)));
    EXPECT_EQ(images.shape, (ImageShape{1, 2, 3}));
    EXPECT_THAT(images.values, Each(testing::FloatNear(.4F, 1 / 255.0F)));
}

TEST(ToImages, AColouredPictureHasThreeChannelsOneAfterAnother) {
    QImage image(1, 1, QImage::Format_RGB32);
    image.fill(qRgb(255, 0, 51));
    const Images images = toImages(image);
    EXPECT_EQ(images.shape, (ImageShape{3, 1, 1}));
    EXPECT_THAT(images.values, ElementsAre(1, 0, .2F));
}

TEST(ToImages, WhereItIsTransparentItIsBlack) {
    EXPECT_THAT(toImages(filled(QColor::fromRgbF(1, 1, 1, 0))).values, Each(0));
}

TEST(ToImages, NothingBecomesNoPicture) {
    EXPECT_EQ(toImages({}).count(), 0U);
}

TEST(ToImages, IsTheWayBack) {
    Images picture;
    picture.values.assign(picture.shape.pixels(), 0);
    picture.values[30] = 1;
    EXPECT_EQ(toImages(toQImage(picture)), picture);
}

}  // namespace
}  // namespace lmser::ui
