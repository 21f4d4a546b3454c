// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "core/session/snapshot.h"

class QLabel;
class QProgressBar;

namespace lmser::ui {

class ChipButton;

/// A line under the workspace while something is exported: how far it is, and cancel; then where it was written,
/// for some seconds.
class ExportBar : public QWidget {
    Q_OBJECT
public:
    explicit ExportBar(QWidget* parent = nullptr);

    void showProgress(const ExportProgress& progress);
    void showWritten(const QString& path);
    /// It was cancelled or failed.
    void end();

Q_SIGNALS:
    void cancelRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void setRunning(bool running);

    QLabel* words_;
    QProgressBar* bar_;
    ChipButton* cancel_;
    QTimer leave_;
};

}  // namespace lmser::ui
