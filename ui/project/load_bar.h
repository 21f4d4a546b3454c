// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/snapshot.h"
#include "ui/widgets/progress_strip.h"

namespace lmser::ui {

/// A line under the workspaces while the pictures of a dataset are decoded: how far it is, and cancel.
class LoadBar : public ProgressStrip {
    Q_OBJECT
public:
    explicit LoadBar(QWidget* parent = nullptr);

    /// CelebA: 8,400 of 24,000 faces
    void showProgress(const LoadProgress& progress);
};

}  // namespace lmser::ui
