// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstdint>
#include <vector>

namespace lmser::ui {

/// The warning about dead units of the code, and what to do; empty where every unit lives.
/// "unit 9 is dead: its slider will not move the picture. Try shortcut dropout or lmser-un-n."
QString deadUnitSentence(const std::vector<float>& codeStd);

/// One cell a unit of the top code: a bar as high as its standard deviation over the test pictures, its number,
/// and a line of that deviation over training. A dead unit is drawn in the warning colour. The cells wrap.
class CodeScale : public QWidget {
    Q_OBJECT
public:
    explicit CodeScale(QWidget* parent = nullptr);

    /// Forgets the measurements of an earlier run.
    void clear();
    /// Adds what was measured at an iteration; older iterations than the newest are left out.
    void add(std::int64_t iteration, const std::vector<float>& codeStd);
    /// The newest standard deviations; empty before the first measurement.
    [[nodiscard]] const std::vector<float>& newest() const;

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Measurement {
        std::int64_t iteration;
        std::vector<float> codeStd;
    };

    [[nodiscard]] QRect cell(std::size_t unit) const;
    [[nodiscard]] QString description(std::size_t unit) const;
    void paintBar(QPainter& painter, const QRect& area, std::size_t unit, float largest) const;
    void paintHistory(QPainter& painter, const QRectF& area, std::size_t unit) const;

    std::vector<Measurement> history_;
    float largestNow_ = 0;   ///< of the newest measurement
    float largestEver_ = 0;  ///< over all of training, so that the lines do not jump
};

}  // namespace lmser::ui
