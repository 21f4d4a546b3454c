// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window_layout.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QPainter>
#include <QResizeEvent>
#include <QScrollArea>
#include <QTabBar>
#include <algorithm>

#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kLayoutVersion = 1;
constexpr int kProjectWidth = 236;
constexpr int kInspectorWidth = 296;
constexpr int kLogHeight = 140;
constexpr int kNarrow = 900;  // under this the docks leave too little between them

/// What a dock is moved by: a slim strip that shows a grip while the pointer is over it.
class DockGrip : public QWidget {
public:
    explicit DockGrip(QDockWidget* dock) : QWidget(dock) {
        setAttribute(Qt::WA_Hover);
        setCursor(Qt::SizeAllCursor);
        setToolTip(QDockWidget::tr("Drag to move, double-click to let it float"));
    }
    [[nodiscard]] QSize sizeHint() const override { return {6 * kSpace, 2 * kSpace}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        if (!underMouse()) {
            return;
        }
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokensOf(this).muted);
        constexpr int kSideDots = 2;
        constexpr qreal kRadius = 1.2;
        for (int i = -kSideDots; i <= kSideDots; ++i) {
            const qreal x = width() / 2.0 + i * 2 * kSpace;
            painter.drawEllipse(QPointF(x, height() / 2.0), kRadius, kRadius);
        }
    }
};

}  // namespace

QRect within(const QRect& screen, const QRect& window) {
    QRect fitted(window.topLeft(), window.size().boundedTo(screen.size()));
    fitted.moveLeft(std::clamp(fitted.left(), screen.left(), screen.right() + 1 - fitted.width()));
    fitted.moveTop(std::clamp(fitted.top(), screen.top(), screen.bottom() + 1 - fitted.height()));
    return fitted;
}

QWidget* scrolling(QWidget* content, const QString& name) {
    auto* area = new QScrollArea;
    area->setObjectName(name);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    // The ground of the window shows through.
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    return area;
}

WindowLayout::WindowLayout(QMainWindow* window) : QObject(window), window_(window) {
    window->setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowNestedDocks |
                           QMainWindow::AllowTabbedDocks);
    window->setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window->setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    window->installEventFilter(this);
}

QDockWidget* WindowLayout::make(const QString& name, const QString& title, QWidget* content) {
    auto* dock = new QDockWidget(title, window_);
    dock->setObjectName(name);
    dock->setAccessibleName(title);
    dock->setTitleBarWidget(new DockGrip(dock));
    dock->setWidget(content);
    return dock;
}

QDockWidget* WindowLayout::addProject(QWidget* panel) {
    project_ = make(QStringLiteral("projectDock"), tr("Project"),
                    scrolling(panel, QStringLiteral("projectScroll")));
    return project_;
}

QDockWidget* WindowLayout::addInspector(QWidget* panel) {
    inspector_ = make(QStringLiteral("inspectorDock"), tr("Inspector"), panel);
    return inspector_;
}

QDockWidget* WindowLayout::addLog(QWidget* panel) {
    log_ = make(QStringLiteral("logDock"), tr("Log"), panel);
    return log_;
}

void WindowLayout::reset() {
    for (QDockWidget* dock : {project_, inspector_, log_}) {
        dock->setFloating(false);
    }
    narrow_ = window_->width() < scaled(kNarrow);
    arrange(narrow_);
    window_->addDockWidget(Qt::BottomDockWidgetArea, log_);
    log_->hide();
    window_->resizeDocks({log_}, {scaled(kLogHeight)}, Qt::Vertical);
}

void WindowLayout::arrange(bool narrow) {
    window_->addDockWidget(Qt::RightDockWidgetArea, inspector_);
    if (narrow) {
        window_->addDockWidget(Qt::RightDockWidgetArea, project_);
        window_->tabifyDockWidget(project_, inspector_);
        window_->resizeDocks({inspector_}, {scaled(kInspectorWidth)}, Qt::Horizontal);
    } else {
        window_->addDockWidget(Qt::LeftDockWidgetArea, project_);
        window_->resizeDocks({project_, inspector_},
                             {scaled(kProjectWidth), scaled(kInspectorWidth)}, Qt::Horizontal);
    }
    project_->show();
    inspector_->show();
}

QByteArray WindowLayout::save() const {
    return window_->saveState(stateVersion());
}

bool WindowLayout::restore(const QByteArray& state) {
    return !state.isEmpty() && window_->restoreState(state, stateVersion());
}

// What a narrow window stacks is not put into a wide one, nor the other way round.
int WindowLayout::stateVersion() const {
    constexpr int kStacked = 1000;
    const bool narrow = window_->width() < scaled(kNarrow);
    return kLayoutVersion + (narrow ? kStacked : 0);
}

bool WindowLayout::eventFilter(QObject* watched, QEvent* event) {
    if (watched == window_ && event->type() == QEvent::Resize && inspector_ != nullptr) {
        const bool narrow = window_->width() < scaled(kNarrow);
        if (narrow != narrow_) {
            narrow_ = narrow;
            arrange(narrow);
        }
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace lmser::ui
