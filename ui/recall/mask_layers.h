// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPointF>
#include <QRect>

#include "core/base/mask.h"
#include "ui/widgets/tokens.h"

namespace lmser::ui {

class CanvasView;

/// The device that is painted on: which of its pixels, how many a logical one, and where the widget's corner lies.
struct DeviceArea {
    QRect pixels;
    qreal ratio = 1;
    QPointF corner;
};

/// A picture with a hatched tint in the accent over what is hidden, pixel by pixel of the screen: each shows the
/// pixel of the picture that its centre lies in, at every zoom and device pixel ratio.
class MaskLayers {
public:
    /// The picture; tinted once, so that painting only copies.
    void setPicture(const QImage& picture, const Tokens& tokens);
    void setTokens(const Tokens& tokens);
    [[nodiscard]] bool isEmpty() const { return picture_.isNull(); }

    /// What is seen in `area.pixels` (which get smaller by what lies beyond the picture), without the tint where
    /// `mask` is null. The mask has the picture's size.
    [[nodiscard]] QImage seen(const Mask* mask, const CanvasView& view, DeviceArea& area) const;

private:
    QImage picture_;
    QImage tinted_;
    QImage hatched_;
};

}  // namespace lmser::ui
