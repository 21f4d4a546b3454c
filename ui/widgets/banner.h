// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "core/base/result.h"

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace lmser::ui {

/// A strip across the workspace that stays until it is dismissed: what happened, and what to do next. Errors
/// can be copied; questions bring buttons of their own.
class Banner : public QFrame {
    Q_OBJECT
public:
    enum class Kind { error, notice };

    Banner(Kind kind, const QString& message, const QString& hint, QWidget* parent = nullptr);

    /// Adds a button before Dismiss. What it does is connected to its clicked().
    QPushButton* addAction(const QString& text, const QString& objectName, bool primary = false);
    [[nodiscard]] QString message() const;
    [[nodiscard]] QString hint() const;
    /// Takes the x away: the question has to be answered with one of the buttons.
    void setDismissable(bool dismissable);
    [[nodiscard]] bool isDismissable() const { return dismissable_; }

Q_SIGNALS:
    void dismissed();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Kind kind_;
    bool dismissable_ = true;
    QLabel* message_;
    QLabel* hint_;
    QHBoxLayout* actions_;
    QWidget* close_;
};

/// The place for banners at the top of the workspace, newest first. The same error shown twice is one banner.
class BannerArea : public QWidget {
    Q_OBJECT
public:
    explicit BannerArea(QWidget* parent = nullptr);

    void showError(const Error& error);
    /// Takes an error away that does not hold any more; nothing where it is not shown.
    void dismissError(const Error& error);
    /// Tells something; a notice of the same name gives way to it.
    Banner* showNotice(const QString& name, const QString& message, const QString& hint);
    void add(Banner* banner);
    [[nodiscard]] QList<Banner*> banners() const;
    void clear();

private:
    void remove(Banner* banner);
};

}  // namespace lmser::ui
