// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QStringList>
#include <QWidget>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/spec/network_spec.h"

class QLabel;
class QSpinBox;
class QVBoxLayout;

namespace lmser::ui {

class ChipButton;
class ImageView;

/// The Inspector of Explore: the start picture, live or kept weights, shortcuts, the code as text. Shows what
/// it is given and asks through signals.
class ExploreInspector : public QWidget {
    Q_OBJECT
public:
    explicit ExploreInspector(QWidget* parent = nullptr);

    /// How many test pictures there are to start from; none without data that fits the network.
    void setTestImages(std::int64_t count, const std::vector<std::string>& classes);
    [[nodiscard]] std::size_t testImage() const;

    /// `label` is -1 where the picture has none.
    void showStart(const QImage& original, const QImage& reconstruction, int label);
    void clearStart();

    void setFollowsLive(bool live);
    void setIteration(std::int64_t iteration);

    /// Shortcuts exist in networks with shared neurons only.
    void setWiring(bool sharedNeurons, Fusion fusion);
    void setCode(const QString& text);

Q_SIGNALS:
    void testImageRequested(std::size_t index);
    void followLiveRequested(bool live);
    void shortcutsToggled(bool on);
    void copyRequested();
    void pasteRequested();

private:
    QVBoxLayout* section(const QString& head, QWidget** whole = nullptr);
    void buildStart();
    void buildChooser();
    void buildWeights();
    void buildShortcuts();
    void buildCode();
    void step(int by);
    void chooseAtRandom();
    ChipButton* chip(const QString& name, const QString& text, const QString& tip, bool checkable);

    QStringList classes_;
    ImageView* original_ = nullptr;
    ImageView* reconstruction_ = nullptr;
    QLabel* startLabel_ = nullptr;
    QWidget* chooser_ = nullptr;
    QSpinBox* index_ = nullptr;
    ChipButton* followLive_ = nullptr;
    ChipButton* keepSnapshot_ = nullptr;
    QLabel* iteration_ = nullptr;
    QWidget* shortcutsSection_ = nullptr;
    ChipButton* shortcuts_ = nullptr;
    QLabel* shortcutsWhy_ = nullptr;
    QLabel* code_ = nullptr;
};

}  // namespace lmser::ui
