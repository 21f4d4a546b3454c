// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/banner.h"

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kMostBanners = 4;  // older ones give way, so that the workspace stays in view

/// "cannot read …" as a sentence of its own.
QString capitalised(QString text) {
    if (!text.isEmpty()) {
        text[0] = text.at(0).toUpper();
    }
    if (!text.isEmpty() && !QStringLiteral(".!?").contains(text.back())) {
        text += QLatin1Char('.');
    }
    return text;
}

QLabel* selectableLabel(const QString& text) {
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

}  // namespace

Banner::Banner(Kind kind, const QString& message, const QString& hint, QWidget* parent)
    : QFrame(parent),
      kind_(kind),
      message_(selectableLabel(capitalised(message))),
      hint_(selectableLabel(capitalised(hint))),
      actions_(new QHBoxLayout) {
    setObjectName(QStringLiteral("banner"));
    setAccessibleName(message_->text());
    setAccessibleDescription(hint_->text());
    hint_->setForegroundRole(QPalette::PlaceholderText);
    hint_->setVisible(!hint.isEmpty());

    auto* mark = new QLabel;
    mark->setPixmap(icon(kind == Kind::error ? QStringLiteral("warning") : QStringLiteral("info"),
                         kind == Kind::error ? IconTone::warning : IconTone::accent)
                        .pixmap(scaled(4 * kSpace)));
    auto* words = new QVBoxLayout;
    words->setSpacing(kSpace / 2);
    words->addWidget(message_);
    words->addWidget(hint_);

    auto* close = new QToolButton;
    close->setIcon(icon(QStringLiteral("close"), IconTone::muted));
    close->setObjectName(QStringLiteral("bannerDismiss"));
    close->setAccessibleName(tr("Dismiss"));
    close->setToolTip(tr("Dismiss"));
    close->setAutoRaise(true);
    connect(close, &QToolButton::clicked, this, &Banner::dismissed);
    close_ = close;

    actions_->setSpacing(2 * kSpace);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(3 * kSpace, 2 * kSpace, 2 * kSpace, 2 * kSpace);
    row->setSpacing(2 * kSpace + 2);
    row->addWidget(mark, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    row->addLayout(actions_);
    row->addWidget(close, 0, Qt::AlignTop);
}

QPushButton* Banner::addAction(const QString& text, const QString& objectName, bool primary) {
    auto* button = new QPushButton(text);
    button->setObjectName(objectName);
    button->setAccessibleName(QString(text).remove(QLatin1Char('&')));
    button->setProperty("primary", primary);
    actions_->addWidget(button);
    return button;
}

QString Banner::message() const {
    return message_->text();
}

QString Banner::hint() const {
    return hint_->text();
}

void Banner::setDismissable(bool dismissable) {
    dismissable_ = dismissable;
    close_->setVisible(dismissable);
}

void Banner::paintEvent(QPaintEvent* /*event*/) {
    const Tokens& tokens = tokensOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(kind_ == Kind::error ? tokens.warning : tokens.accent);
    painter.setBrush(tokens.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), kCardRadius, kCardRadius);
}

BannerArea::BannerArea(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("bannerArea"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4 * kSpace, 3 * kSpace, 4 * kSpace, 0);
    column->setSpacing(2 * kSpace);
    setVisible(false);
}

void BannerArea::showError(const Error& error) {
    const QString message = capitalised(QString::fromStdString(error.message));
    for (Banner* shown : banners()) {
        if (shown->message() == message) {
            return;
        }
    }
    auto* banner =
        new Banner(Banner::Kind::error, message, QString::fromStdString(error.hint), this);
    auto* copy = banner->addAction(tr("Copy"), QStringLiteral("bannerCopy"));
    copy->setToolTip(tr("Copy the message with what to do"));
    copy->setIcon(icon(QStringLiteral("copy")));
    const QString whole = QString::fromStdString(sentence(error));
    connect(copy, &QPushButton::clicked, this,
            [whole] { QApplication::clipboard()->setText(whole); });
    add(banner);
}

void BannerArea::dismissError(const Error& error) {
    const QString message = capitalised(QString::fromStdString(error.message));
    for (Banner* shown : banners()) {
        if (shown->message() == message) {
            remove(shown);
        }
    }
}

Banner* BannerArea::showNotice(const QString& name, const QString& message, const QString& hint) {
    for (Banner* shown : banners()) {
        if (shown->objectName() == name) {
            remove(shown);
        }
    }
    auto* banner = new Banner(Banner::Kind::notice, message, hint, this);
    banner->setObjectName(name);
    add(banner);
    return banner;
}

void BannerArea::add(Banner* banner) {
    qobject_cast<QVBoxLayout*>(layout())->insertWidget(0, banner);
    connect(banner, &Banner::dismissed, this, [this, banner] { remove(banner); });
    QList<Banner*> shown = banners();
    // Questions stay: only what could be dismissed gives way.
    shown.removeIf([](const Banner* one) { return !one->isDismissable(); });
    if (shown.size() > kMostBanners) {
        remove(shown.constLast());
    }
    setVisible(true);
    banner->show();
}

QList<Banner*> BannerArea::banners() const {
    QList<Banner*> found;
    for (int i = 0; i < layout()->count(); ++i) {
        if (auto* banner = qobject_cast<Banner*>(layout()->itemAt(i)->widget())) {
            found.append(banner);
        }
    }
    return found;
}

void BannerArea::clear() {
    for (Banner* banner : banners()) {
        remove(banner);
    }
}

void BannerArea::remove(Banner* banner) {
    layout()->removeWidget(banner);
    banner->hide();
    banner->deleteLater();
    setVisible(layout()->count() > 0);
}

}  // namespace lmser::ui
