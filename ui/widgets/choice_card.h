// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

class QLabel;
class QVBoxLayout;

namespace lmser::ui {

/// A card that is chosen by clicking it: a title, and a few words in muted beneath. Among its siblings one is
/// checked; arrow keys move the choice, as with radio buttons. With `exclusive` false it is a plain button.
class ChoiceCard : public QAbstractButton {
    Q_OBJECT
public:
    ChoiceCard(const QString& title, const QString& detail, QWidget* parent = nullptr,
               bool exclusive = true);

    void setDetail(const QString& detail);
    [[nodiscard]] QString detail() const;
    /// A remark under the detail; empty: none.
    void setNote(const QString& note);
    /// A small button that belongs to the card, at the right of its title.
    void setCorner(QWidget* corner);
    /// Whether the detail tells of something that is wrong.
    void setWarning(bool warning);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void describe();

    QVBoxLayout* column_;
    QLabel* title_;
    QLabel* detail_;
    QLabel* note_;
};

}  // namespace lmser::ui
