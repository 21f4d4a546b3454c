// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>

#include "core/session/snapshot.h"

class QGridLayout;
class QLabel;
class QStackedLayout;

namespace lmser::ui {

/// How well the hole was recalled, inside it alone, beside what needs no network: the mean picture, and classical
/// inpainting. Those two are compared when a stroke ends; while one is drawn their rows say so.
class HoleNumbers : public QWidget {
    Q_OBJECT
public:
    explicit HoleNumbers(QWidget* parent = nullptr);

    void show(const RecalledPicture& recalled);
    /// Nothing is hidden, or nothing recalled yet.
    void clear();
    /// How it is set into the hole: "Network + membrane" or "Network, pasted".
    void setComposition(Composition composition);

    /// What a row says, for screen readers and tests: 0 network, 1 mean picture, 2 classical inpainting.
    [[nodiscard]] QString text(std::size_t row) const;

private:
    struct Row {
        QLabel* name;
        QLabel* psnr;
        QLabel* error;
    };
    Row addRow(QGridLayout& grid, int place, const char* name, const QString& title);
    void showRow(const Row& row, const std::optional<HoleScore>& score, bool settled);
    void setEmpty(bool empty);

    std::array<Row, 3> rows_{};
    QWidget* table_;
    QWidget* hint_ = nullptr;
    QStackedLayout* pages_;  ///< what to do, or the table
};

}  // namespace lmser::ui
