// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QRect>
#include <QUndoStack>
#include <cstdint>
#include <optional>

#include "core/base/mask.h"

namespace lmser::ui {

/// A mask that is being edited, with its steps to undo: one drag is one step, and so is each of invert, preset, clear
/// and a mask from a file. Which pixels a stroke or a rectangle changes is said by core/base/mask.
class MaskEditor : public QObject {
    Q_OBJECT
public:
    explicit MaskEditor(QObject* parent = nullptr);

    [[nodiscard]] const Mask& mask() const { return mask_; }
    [[nodiscard]] QUndoStack* undoStack() { return &undo_; }

    /// Another mask to start from; steps and the last point are forgotten, nobody is told.
    void reset(const Mask& mask);

    /// Begins a drag with a dab, or where `straight` with a line from where the last stroke ended.
    void beginStroke(const PicturePoint& at, double diameter, MaskChange change, bool straight);
    void beginRectangle(const PicturePoint& at, MaskChange change);
    /// The drag goes on; nothing where none is.
    void moveTo(const PicturePoint& to);
    /// Ends the drag: one step, if it changed anything.
    void finish();
    /// Ends the drag as if it had never been.
    void cancel();
    [[nodiscard]] bool isDragging() const { return drag_.has_value(); }

    /// One step to another mask of the same size, `what` in words; ends a drag before.
    void replace(const Mask& mask, const QString& what);
    void invert();
    void clear();
    /// The preset alone, or where `added` together with what is hidden.
    void applyPreset(MaskPreset preset, bool added);
    /// Random strokes alone, others each time, or together with what is hidden.
    void applyRandomStrokes(bool added);

Q_SIGNALS:
    /// Something else is hidden than before, all through a drag; only within `pixels`.
    void changed(const QRect& pixels);
    /// A drag or another step is complete, done, undone or redone.
    void stepFinished();

private:
    class Step;
    struct Drag {
        Mask before;
        PicturePoint from;  ///< the last point of a stroke, the fixed corner of a rectangle
        double diameter = 0;
        MaskChange change = MaskChange::hide;
        bool rectangle = false;
    };

    void drawTo(const PicturePoint& to);
    void show(const Mask& mask);
    void put(Mask mask, bool added, const QString& what);
    [[nodiscard]] QRect all() const { return {0, 0, mask_.width, mask_.height}; }

    Mask mask_;
    std::optional<Drag> drag_;
    std::optional<PicturePoint> lastPoint_;
    std::uint64_t strokesDrawn_ = 0;
    QUndoStack undo_;
};

}  // namespace lmser::ui
