// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/point_cloud.h"

#include <algorithm>
#include <cmath>

#include "ui/explore/class_marker.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr double kMark = 5.5;
constexpr std::size_t kMarks = 10;  // colours and shapes begin again after them

}  // namespace

PointCloud::PointCloud(QCustomPlot* plot)
    : QCPLayerable(plot, QStringLiteral("main")), tokens_(lightTokens()) {}

void PointCloud::setPoints(std::vector<float> x, std::vector<float> y,
                           std::vector<std::uint8_t> labels) {
    const std::size_t count = std::min({x.size(), y.size(), labels.size()});
    x_ = std::move(x);
    y_ = std::move(y);
    labels_ = std::move(labels);
    x_.resize(count);
    y_.resize(count);
    labels_.resize(count);
}

void PointCloud::setShown(std::vector<bool> shown) {
    shown_ = std::move(shown);
}

void PointCloud::setTokens(const Tokens& tokens) {
    tokens_ = tokens;
    marks_.clear();
}

QPointF PointCloud::point(std::size_t index) const {
    return {static_cast<double>(x_[index]), static_cast<double>(y_[index])};
}

QRectF PointCloud::bounds() const {
    if (x_.empty()) {
        return {};
    }
    const auto [left, right] = std::ranges::minmax(x_);
    const auto [low, high] = std::ranges::minmax(y_);
    return {QPointF(static_cast<double>(left), static_cast<double>(low)),
            QPointF(static_cast<double>(right), static_cast<double>(high))};
}

PointCloud::Line PointCloud::lineOf(const QCPAxis& axis) {
    const double origin = axis.coordToPixel(0);
    return {axis.coordToPixel(1) - origin, origin};
}

bool PointCloud::isShown(std::size_t index) const {
    const std::size_t label = labels_[index];
    return label >= shown_.size() || shown_[label];
}

std::optional<std::size_t> PointCloud::nearest(const QPointF& pixel, double reach) const {
    const Line across = lineOf(*parentPlot()->xAxis);
    const Line up = lineOf(*parentPlot()->yAxis);
    std::optional<std::size_t> found;
    double least = reach * reach;
    for (std::size_t i = 0; i < x_.size(); ++i) {
        const double dx = across.factor * static_cast<double>(x_[i]) + across.offset - pixel.x();
        const double dy = up.factor * static_cast<double>(y_[i]) + up.offset - pixel.y();
        const double distance = dx * dx + dy * dy;
        if (distance <= least && isShown(i)) {
            least = distance;
            found = i;
        }
    }
    return found;
}

QRect PointCloud::clipRect() const {
    return parentPlot()->axisRect()->rect();
}

void PointCloud::applyDefaultAntialiasingHint(QCPPainter* painter) const {
    painter->setAntialiasing(false);  // the marks are smooth already
}

void PointCloud::makeMarks(double ratio) {
    if (marks_.empty() || marksRatio_ != ratio) {
        marks_.clear();
        for (std::size_t i = 0; i < kMarks; ++i) {
            marks_.push_back(classMarker(i, tokens_, scaled(1) * kMark, ratio));
            marks_.back().setDevicePixelRatio(1);
        }
        marksRatio_ = ratio;
    }
}

// Into a picture of device pixels, where copying a mark is a plain blend; under the plot's scaled painter each
// would be transformed.
void PointCloud::draw(QCPPainter* painter) {
    const double ratio = parentPlot()->bufferDevicePixelRatio();
    const QRect room = clipRect();
    const QSize size = (QSizeF(room.size()) * ratio).toSize();
    if (x_.empty() || size.isEmpty()) {
        return;
    }
    makeMarks(ratio);
    if (canvas_.size() != size) {
        canvas_ = QImage(size, QImage::Format_ARGB32_Premultiplied);
    }
    canvas_.setDevicePixelRatio(1);
    canvas_.fill(Qt::transparent);
    const auto width = static_cast<std::size_t>(size.width());
    taken_.assign(width * static_cast<std::size_t>(size.height()), 0);
    QPainter onto(&canvas_);
    const Line across = lineOf(*parentPlot()->xAxis);
    const Line up = lineOf(*parentPlot()->yAxis);
    for (std::size_t i = 0; i < x_.size(); ++i) {
        const double px =
            (across.factor * static_cast<double>(x_[i]) + across.offset - room.left()) * ratio;
        const double py = (up.factor * static_cast<double>(y_[i]) + up.offset - room.top()) * ratio;
        if (!(px >= 0 && py >= 0 && px < size.width() && py < size.height()) || !isShown(i)) {
            continue;
        }
        auto& taken = taken_[static_cast<std::size_t>(py) * width + static_cast<std::size_t>(px)];
        if (taken == labels_[i] + 1) {
            continue;
        }
        taken = static_cast<std::uint8_t>(labels_[i] + 1);
        const QImage& mark = marks_[labels_[i] % kMarks];
        const int half = mark.width() / 2;
        onto.drawImage(QPoint(static_cast<int>(px) - half, static_cast<int>(py) - half), mark);
    }
    onto.end();
    canvas_.setDevicePixelRatio(ratio);
    painter->drawImage(room.topLeft(), canvas_);
}

}  // namespace lmser::ui
