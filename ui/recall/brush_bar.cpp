// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/brush_bar.h"

#include <QApplication>
#include <QButtonGroup>
#include <QKeyEvent>
#include <QMenu>

#include "ui/recall/brush_size.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kPercent = 100;
constexpr int kMostPercent = 3200;

QString percentText(double zoom) {
    return BrushBar::tr("%1 %").arg(qRound(kPercent * zoom));
}

bool shiftIsHeld() {
    return QApplication::keyboardModifiers().testFlag(Qt::ShiftModifier);
}

}  // namespace

BrushBar::BrushBar(MaskCanvas* canvas, QWidget* parent)
    : QWidget(parent), canvas_(canvas), size_(new BrushSize) {
    setObjectName(QStringLiteral("brushBar"));
    setAccessibleName(tr("tools of the mask"));
    setLayout(new FlowLayout);
    addTools();
    layout()->addWidget(size_);
    addZoom();
    addSteps();
    addWholes();
    addPresets();
    size_->setSize(canvas_->brushSize());
    connect(size_, &BrushSize::sizeEdited, canvas_, &MaskCanvas::setBrushSize);
    connect(canvas_, &MaskCanvas::brushSizeChanged, size_, &BrushSize::setSize);
}

ChipButton* BrushBar::chip(const char* name, const QString& text, const QString& tip) {
    auto* made = new ChipButton(text, this, false);
    made->setObjectName(QLatin1String(name));
    made->setToolTip(tip);
    made->setAccessibleDescription(tip);
    // After a click the keys are the canvas's; who came to the tool by keyboard stays there.
    made->setFocusPolicy(Qt::TabFocus);
    connect(made, &ChipButton::clicked, canvas_, [this, made] {
        if (!made->hasFocus()) {
            canvas_->setFocus(Qt::MouseFocusReason);
        }
    });
    layout()->addWidget(made);
    return made;
}

ChipButton* BrushBar::chip(const char* name, const char* iconName, const QString& text,
                           const QString& tip) {
    ChipButton* made = chip(name, text, tip);
    made->setIcon(icon(QLatin1String(iconName), IconTone::muted));
    made->setIconSize({3 * kSpace + 2, 3 * kSpace + 2});
    return made;
}

void BrushBar::addTools() {
    auto* group = new QButtonGroup(this);
    ChipButton* brush =
        chip("brushTool", "brush", tr("brush"),
             tr("Hides what it is drawn over; the right button erases (B). Shift+click draws a "
                "straight line from the last point."));
    ChipButton* eraser = chip("eraserTool", "eraser", tr("eraser"),
                              tr("Shows again what it is drawn over (E; X swaps with the brush)."));
    ChipButton* rectangle =
        chip("rectangleTool", "rectangle", tr("rectangle"),
             tr("Hides a rectangle between two corners; the right button shows it again (R)."));
    addTool(MaskTool::brush, brush);
    addTool(MaskTool::eraser, eraser);
    addTool(MaskTool::rectangle, rectangle);
    for (ChipButton* tool : {brush, eraser, rectangle}) {
        group->addButton(tool);
    }
}

void BrushBar::addTool(MaskTool tool, ChipButton* chip) {
    const auto show = [tool, chip](MaskTool chosen) { chip->setChecked(chosen == tool); };
    chip->setCheckable(true);
    show(canvas_->tool());
    connect(chip, &ChipButton::clicked, canvas_, [this, tool] { canvas_->setTool(tool); });
    connect(canvas_, &MaskCanvas::toolChanged, chip, show);
}

void BrushBar::addSteps() {
    QUndoStack* steps = canvas_->undoStack();
    ChipButton* undo = chip("undoMask", "undo", {}, tr("Takes the last stroke back (Ctrl+Z)."));
    ChipButton* redo = chip("redoMask", "redo", {},
                            tr("Makes the stroke again that was taken back (Ctrl+Shift+Z)."));
    undo->setAccessibleName(tr("undo"));
    redo->setAccessibleName(tr("redo"));
    undo->setEnabled(steps->canUndo());
    redo->setEnabled(steps->canRedo());
    connect(undo, &ChipButton::clicked, steps, &QUndoStack::undo);
    connect(redo, &ChipButton::clicked, steps, &QUndoStack::redo);
    connect(steps, &QUndoStack::canUndoChanged, undo, &QWidget::setEnabled);
    connect(steps, &QUndoStack::canRedoChanged, redo, &QWidget::setEnabled);
}

void BrushBar::addWholes() {
    MaskEditor* editor = canvas_->editor();
    connect(chip("invertMask", "invert", tr("invert"),
                 tr("Hides what is visible and shows what is hidden (I).")),
            &ChipButton::clicked, editor, &MaskEditor::invert);
    connect(chip("clearMask", "trash", tr("clear"), tr("Hides nothing (Delete).")),
            &ChipButton::clicked, editor, &MaskEditor::clear);
}

void BrushBar::addPresets() {
    const QString added = tr(" With Shift it is added to what is hidden.");
    eyes_ = addPreset(MaskPreset::eyes, chip("eyesPreset", tr("eyes"),
                                             tr("Hides the eyes of an aligned face.") + added));
    mouth_ = addPreset(MaskPreset::mouth, chip("mouthPreset", tr("mouth"),
                                               tr("Hides the mouth of an aligned face.") + added));
    addPreset(MaskPreset::left_half,
              chip("leftHalfPreset", tr("left half"), tr("Hides the left half.") + added));
    addPreset(MaskPreset::right_half,
              chip("rightHalfPreset", tr("right half"), tr("Hides the right half.") + added));
    connect(chip("randomStrokes", "dice", tr("strokes"),
                 tr("Hides random strokes like those that the network was trained on, others each "
                    "time.") +
                     added),
            &ChipButton::clicked, canvas_,
            [this] { canvas_->editor()->applyRandomStrokes(shiftIsHeld()); });
}

ChipButton* BrushBar::addPreset(MaskPreset preset, ChipButton* chip) {
    connect(chip, &ChipButton::clicked, canvas_,
            [this, preset] { canvas_->editor()->applyPreset(preset, shiftIsHeld()); });
    return chip;
}

void BrushBar::setFaces(bool faces) {
    eyes_->setVisible(faces);
    mouth_->setVisible(faces);
}

void BrushBar::addZoom() {
    zoom_ =
        chip("zoomChip", percentText(canvas_->zoom()),
             tr("How large the picture is shown: choose, or turn the wheel over it (+ and −)."));
    auto* menu = new QMenu(this);
    QAction* fit = menu->addAction(tr("Fit"));
    fit->setObjectName(QStringLiteral("zoomFit"));
    connect(fit, &QAction::triggered, canvas_, &MaskCanvas::fit);
    for (int percent = kPercent; percent <= kMostPercent; percent *= 2) {
        addZoomTo(menu, percent);
    }
    connect(zoom_, &ChipButton::clicked, menu,
            [this, menu] { menu->popup(zoom_->mapToGlobal(QPoint(0, zoom_->height() + kSpace))); });
    ChipButton* whole = chip("fitChip", "fit", {}, tr("Shows the whole picture (0)."));
    whole->setAccessibleName(tr("fit"));
    connect(whole, &ChipButton::clicked, canvas_, &MaskCanvas::fit);
    connect(canvas_, &MaskCanvas::zoomChanged, this, &BrushBar::showZoom);
}

void BrushBar::addZoomTo(QMenu* menu, int percent) {
    const double zoom = static_cast<double>(percent) / kPercent;
    QAction* action = menu->addAction(percentText(zoom));
    action->setObjectName(QStringLiteral("zoomTo%1").arg(percent));
    connect(action, &QAction::triggered, canvas_, [this, zoom] { canvas_->setZoom(zoom); });
}

void BrushBar::showZoom(double zoom) {
    zoom_->setText(percentText(zoom));
    zoom_->setAccessibleName(tr("zoom, %1").arg(percentText(zoom)));
    zoom_->updateGeometry();
}

/// Where a tool has the focus the canvas's letters work all the same, and the keys that clear. Space, Enter and arrows
/// are the tool's own.
void BrushBar::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    const bool printed = key > Qt::Key_Space && key < Qt::Key_Escape;
    const bool clears = key == Qt::Key_Delete || key == Qt::Key_Backspace;
    if (!(printed || clears) || !canvas_->takeKey(event)) {
        QWidget::keyPressEvent(event);
    }
}

}  // namespace lmser::ui
