// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/mask_editor.h"

#include <QUndoCommand>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/random.h"

namespace lmser::ui {
namespace {

constexpr int kStepsKept = 200;
constexpr std::uint64_t kStrokeSeed = 1;

/// The pixels that a stroke between two points may change, of a picture of any size.
QRect areaOf(const PicturePoint& from, const PicturePoint& to, double diameter,
             const QRect& picture) {
    const double reach = diameter / 2 + 1;
    const QRectF area(QPointF(std::min(from.x, to.x) - reach, std::min(from.y, to.y) - reach),
                      QPointF(std::max(from.x, to.x) + reach, std::max(from.y, to.y) + reach));
    // Before it is rounded: a pointer may be farther away than an int can say.
    return area.intersected(QRectF(picture)).toAlignedRect();
}

}  // namespace

class MaskEditor::Step : public QUndoCommand {
public:
    Step(MaskEditor* editor, Mask before, Mask after, const QString& what)
        : QUndoCommand(what),
          editor_(editor),
          before_(std::move(before)),
          after_(std::move(after)) {}

    void undo() override { show(before_); }
    void redo() override { show(after_); }

private:
    void show(const Mask& mask) {
        editor_->drag_
            .reset();  // undone in the middle of a drag: what it drew is no part of any step
        editor_->show(mask);
        Q_EMIT editor_->stepFinished();
    }

    MaskEditor* editor_;
    Mask before_;
    Mask after_;
};

MaskEditor::MaskEditor(QObject* parent) : QObject(parent) {
    undo_.setUndoLimit(kStepsKept);
}

void MaskEditor::reset(const Mask& mask) {
    drag_.reset();
    lastPoint_.reset();
    mask_ = mask;
    undo_.clear();
}

void MaskEditor::beginStroke(const PicturePoint& at, double diameter, MaskChange change,
                             bool straight) {
    finish();
    const PicturePoint from = straight ? lastPoint_.value_or(at) : at;
    drag_ = Drag{mask_, from, diameter, change, false};
    drawTo(at);
}

void MaskEditor::beginRectangle(const PicturePoint& at, MaskChange change) {
    finish();
    drag_ = Drag{mask_, at, 0, change, true};
}

void MaskEditor::moveTo(const PicturePoint& to) {
    if (drag_) {
        drawTo(to);
    }
}

void MaskEditor::drawTo(const PicturePoint& to) {
    const QRect area = drag_->rectangle ? all() : areaOf(drag_->from, to, drag_->diameter, all());
    if (drag_->rectangle) {
        mask_ = drag_->before;
        fill_rectangle(mask_, drag_->from, to, drag_->change);
    } else {
        paint(mask_, drag_->from, to, drag_->diameter, drag_->change);
        drag_->from = to;
        lastPoint_ = to;
    }
    Q_EMIT changed(area);
}

void MaskEditor::finish() {
    if (!drag_) {
        return;
    }
    const Drag drag = *std::exchange(drag_, std::nullopt);
    if (mask_ != drag.before) {
        const bool hides = drag.change == MaskChange::hide;
        const QString what = drag.rectangle ? tr("rectangle") : hides ? tr("stroke") : tr("erase");
        undo_.push(new Step(this, drag.before, mask_, what));
    }
}

void MaskEditor::cancel() {
    if (drag_) {
        show(std::exchange(drag_, std::nullopt)->before);
    }
}

void MaskEditor::show(const Mask& mask) {
    if (mask != mask_) {
        mask_ = mask;
        Q_EMIT changed(all());
    }
}

void MaskEditor::replace(const Mask& mask, const QString& what) {
    finish();
    if (mask != mask_) {
        undo_.push(new Step(this, mask_, mask, what));
    }
}

void MaskEditor::put(Mask mask, bool added, const QString& what) {
    if (added) {
        std::transform(mask.hidden.begin(), mask.hidden.end(), mask_.hidden.begin(),
                       mask.hidden.begin(),
                       [](std::uint8_t a, std::uint8_t b) { return std::max(a, b); });
    }
    replace(mask, what);
}

void MaskEditor::invert() {
    replace(inverted(mask_), tr("invert"));
}

void MaskEditor::clear() {
    replace(nothing_hidden(mask_.height, mask_.width), tr("clear"));
}

void MaskEditor::applyPreset(MaskPreset preset, bool added) {
    put(preset_mask(preset, mask_.height, mask_.width), added, tr("preset"));
}

void MaskEditor::applyRandomStrokes(bool added) {
    Random random(kStrokeSeed, RandomPurpose::exploration, strokesDrawn_++);
    put(random_strokes(mask_.height, mask_.width, random), added, tr("random strokes"));
}

}  // namespace lmser::ui
