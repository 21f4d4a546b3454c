// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstddef>

class QLabel;
class QProgressBar;

namespace lmser::ui {

class ChipButton;

/// A line across the workspace while something takes its time: what it is, how far it is, and cancel. Hidden until then.
class ProgressStrip : public QWidget {
    Q_OBJECT
public:
    /// What the parts are called by tests and by screen readers.
    struct Names {
        QString part;       ///< "export": exportBar, exportWords, exportProgress, exportCancel
        QString name;       ///< accessible, of all of it
        QString progress;   ///< accessible, of the bar
        QString cancel;     ///< accessible, of the button
        QString cancelTip;  ///< what cancelling leaves
    };

    explicit ProgressStrip(const Names& names, QWidget* parent = nullptr);

Q_SIGNALS:
    void cancelRequested();

protected:
    void showProgress(const QString& words, std::size_t done, std::size_t total);
    /// Words alone, without bar and cancel: it is done.
    void showWords(const QString& words);
    void paintEvent(QPaintEvent* event) override;

private:
    void showRunning(bool running);

    QLabel* words_;
    QProgressBar* bar_;
    ChipButton* cancel_;
};

}  // namespace lmser::ui
