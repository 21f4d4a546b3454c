// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/base/mask.h"
#include "ui/recall/mask_canvas.h"

class QMenu;

namespace lmser::ui {

class BrushSize;
class ChipButton;

/// The tools above a MaskCanvas: tool, size, presets, steps and zoom, in as many lines as the width asks for. Keys of
/// the canvas work here too.
class BrushBar : public QWidget {
    Q_OBJECT
public:
    /// The canvas lives as long as the bar.
    explicit BrushBar(MaskCanvas* canvas, QWidget* parent = nullptr);

    /// Whether the picture is a face, which has eyes and a mouth to hide.
    void setFaces(bool faces);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    ChipButton* chip(const char* name, const QString& text, const QString& tip);
    ChipButton* chip(const char* name, const char* iconName, const QString& text,
                     const QString& tip);
    void addTools();
    void addTool(MaskTool tool, ChipButton* chip);
    void addSteps();
    void addWholes();
    void addPresets();
    ChipButton* addPreset(MaskPreset preset, ChipButton* chip);
    void addZoom();
    void addZoomTo(QMenu* menu, int percent);
    void showZoom(double zoom);

    MaskCanvas* canvas_;
    BrushSize* size_;
    ChipButton* zoom_ = nullptr;
    ChipButton* eyes_ = nullptr;
    ChipButton* mouth_ = nullptr;
};

}  // namespace lmser::ui
