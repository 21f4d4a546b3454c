// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <functional>

#include "core/base/result.h"

namespace lmser::ui {

class ChipButton;
class CurvePlot;

/// The chips of a CurvePlot: log, follow, smoothing, fit, export, and clearing earlier runs.
class CurveControls : public QWidget {
    Q_OBJECT
public:
    /// Asks for the file to write: gets a suggested name and the filters of a file dialog, gives a path, or
    /// nothing where the user thought better of it.
    using PathChooser = std::function<QString(const QString& name, const QString& filter)>;

    CurveControls(CurvePlot& plot, QWidget* parent);

    /// How wide the chips are side by side.
    [[nodiscard]] int oneLineWidth() const;

    /// Replaces the file dialog; for tests.
    void setPathChooser(PathChooser choosePath) { choosePath_ = std::move(choosePath); }

Q_SIGNALS:
    /// The chips became wider or narrower.
    void widthChanged();
    void exportFailed(const lmser::Error& error);

private:
    void addSmoothing();
    void addExport();
    void showSmoothing(double smoothing);
    void exportAs(const QString& suffix, const QString& filter);
    ChipButton* addChip(const QString& text, const char* name, const QString& accessible,
                        const QString& tip, bool checkable);

    CurvePlot& plot_;
    PathChooser choosePath_;
    ChipButton* smoothing_ = nullptr;
};

}  // namespace lmser::ui
