// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>

#include "core/session/snapshot.h"
#include "ui/widgets/progress_strip.h"

namespace lmser::ui {

/// A line under the workspace while something is exported: how far it is, and cancel; then where it was written,
/// for some seconds.
class ExportBar : public ProgressStrip {
    Q_OBJECT
public:
    explicit ExportBar(QWidget* parent = nullptr);

    void showProgress(const ExportProgress& progress);
    /// With a button that opens its folder.
    void showWritten(const QString& path);
    /// It was cancelled or failed.
    void end();

private:
    ChipButton* folder_;  ///< opens where the newest file lies
    QString path_;
    QTimer leave_;
};

}  // namespace lmser::ui
