// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gmock/gmock.h>

#include <QAbstractButton>
#include <QApplication>
#include <QTest>
#include <memory>
#include <vector>

#include "tests/ui/support/fake_prompter.h"
#include "ui/recall/mask_canvas.h"
#include "ui/recall/recall_panel.h"

namespace lmser::ui {

inline constexpr ImageShape kFace{3, 16, 16};

/// Count pictures of one grey each.
inline Images facesOf(float grey, std::size_t count = 1, const ImageShape& shape = kFace) {
    return {shape, std::vector<float>(count * shape.pixels(), grey)};
}

/// The Recall workspace with its inspector beside it, as in the window, and what it asked for.
class RecallFixture : public testing::Test {
protected:
    RecallFixture() {
        QObject::connect(&panel, &RecallPanel::commandRequested, &panel,
                         [this](const Command& command) { asked.push_back(command); });
        prompter = std::make_unique<FakePrompter>(answers);
        panel.setPrompter(prompter.get());
        panel.resize(900, 700);
        panel.show();
        inspector = std::unique_ptr<QWidget>(panel.inspector());
        inspector->setParent(nullptr);
        inspector->resize(296, 900);
        inspector->show();
    }

    /// A network of faces is open; `statistics` of its codes came with it.
    void open(std::uint64_t run = 1, bool statistics = true, const ImageShape& shape = kFace,
              const char* preset = "celeba-recall") {
        RunOpened opened;
        opened.run = run;
        opened.experiment.preset = preset;
        opened.experiment.dataset = "celeba";
        opened.experiment.network.input = shape;
        opened.experiment.training.random_masks = true;
        panel.openRun(opened);
        Exploration exploration;
        exploration.run = run;
        if (statistics) {
            CodeStatistics measured;
            measured.axes = {{1, 0}, {0, 1}};
            measured.axis_std = {2, 1};
            exploration.statistics = std::make_shared<const CodeStatistics>(measured);
        }
        panel.showExploration(exploration);
    }
    /// Twelve samples, of which the first is taken.
    void start() {
        open();
        showSamples(kFace);
        take(last<TakeSample>().id, facesOf(.5F));
    }
    void showSamples(const ImageShape& shape) {
        Samples samples;
        samples.id = last<ShowSamples>().id;
        samples.pictures = facesOf(.5F, 12, shape);
        samples.origin = "made by the model itself";
        panel.showSamples(samples);
    }
    TakenPicture take(std::uint64_t id, const Images& picture,
                      std::shared_ptr<const Images> photo = nullptr) {
        TakenPicture taken;
        taken.id = id;
        taken.picture = picture;
        taken.photo = std::move(photo);
        taken.origin = "a picture";
        taken.points = {{4, 4}, {12, 4}, {8, 12}};
        panel.showTaken(taken);
        return taken;
    }
    RecalledPicture answer(const RecallPicture& request, float grey, double psnr = 20.3) {
        RecalledPicture recalled;
        recalled.id = request.id;
        recalled.recalled = facesOf(grey);
        recalled.composed = facesOf(grey);
        recalled.masked = facesOf(grey);
        recalled.hidden = hidden_count(request.hidden);
        if (recalled.hidden > 0) {
            recalled.network = HoleScore{.01, psnr, .66};
        }
        if (recalled.hidden > 0 && request.settle) {
            recalled.mean_membrane = HoleScore{.016, 18, .5};
            recalled.classical = HoleScore{.034, 14.7, .4};
        }
        panel.showRecalled(recalled);
        return recalled;
    }
    /// Drags over the canvas, one move after another.
    void stroke(int moves = 1) {
        const QPoint from = canvas().pictureRect().topLeft().toPoint() + QPoint(9, 9);
        QTest::mousePress(&canvas(), Qt::LeftButton, {}, from);
        for (int i = 1; i <= moves; ++i) {
            QTest::mouseMove(&canvas(), from + QPoint(20 * i, 20 * i));
        }
        QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, from + QPoint(20 * moves, 20 * moves));
    }

    MaskCanvas& canvas() { return *find<MaskCanvas>("maskCanvas"); }
    template <class Widget>
    Widget* find(const char* name) {
        auto* found = panel.findChild<Widget*>(QLatin1String(name));
        return found != nullptr ? found : inspector->findChild<Widget*>(QLatin1String(name));
    }
    void click(const char* name) { find<QAbstractButton>(name)->click(); }
    template <class Kind>
    std::vector<Kind> all() const {
        std::vector<Kind> found;
        for (const Command& command : asked) {
            if (const auto* one = std::get_if<Kind>(&command)) {
                found.push_back(*one);
            }
        }
        return found;
    }
    template <class Kind>
    Kind last() const {
        const std::vector<Kind> found = all<Kind>();
        return found.empty() ? Kind{} : found.back();
    }

    std::shared_ptr<FakePrompter::Answers> answers = std::make_shared<FakePrompter::Answers>();
    std::unique_ptr<FakePrompter> prompter;
    std::vector<Command> asked;
    RecallPanel panel;
    std::unique_ptr<QWidget> inspector;
};

}  // namespace lmser::ui
