// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <QTest>
#include <cmath>
#include <optional>
#include <variant>
#include <vector>

#include "ui/explore/explore_panel.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/unit_slider.h"

namespace lmser::ui {

/// An ExplorePanel on an open run of six units, with what it asked for. No session: answers are given by hand.
class ExploreTest : public testing::Test {
protected:
    static constexpr std::size_t kUnits = 6;
    static constexpr std::size_t kClasses = 4;  // of openStyle()
    static constexpr int kDeadline = 5000;      // milliseconds for anything that is waited for
    static constexpr double kLow = -4;          // 1st percentile of every unit
    static constexpr double kHigh = 4;

    ExploreTest() {
        panel.resize(1000, 700);
        QObject::connect(&panel, &ExplorePanel::commandRequested, &panel,
                         [this](const Command& command) { commands.push_back(command); });
        QObject::connect(&panel, &ExplorePanel::failed, &panel,
                         [this](const Error& error) { errors.push_back(error); });
    }

    /// Opens run 1, of a network whose first `labels` units carry the label, and `styles` after them the style.
    void open(int labels = 0, int styles = 0) {
        RunOpened run;
        run.run = 1;
        run.experiment.network.layers = {{8}, {static_cast<int>(kUnits)}};
        run.experiment.network.label_units = labels;
        run.experiment.network.style_units = styles;
        panel.openRun(run);
        panel.showExploration(exploration());
        panel.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&panel));
        panel.activateWindow();
        commands.clear();
    }

    /// The statistics of run 1: a mean of 1, a deviation of 1.5, 1–99 % from kLow to kHigh.
    static Exploration exploration(std::int64_t iteration = 100, float wider = 0) {
        Exploration news;
        news.run = 1;
        news.iteration = iteration;
        news.shared_neurons = true;
        UnitStatistics unit;
        unit.minimum = -8;
        unit.maximum = 6;
        unit.percentile_1 = static_cast<float>(kLow) - wider;
        unit.percentile_99 = static_cast<float>(kHigh) + wider;
        unit.mean = 1;
        unit.std = 1.5F;
        unit.histogram.fill(1.0F / 48);
        news.units.assign(kUnits, unit);
        return news;
    }

    void addData() {
        DatasetLoaded data;
        data.test_images = 50;
        data.shape = {1, 28, 28};
        data.classes = {"zero", "one", "two"};
        panel.setDataset(data);
    }

    /// Answers the newest EncodeTestImage.
    void answerEncode(const std::vector<float>& code, int label = 2) {
        Encoded encoded;
        encoded.id = last<EncodeTestImage>()->id;
        encoded.picture = picture(0);
        encoded.reconstruction = picture(.5F);
        encoded.label = label;
        encoded.code = code;
        panel.showEncoded(encoded);
    }

    /// A network of four classes and two styles: the code is [4 classes | 2 styles].
    void openStyle() { open(static_cast<int>(kClasses), 2); }

    /// The newest request for a sheet of this kind.
    [[nodiscard]] std::optional<DecodeSheet> lastSheet(SheetKind kind) const {
        std::optional<DecodeSheet> found;
        for (const DecodeSheet& sheet : all<DecodeSheet>()) {
            found = sheet.kind == kind ? sheet : found;
        }
        return found;
    }

    /// The answer to a request for a sheet: picture i of grey first + i / 10.
    static DecodedSheet answer(const DecodeSheet& asked, std::size_t count, float first) {
        DecodedSheet sheet{
            .id = asked.id, .kind = asked.kind, .codes = asked.codes, .pictures = {}};
        for (std::size_t i = 0; i < count; ++i) {
            const Images one = picture(first + static_cast<float>(i) / 10);
            sheet.pictures.values.insert(sheet.pictures.values.end(), one.values.begin(),
                                         one.values.end());
        }
        return sheet;
    }

    static Images picture(float grey) {
        Images images;
        images.values.assign(images.shape.pixels(), grey);
        return images;
    }

    static DecodedPicture decoded(std::uint64_t id, const std::vector<float>& code, float grey) {
        return {.id = id, .code = code, .picture = picture(grey), .milliseconds = .3};
    }

    template <class T>
    [[nodiscard]] std::vector<T> all() const {
        std::vector<T> found;
        for (const Command& command : commands) {
            if (const T* one = std::get_if<T>(&command)) {
                found.push_back(*one);
            }
        }
        return found;
    }

    template <class T>
    [[nodiscard]] std::optional<T> last() const {
        const auto found = all<T>();
        return found.empty() ? std::nullopt : std::optional<T>(found.back());
    }

    template <class T>
    bool waitFor(std::size_t count = 1) {
        return QTest::qWaitFor([&] { return all<T>().size() >= count; }, kDeadline);
    }

    template <class T>
    T* part(const char* name) {
        T* found = panel.findChild<T*>(QLatin1String(name));
        return found != nullptr ? found : panel.inspector()->findChild<T*>(QLatin1String(name));
    }
    UnitSlider* slider(int number) {
        return panel.findChild<UnitSlider*>(QStringLiteral("unitSlider%1").arg(number));
    }

    /// Where a value stands on a slider.
    static QPoint pointAt(const UnitSlider& slider, double value) {
        constexpr double kRoom = 10;  // left and right of the track, at 100 % text
        const double part = (value - slider.minimum()) / (slider.maximum() - slider.minimum());
        return {static_cast<int>(std::lround(kRoom + part * (slider.width() - 2 * kRoom))),
                slider.height() - 12};
    }

    static void move(UnitSlider& slider, const QPoint& to, Qt::KeyboardModifiers modifiers) {
        QMouseEvent event(QEvent::MouseMove, QPointF(to), slider.mapToGlobal(QPointF(to)),
                          Qt::NoButton, Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(&slider, &event);
    }

    /// Presses the handle, moves by `pixels` in two parts and lets go.
    static void drag(UnitSlider& slider, int pixels, Qt::KeyboardModifiers modifiers = {}) {
        const QPoint from = pointAt(slider, slider.value());
        QTest::mousePress(&slider, Qt::LeftButton, modifiers, from);
        move(slider, from + QPoint(pixels / 2, 0), modifiers);
        move(slider, from + QPoint(pixels, 0), modifiers);
        QTest::mouseRelease(&slider, Qt::LeftButton, modifiers, from + QPoint(pixels, 0));
    }

    /// Turns the wheel over a widget. Qt hands a real one that is ignored to the parents; this does too.
    static void turnWheel(QWidget& widget, int notches) {
        for (QWidget* at = &widget; at != nullptr; at = at->parentWidget()) {
            const QPointF middle = QRectF(at->rect()).center();
            QWheelEvent event(middle, at->mapToGlobal(middle), {}, {0, 120 * notches}, Qt::NoButton,
                              Qt::NoModifier, Qt::NoScrollPhase, false);
            event.ignore();
            QCoreApplication::sendEvent(at, &event);
            if (event.isAccepted()) {
                return;
            }
        }
    }

    /// The value of a pixel of a slider's track.
    static double perPixel(const UnitSlider& slider) {
        constexpr double kRoom = 20;
        return (slider.maximum() - slider.minimum()) / (slider.width() - kRoom);
    }

    ExplorePanel panel;
    std::vector<Command> commands;
    std::vector<Error> errors;
};

}  // namespace lmser::ui
