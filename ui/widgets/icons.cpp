// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QSvgRenderer>
#include <stdexcept>
#include <utility>

#include "ui/widgets/tokens.h"

// The macro declares a function of the global namespace. A static library's resources are linked in only where
// somebody asks for them.
static void initialiseIcons() {
    Q_INIT_RESOURCE(resources);
}

namespace lmser::ui {
namespace {

QColor colourOf(IconTone tone, QIcon::Mode mode) {
    const QPalette palette = QGuiApplication::palette();
    const Tokens& tokens = tokensOf(palette);
    if (mode == QIcon::Disabled) {
        return palette.color(QPalette::Disabled, QPalette::ButtonText);
    }
    switch (tone) {
        case IconTone::muted:
            return tokens.muted;
        case IconTone::accent:
            return tokens.accent;
        case IconTone::onAccent:
            return tokens.onAccent;
        case IconTone::warning:
            return tokens.warning;
        case IconTone::text:
            break;
    }
    return tokens.text;
}

/// An SVG whose "currentColor" is filled in when it is painted.
class TintedSvg : public QIconEngine {
public:
    TintedSvg(QByteArray svg, IconTone tone) : svg_(std::move(svg)), tone_(tone) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode,
               QIcon::State /*state*/) override {
        QByteArray tinted = svg_;
        const QColor colour = colourOf(tone_, mode);
        tinted.replace("currentColor", colour.name(QColor::HexRgb).toLatin1());
        QSvgRenderer renderer(tinted);
        painter->save();
        painter->setOpacity(painter->opacity() * colour.alphaF());
        painter->setRenderHint(QPainter::Antialiasing);
        renderer.render(painter, rect);
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }

    [[nodiscard]] QIconEngine* clone() const override { return new TintedSvg(svg_, tone_); }

private:
    QByteArray svg_;
    IconTone tone_;
};

}  // namespace

QIcon icon(const QString& name, IconTone tone) {
    initialiseIcons();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        throw std::invalid_argument("no icon is called " + name.toStdString());
    }
    return QIcon(new TintedSvg(file.readAll(), tone));
}

QIcon applicationIcon() {
    initialiseIcons();
    return QIcon(QStringLiteral(":/icons/lmser-studio.svg"));
}

}  // namespace lmser::ui
