// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <cstddef>
#include <span>

namespace lmser::ui {

class ChoiceField;
class StylePad;

/// The style pad under its head; with more than two style units also which of them are its axes. Style units are
/// counted from 0 here.
class StyleSection : public QWidget {
    Q_OBJECT
public:
    explicit StyleSection(QWidget* parent = nullptr);

    /// Two or more style units, by name.
    void setStyles(const QStringList& names);
    /// The values of all style units.
    void setValues(std::span<const float> values);

    [[nodiscard]] std::size_t across() const { return across_; }
    [[nodiscard]] std::size_t up() const { return up_; }
    [[nodiscard]] StylePad* pad() const { return pad_; }
    /// What stands above and below the pad, in pixels.
    [[nodiscard]] int besidesPad() const;

Q_SIGNALS:
    /// Another unit on an axis.
    void axesChanged();

private:
    ChoiceField* addAxis(const QString& objectName, const QString& name);
    void choose(bool isAcross, int style);
    void showAxes();

    QStringList names_;
    std::size_t across_ = 0;
    std::size_t up_ = 1;
    StylePad* pad_;
    QWidget* axes_;
    ChoiceField* acrossField_;
    ChoiceField* upField_;
};

}  // namespace lmser::ui
