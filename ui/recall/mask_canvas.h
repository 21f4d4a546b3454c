// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <optional>

#include "core/base/image.h"
#include "core/base/mask.h"
#include "ui/recall/canvas_view.h"
#include "ui/recall/mask_editor.h"
#include "ui/recall/mask_layers.h"

namespace lmser::ui {

/// What a drag with the left button does; the right button does the opposite.
enum class MaskTool { brush, eraser, rectangle };

inline constexpr int kLeastBrush = 1;
inline constexpr int kMostBrush = 64;
inline constexpr int kUsualBrush = 16;

/// A picture and over it, tinted and hatched, the mask that says what of it is hidden; painted with mouse or keyboard.
///
/// Left paints, right erases; Shift+click draws a straight line from the last point; E, X, R and B choose the tool, [ ]
/// and Ctrl+wheel and Alt-drag the size; I inverts, Delete clears; the wheel zooms at the pointer, Space or the middle
/// button pans; Tab held shows the original (a tap goes to the next widget); Ctrl+Z and Ctrl+Shift+Z undo and redo.
/// Arrow keys move a cursor (eight pixels with Shift), Enter paints there or sets the corners of a rectangle.
class MaskCanvas : public QWidget {
    Q_OBJECT
    Q_PROPERTY(int brushSize READ brushSize WRITE setBrushSize NOTIFY brushSizeChanged)
public:
    explicit MaskCanvas(QWidget* parent = nullptr);
    ~MaskCanvas() override;

    /// Shows the first of the pictures, fitted where it has another size than the last; none where there is none. What
    /// was hidden stays, with its steps and a stroke that is being drawn, only where asked and where the size is the
    /// same. Nobody is told.
    void setPicture(const Images& picture, bool keepMask = false);
    /// The words in place of a picture: what to do to get one.
    void setPlaceholder(const QString& text);
    [[nodiscard]] bool hasPicture() const { return !layers_.isEmpty(); }

    [[nodiscard]] const Mask& mask() const { return editor_.mask(); }
    /// The mask's steps: invert, clear, presets, a mask from a file.
    [[nodiscard]] MaskEditor* editor() { return &editor_; }
    [[nodiscard]] QUndoStack* undoStack() { return editor_.undoStack(); }

    [[nodiscard]] MaskTool tool() const { return tool_; }
    void setTool(MaskTool tool);
    /// Brush becomes eraser and eraser brush.
    void swapTools();

    /// The brush's diameter in pixels of the picture, kept within 1 … 64.
    [[nodiscard]] int brushSize() const { return brushSize_; }
    void setBrushSize(int size);

    /// 1 is 100 %: a pixel of the picture is a logical pixel of the screen.
    [[nodiscard]] double zoom() const { return view_.zoom(); }
    [[nodiscard]] bool isFitted() const { return view_.isFitted(); }
    /// Zooms about the middle.
    void setZoom(double zoom);
    void fit();
    /// Where the picture lies in the widget.
    [[nodiscard]] QRectF pictureRect() const { return view_.pictureRect(); }

    [[nodiscard]] bool showsOriginal() const { return original_; }
    void setShowsOriginal(bool original);

    /// Does what a key says, as if the canvas had the focus; false where it says nothing.
    bool takeKey(QKeyEvent* event);
    /// What a screen reader tells: how much is hidden, the brush, where the cursor is.
    [[nodiscard]] QString stateText() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Something else is hidden; all through a stroke.
    void maskChanged(const lmser::Mask& mask);
    /// A stroke or another step is complete, undone or redone.
    void strokeFinished();
    void brushSizeChanged(int size);
    void toolChanged(lmser::ui::MaskTool tool);
    void zoomChanged(double zoom);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    enum class Drag { none, draw, pan, size };

    void paintSeen(QPainter& painter, const QRect& exposed);
    void paintCursor(QPainter& painter);
    void showMask(const QRect& pixels);
    void syncRoom();
    void viewChanged();
    void showPointer();
    [[nodiscard]] bool showsBrush() const;
    [[nodiscard]] QRect cursorRect() const;
    void moveCursor(const std::optional<QPointF>& picture);
    void tellState();

    void begin(const QPointF& picture, bool opposite, bool straight);
    void beginDrag(QMouseEvent* event);
    void stepSize(int steps);
    void zoomBy(double steps, const QPointF& at);

    bool takeToolKey(int key);
    bool takeViewKey(int key);
    bool takeCursorKey(int key, Qt::KeyboardModifiers modifiers);
    bool takeUndoKey(const QKeyEvent& event);
    void paintAtCursor(Qt::KeyboardModifiers modifiers);
    bool holdTab(const QKeyEvent& event);
    void releaseTab();

    MaskEditor editor_;
    CanvasView view_;
    MaskLayers layers_;
    QString placeholder_;
    MaskTool tool_ = MaskTool::brush;
    int brushSize_ = kUsualBrush;
    std::optional<QPointF> cursor_;  ///< where mouse or keyboard are, in pixels of the picture

    Drag drag_ = Drag::none;
    Qt::MouseButton button_ = Qt::NoButton;
    QPointF dragFrom_;      ///< in the widget
    int sizeFrom_ = 0;      ///< the brush when its size began to be dragged
    int wheelRest_ = 0;     ///< of a wheel that turns in parts of a notch
    bool panning_ = false;  ///< Space is held
    bool original_ = false;
    QElapsedTimer tabHeld_;
    QTimer tabReleased_;      ///< until it is sure that Tab was let go
    bool tabTapped_ = false;  ///< it was held for a moment only
};

}  // namespace lmser::ui
