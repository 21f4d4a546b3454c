// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/draw_pad.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/bridge/qimage_conversion.h"
#include "ui/explore/draw_canvas.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kTellMilliseconds = 30;
constexpr int kToldSide = 112;  // four times MNIST's
constexpr int kFittedSide = 56;

}  // namespace

DrawPad::DrawPad(QWidget* parent)
    : QWidget(parent),
      canvas_(new DrawCanvas(this)),
      fitted_(new ImageView(this)),
      note_(mutedLabel({}, this)),
      undo_(actionChip(QStringLiteral("undoStroke"), QStringLiteral("undo"), tr("undo stroke"),
                       tr("Takes the last stroke back. Ctrl+Z where the pad has the focus."),
                       this)),
      clear_(actionChip(QStringLiteral("clearDrawing"), QStringLiteral("trash"), tr("clear"),
                        tr("Empties the pad. Delete where the pad has the focus."), this)) {
    setObjectName(QStringLiteral("drawPad"));
    clear_->setAccessibleName(tr("clear the drawing"));
    fitted_->setObjectName(QStringLiteral("fittedDrawing"));
    fitted_->setAccessibleName(tr("the drawing as the network sees it"));
    fitted_->setToolTip(tr("The drawing as the network sees it."));
    fitted_->setSides(kFittedSide, kFittedSide);
    fitted_->setFixedSize(kFittedSide, kFittedSide);
    note_->setObjectName(QStringLiteral("fittedNote"));
    auto* chips = new QWidget(this);
    auto* flow = new FlowLayout(chips);
    flow->addWidget(undo_);
    flow->addWidget(clear_);
    auto* beside = new QHBoxLayout;
    beside->setSpacing(2 * kSpace);
    beside->addWidget(fitted_, 0, Qt::AlignTop);
    beside->addWidget(note_, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kSpace);
    column->addWidget(canvas_);
    column->addWidget(chips);
    column->addLayout(beside);

    pause_.setSingleShot(true);
    pause_.setInterval(kTellMilliseconds);
    connect(&pause_, &QTimer::timeout, this, [this] {
        if (waiting_) {
            tell();
        }
    });
    connect(canvas_, &DrawCanvas::strokeGrew, this, &DrawPad::tellSoon);
    connect(canvas_, &DrawCanvas::strokesChanged, this, &DrawPad::tell);
    connect(undo_, &ChipButton::clicked, canvas_, &DrawCanvas::undo);
    connect(clear_, &ChipButton::clicked, this, [this] {
        clear();
        Q_EMIT cleared();
    });
    showState();
}

bool DrawPad::isEmpty() const {
    return canvas_->isEmpty();
}

void DrawPad::clear() {
    canvas_->clear();
    pause_.stop();
    waiting_ = false;
    showState();
}

void DrawPad::showFitted(const QImage& picture, const QString& note) {
    if (isEmpty()) {
        return;  // of a drawing that is gone
    }
    fitted_->setImage(picture);
    note_->setText(note);
}

void DrawPad::tellSoon() {
    if (pause_.isActive()) {
        waiting_ = true;
    } else {
        tell();
    }
}

void DrawPad::tell() {
    waiting_ = false;
    pause_.stop();
    showState();
    if (isEmpty()) {
        Q_EMIT cleared();
        return;
    }
    pause_.start();
    Q_EMIT drawn(toImages(canvas_->drawing(kToldSide)));
}

void DrawPad::showState() {
    undo_->setEnabled(!isEmpty());
    clear_->setEnabled(!isEmpty());
    if (isEmpty()) {
        fitted_->setImage({});
        note_->setText(tr("Centred and scaled as MNIST's digits are, it becomes the start."));
    }
}

}  // namespace lmser::ui
