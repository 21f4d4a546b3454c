// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "ui/training/custom_plot.h"
#include "ui/widgets/tokens.h"

namespace lmser::ui {

/// What lies over the points of a map: a ring where the present code stands, a smaller one around the point under
/// the pointer. On a layer of its own that is painted without the points.
class MapMarks : public QCPLayerable {
    Q_OBJECT
public:
    MapMarks(QCustomPlot* plot, const QString& layer);

    /// In the map's coordinates.
    void setPresent(std::optional<QPointF> present) { present_ = present; }
    [[nodiscard]] std::optional<QPointF> present() const { return present_; }
    void setPointed(std::optional<QPointF> pointed) { pointed_ = pointed; }
    void setTokens(const Tokens& tokens) { tokens_ = tokens; }

protected:
    [[nodiscard]] QRect clipRect() const override;
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

private:
    [[nodiscard]] QPointF pixelOf(const QPointF& point) const;
    void drawPresent(QCPPainter& painter) const;

    std::optional<QPointF> present_;
    std::optional<QPointF> pointed_;
    Tokens tokens_;
};

}  // namespace lmser::ui
