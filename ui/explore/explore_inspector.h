// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QStringList>
#include <QWidget>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/spec/network_spec.h"

class QLabel;
class QSpinBox;
class QVBoxLayout;

namespace lmser::ui {

class CategoryChooser;
class ChipButton;
class DrawPad;
class ImageView;

/// The Inspector of Explore: the category, reflections and shortcuts, what to start from, live or kept weights, the
/// code as text. Shows what it is given and asks through signals.
class ExploreInspector : public QWidget {
    Q_OBJECT
public:
    explicit ExploreInspector(QWidget* parent = nullptr);

    /// How many test pictures there are to start from; none without data that fits the network.
    void setTestImages(std::int64_t count, const std::vector<std::string>& classes);
    [[nodiscard]] std::size_t testImage() const;

    /// The start picture; `words` tell where it is from or what was done to it.
    void showStart(const QImage& original, const QImage& reconstruction, const QString& words);
    void clearStart();
    /// The class with this number; a number where it has no name.
    [[nodiscard]] QString className(int label) const;

    [[nodiscard]] CategoryChooser* category() const;
    [[nodiscard]] DrawPad* drawPad() const;
    /// Only codes with a style have a category to choose.
    void setCategoryShown(bool shown);
    void setReflections(int reflections);

    void setFollowsLive(bool live);
    void setIteration(std::int64_t iteration);

    /// Shortcuts exist in networks with shared neurons only.
    void setWiring(bool sharedNeurons, Fusion fusion);
    void setCode(const QString& text);

Q_SIGNALS:
    void testImageRequested(std::size_t index);
    void followLiveRequested(bool live);
    void shortcutsToggled(bool on);
    void reflectionsChosen(int reflections);
    void openPictureRequested();
    void pastePictureRequested();
    void copyRequested();
    void pasteRequested();
    void saveRequested();
    void openRequested();

private:
    QVBoxLayout* section(const QString& head, QWidget** whole = nullptr);
    void buildCategory();
    void buildShared();
    void buildStart();
    QWidget* buildPictures();
    void buildChooser();
    void buildWeights();
    void buildCode();
    void addCodeActions(QVBoxLayout* body);
    void step(int by);
    void chooseAtRandom();
    ChipButton* chip(const QString& name, const QString& text, const QString& tip, bool checkable);

    QStringList classes_;
    QWidget* categorySection_ = nullptr;
    CategoryChooser* category_ = nullptr;
    DrawPad* drawPad_ = nullptr;
    QWidget* pictures_ = nullptr;
    ImageView* original_ = nullptr;
    ImageView* reconstruction_ = nullptr;
    QLabel* startLabel_ = nullptr;
    QWidget* chooser_ = nullptr;
    QSpinBox* index_ = nullptr;
    ChipButton* followLive_ = nullptr;
    ChipButton* keepSnapshot_ = nullptr;
    QLabel* iteration_ = nullptr;
    QWidget* sharedSection_ = nullptr;
    QSpinBox* reflections_ = nullptr;
    ChipButton* shortcuts_ = nullptr;
    QLabel* shortcutsWhy_ = nullptr;
    QLabel* code_ = nullptr;
};

}  // namespace lmser::ui
