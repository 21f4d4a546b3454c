// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/mask_canvas_accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include "ui/recall/mask_canvas.h"

namespace lmser::ui {
namespace {

class MaskCanvasAccessible : public QAccessibleWidget {
public:
    explicit MaskCanvasAccessible(MaskCanvas* canvas)
        : QAccessibleWidget(canvas, QAccessible::Graphic), canvas_(canvas) {}

    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Value ? canvas_->stateText() : QAccessibleWidget::text(kind);
    }

private:
    MaskCanvas* canvas_;
};

QAccessibleInterface* describe(const QString& className, QObject* object) {
    if (className == QLatin1String(MaskCanvas::staticMetaObject.className())) {
        return new MaskCanvasAccessible(static_cast<MaskCanvas*>(object));
    }
    return nullptr;
}

}  // namespace

void describeMaskCanvases() {
    static const bool described = [] {
        QAccessible::installFactory(describe);
        return true;
    }();
    Q_UNUSED(described)
}

}  // namespace lmser::ui
