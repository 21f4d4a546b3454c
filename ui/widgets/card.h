// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>

class QHBoxLayout;
class QVBoxLayout;

namespace lmser::ui {

/// A head of a section: 11 px capitals in muted. Also the accessible name of what follows.
QLabel* sectionHead(const QString& text, QWidget* parent = nullptr);

/// A label in muted that wraps, for what explains.
QLabel* mutedLabel(const QString& text, QWidget* parent = nullptr);

/// A rounded surface with a hairline around it, an optional head with room for chips at its right, and a
/// body. Panels stand in a workspace (radius 12), cards in a dock (radius 10).
class Card : public QFrame {
    Q_OBJECT
public:
    enum class Kind { panel, card };

    explicit Card(const QString& head = {}, QWidget* parent = nullptr, Kind kind = Kind::panel);

    /// The row of the head; what is added comes after the head and a stretch, at the right.
    [[nodiscard]] QHBoxLayout* headRow() const { return headRow_; }
    /// Where the content goes.
    [[nodiscard]] QVBoxLayout* body() const { return body_; }
    [[nodiscard]] QString head() const;
    void setHead(const QString& head);
    /// What the words of the head take on one line, in pixels.
    [[nodiscard]] int headWidth() const;

    /// The chosen one of several cards: a border in the accent.
    void setSelected(bool selected);
    [[nodiscard]] bool isSelected() const { return selected_; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

    /// Whether the pointer or a press shades the surface; for cards that can be clicked.
    bool shaded_ = false;

private:
    void fitHead();

    Kind kind_;
    bool selected_ = false;
    QLabel* head_;
    QHBoxLayout* headRow_;
    QVBoxLayout* body_;
};

/// Draws the surface of a card: fill, hairline, and two pixels of accent where it is `selected`.
void paintCard(QPainter& painter, const QRectF& rect, const QWidget& widget, qreal radius,
               bool selected, bool shaded);

}  // namespace lmser::ui
