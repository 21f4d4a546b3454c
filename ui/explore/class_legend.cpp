// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/class_legend.h"

#include <QAbstractButton>
#include <QEvent>
#include <QPainter>

#include "ui/explore/class_marker.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kMark = 9;
constexpr int kSides = 6;
constexpr int kHeight = 24;

QFont entryFont() {
    QFont font = textFont();
    font.setPointSizeF(font.pointSizeF() * (kTextPixels - 1) / kTextPixels);
    return font;
}

/// A class: its mark and name; both fade where it is hidden.
class Entry : public QAbstractButton {
public:
    Entry(std::size_t index, const QString& name, QWidget* parent)
        : QAbstractButton(parent), index_(index) {
        setText(name);
        setAccessibleName(tr("class %1").arg(name));
        setCheckable(true);
        setChecked(true);
        setFont(entryFont());
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }

    [[nodiscard]] QSize sizeHint() const override {
        const QFontMetrics metrics(font());
        const int width =
            2 * scaled(kSides) + scaled(kMark) + kSpace + 2 + metrics.horizontalAdvance(text());
        return {width, qMax(scaled(kHeight), metrics.height() + kSpace)};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void changeEvent(QEvent* event) override {
        if (event->type() == QEvent::ApplicationFontChange) {
            setFont(entryFont());
            updateGeometry();
        }
        QAbstractButton::changeEvent(event);
    }

    void paintEvent(QPaintEvent* /*event*/) override {
        const Tokens& tokens = tokensOf(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(tokens.shade);
            painter.drawRoundedRect(rect(), kControlRadius, kControlRadius);
        }
        constexpr double kHidden = .3;
        const QImage mark = classMarker(index_, tokens, scaled(kMark), devicePixelRatioF());
        const QSizeF size = mark.deviceIndependentSize();
        const qreal middle = scaled(kSides) + scaled(kMark) / 2.0;
        painter.setOpacity(isChecked() ? 1 : kHidden);
        painter.drawImage(QPointF(middle - size.width() / 2, (height() - size.height()) / 2), mark);
        painter.setOpacity(1);
        QFont words = font();
        words.setStrikeOut(!isChecked());
        painter.setFont(words);
        painter.setPen(isChecked() ? tokens.text : tokens.muted);
        const int left = scaled(kSides) + scaled(kMark) + kSpace + 2;
        painter.drawText(rect().adjusted(left, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
        if (hasFocus()) {
            paintFocusRing(painter, rect(), kControlRadius, this);
        }
    }

private:
    std::size_t index_;
};

}  // namespace

ClassLegend::ClassLegend(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("classLegend"));
    setAccessibleName(tr("Classes"));
    auto* flow = new FlowLayout(this);
    flow->setSpacing(kSpace / 2);
}

void ClassLegend::setClasses(const QStringList& names) {
    if (names == names_) {
        return;
    }
    names_ = names;
    for (QAbstractButton* entry : entries_) {
        delete entry;
    }
    entries_.clear();
    for (const QString& name : names) {
        auto* entry = new Entry(entries_.size(), name, this);
        entry->setObjectName(QStringLiteral("class%1").arg(entries_.size()));
        entry->setToolTip(tr("Shows or hides the pictures of class %1.").arg(name));
        connect(entry, &QAbstractButton::toggled, this, &ClassLegend::shownChanged);
        layout()->addWidget(entry);
        entries_.push_back(entry);
    }
    Q_EMIT shownChanged();
}

std::vector<bool> ClassLegend::shown() const {
    std::vector<bool> shown;
    shown.reserve(entries_.size());
    for (const QAbstractButton* entry : entries_) {
        shown.push_back(entry->isChecked());
    }
    return shown;
}

}  // namespace lmser::ui
