// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QWheelEvent>

#include "core/spec/presets.h"
#include "ui/training/form_fields.h"
#include "ui/training/run_form.h"

namespace lmser::ui {
namespace {

class RunFormTest : public testing::Test {
protected:
    RunFormTest() {
        form_.resize(300, 900);
        form_.setExperiment(preset("lmser-un").value());
        form_.show();
        QObject::connect(&form_, &RunForm::experimentEdited, &form_,
                         [this](const Experiment& experiment) { edits_.push_back(experiment); });
        QObject::connect(&form_, &RunForm::targetEdited, &form_,
                         [this](qint64 target) { targets_.push_back(target); });
        QObject::connect(&form_, &RunForm::learningRateEdited, &form_,
                         [this](double rate) { rates_.push_back(rate); });
    }

    template <class Field>
    Field* field(const char* name) {
        return form_.findChild<Field*>(QLatin1String(name));
    }
    /// Types into a field and presses Enter.
    void enter(const char* name, const QString& text) {
        auto* widget = field<QWidget>(name);
        auto* line = qobject_cast<QLineEdit*>(widget);
        line = line != nullptr ? line : widget->findChild<QLineEdit*>();
        line->setText(text);
        QTest::keyClick(line, Qt::Key_Return);
    }
    QString sentenceOf(const char* name) {
        return field<QLabel>((std::string(name) + "Sentence").c_str())->text();
    }

    RunForm form_;
    std::vector<Experiment> edits_;
    std::vector<qint64> targets_;
    std::vector<double> rates_;
};

TEST_F(RunFormTest, GivesTheExperimentOfEveryPresetBack) {
    for (const Preset& one : presets()) {
        form_.setExperiment(one.experiment);
        EXPECT_EQ(form_.experiment(), one.experiment) << one.name;
        // Taking a value anew reads every digit that is shown.
        enter("seed", QStringLiteral("77"));
        Experiment expected = one.experiment;
        expected.seed = 77;
        EXPECT_EQ(form_.experiment(), expected) << one.name;
    }
}

TEST_F(RunFormTest, TellsAValueInRange) {
    enter("batch", QStringLiteral("100"));
    ASSERT_EQ(edits_.size(), 1U);
    EXPECT_EQ(edits_.front().training.batch, 100);
}

TEST_F(RunFormTest, TakesLayersAndRefusesWhatIsNotLayersWithASentence) {
    enter("layers", QStringLiteral("200, 20"));
    ASSERT_EQ(edits_.size(), 1U);
    EXPECT_EQ(edits_.front().network.layers, (std::vector<Layer>{{200}, {20}}));
    enter("layers", QStringLiteral("200, many"));
    EXPECT_EQ(edits_.size(), 1U);
    EXPECT_TRUE(sentenceOf("layers").contains(QStringLiteral("many")));
    enter("layers", QStringLiteral("200, 0"));
    EXPECT_EQ(edits_.size(), 1U);
    EXPECT_FALSE(sentenceOf("layers").isEmpty());
    enter("layers", QStringLiteral("30"));
    EXPECT_TRUE(sentenceOf("layers").isEmpty());
}

TEST_F(RunFormTest, RefusesAValueOutOfRangeWithASentence) {
    enter("decay", QStringLiteral("1.5"));
    EXPECT_TRUE(edits_.empty());
    EXPECT_FALSE(sentenceOf("decay").isEmpty());
    EXPECT_NE(form_.experiment().training.decay, 1.5);
}

TEST_F(RunFormTest, TakesValuesThatWantEachOtherTogether) {
    enter("labelUnits", QStringLiteral("10"));
    EXPECT_TRUE(edits_.empty());
    EXPECT_FALSE(sentenceOf("labelUnits").isEmpty());
    enter("labelWeight", QStringLiteral("1"));
    ASSERT_EQ(edits_.size(), 1U);
    EXPECT_EQ(edits_.front().network.label_units, 10);
    EXPECT_EQ(edits_.front().training.label_weight, 1);
    EXPECT_TRUE(sentenceOf("labelUnits").isEmpty());
}

TEST_F(RunFormTest, ActsOnTheRunAtOnceWithTargetAndLearningRate) {
    form_.setRunning(true, 1e-3);
    enter("iterations", QStringLiteral("10,000"));
    enter("learningRate", QStringLiteral("5e-4"));
    EXPECT_THAT(targets_, testing::ElementsAre(10000));
    EXPECT_THAT(rates_, testing::ElementsAre(5e-4));
    EXPECT_TRUE(edits_.empty());
    EXPECT_EQ(form_.experiment().training.learning_rate,
              preset("lmser-un").value().training.learning_rate);
}

TEST_F(RunFormTest, TakesWhatIsTypedBeforeF5Acts) {
    auto* line = field<NumberEdit>("iterations")->findChild<QLineEdit*>();
    line->setText(QStringLiteral("123"));
    QKeyEvent shortcut(QEvent::ShortcutOverride, Qt::Key_F5, Qt::NoModifier);
    QCoreApplication::sendEvent(field<NumberEdit>("iterations"), &shortcut);
    EXPECT_EQ(form_.experiment().training.iterations, 123);
}

TEST_F(RunFormTest, SaysWhySumFusionWantsOneReflection) {
    auto* note = field<QLabel>("reflectionsNote");
    EXPECT_TRUE(note->isHidden());
    enter("reflections", QStringLiteral("3"));
    EXPECT_FALSE(note->isHidden());
    EXPECT_TRUE(note->text().contains(QStringLiteral("diverges")));
}

TEST_F(RunFormTest, IsNotChangedByTheWheelWithoutFocus) {
    const Experiment before = form_.experiment();
    for (const char* name : {"iterations", "learningRate", "fusion", "activation"}) {
        auto* widget = field<QWidget>(name);
        widget->clearFocus();
        QWheelEvent wheel(QPointF(5, 5), widget->mapToGlobal(QPointF(5, 5)), {}, {0, -120},
                          Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(widget, &wheel);
    }
    EXPECT_EQ(form_.experiment(), before);
    EXPECT_TRUE(edits_.empty());
    EXPECT_EQ(field<QComboBox>("fusion")->currentIndex(), 0);
}

TEST_F(RunFormTest, CopiesTheExperimentAsACommand) {
    field<QPushButton>("copyAsCommand")->click();
    EXPECT_EQ(QApplication::clipboard()->text().toStdString(), as_command(form_.experiment()));
}

TEST_F(RunFormTest, NamesEveryControlForAssistiveTools) {
    for (QWidget* control : form_.findChildren<QWidget*>()) {
        if (control->focusPolicy() & Qt::TabFocus &&
            control->objectName() != QLatin1String("qt_spinbox_lineedit")) {
            EXPECT_FALSE(control->accessibleName().isEmpty())
                << control->objectName().toStdString() << control->metaObject()->className();
            EXPECT_FALSE(control->toolTip().isEmpty()) << control->objectName().toStdString();
        }
    }
}

}  // namespace
}  // namespace lmser::ui
