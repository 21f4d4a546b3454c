// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

class QAbstractButton;

namespace lmser::ui {

/// The marks of the classes with their names; each is a switch that shows or hides its class.
class ClassLegend : public QWidget {
    Q_OBJECT
public:
    explicit ClassLegend(QWidget* parent = nullptr);

    /// All are shown. The same classes again change nothing.
    void setClasses(const QStringList& names);
    /// One a class.
    [[nodiscard]] std::vector<bool> shown() const;

Q_SIGNALS:
    void shownChanged();

private:
    QStringList names_;
    std::vector<QAbstractButton*> entries_;  ///< children
};

}  // namespace lmser::ui
