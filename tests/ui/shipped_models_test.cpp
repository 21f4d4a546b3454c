// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <QDialog>
#include <QFile>
#include <QTabBar>
#include <QTest>
#include <QTextBrowser>

#include "tests/ui/support/wait.h"
#include "tests/ui/support/window_bench.h"
#include "ui/project/project_panel.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/choice_card.h"
#include "ui/widgets/help_dialogs.h"

namespace lmser::ui {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

WindowOptions withModels() {
    WindowOptions options;
    options.shipped = {{QStringLiteral("mnist-cnn-gen"), QStringLiteral("conv · MNIST"), {}},
                       {QStringLiteral("mnist-gen"), QStringLiteral("dense · MNIST"), {}}};
    return options;
}

/// The answer to OpenModel of a shipped model.
RunOpened opened(const std::string& name, bool trainable = true) {
    RunOpened run;
    run.run = 1;
    run.iteration = 20'000;
    run.source = "/somewhere/models/" + name + ".safetensors";
    run.trainable = trainable;
    run.experiment.preset = "lmser-sup";
    run.experiment.dataset = "mnist";
    return run;
}

std::vector<std::string> openedModels(const WindowBench& bench) {
    std::vector<std::string> names;
    for (const OpenModel& command : bench.commands<OpenModel>()) {
        names.push_back(command.model);
    }
    return names;
}

ChoiceCard* card(const WindowBench& bench, const char* name) {
    return bench.find<ChoiceCard>(name);
}

TEST(ShippedModels, TheFirstStartShowsOneOnTheExploreTab) {
    WindowBench bench(withModels());
    bench.startEngine();
    EXPECT_THAT(openedModels(bench), ElementsAre("mnist-cnn-gen"));
    EXPECT_THAT(bench.commands<NewRun>(), IsEmpty());
    EXPECT_EQ(bench.find<QTabBar>("workspaceTabs")->currentIndex(), 1);
}

TEST(ShippedModels, AModelThatWasAskedForComesFirst) {
    WindowOptions options = withModels();
    options.model = QStringLiteral("/home/me/run");
    WindowBench bench(options);
    bench.startEngine();
    EXPECT_THAT(openedModels(bench), ElementsAre("/home/me/run"));
}

TEST(ShippedModels, AQuestionOfRecoveryComesFirst) {
    WindowOptions options = withModels();
    options.recoverable = {{"/recovery/a", {}, 3400}};
    WindowBench bench(options);
    bench.startEngine();
    EXPECT_THAT(openedModels(bench), IsEmpty());
    EXPECT_THAT(bench.commands<NewRun>(), SizeIs(1));
}

TEST(ShippedModels, WithoutThemTheStartIsANewRun) {
    WindowBench bench;
    bench.startEngine();
    EXPECT_THAT(bench.commands<NewRun>(), SizeIs(1));
    EXPECT_EQ(bench.find<QTabBar>("workspaceTabs")->currentIndex(), 0);
}

TEST(ShippedModels, WhereTheFirstCannotBeOpenedANewRunBegins) {
    WindowBench bench(withModels());
    bench.startEngine();
    bench.reply(Failed{"open", {ErrorCode::bad_data, "cannot open 'x'", "Reinstall"}});
    EXPECT_THAT(bench.commands<NewRun>(), SizeIs(1));
    EXPECT_THAT(bench.find<BannerArea>("bannerArea")->banners(), SizeIs(1));
}

TEST(ShippedModels, AClickOpensOneAndItsCardIsFramedOnceItIsThere) {
    WindowBench bench(withModels());
    bench.startEngine();
    bench.reply(opened("mnist-cnn-gen"));
    EXPECT_TRUE(card(bench, "model-mnist-cnn-gen")->isChecked());
    card(bench, "model-mnist-gen")->click();
    EXPECT_THAT(openedModels(bench), ElementsAre("mnist-cnn-gen", "mnist-gen"));
    EXPECT_TRUE(card(bench, "model-mnist-cnn-gen")->isChecked()) << "it may not come";
    bench.reply(opened("mnist-gen"));
    EXPECT_TRUE(card(bench, "model-mnist-gen")->isChecked());
    EXPECT_FALSE(card(bench, "model-mnist-cnn-gen")->isChecked());
    EXPECT_TRUE(bench.window->settings().recent.isEmpty()) << "it is no file of the user's";
}

TEST(ShippedModels, APresetTakesTheFrameOver) {
    WindowBench bench(withModels());
    bench.startEngine();
    bench.reply(opened("mnist-cnn-gen"));
    card(bench, "preset-ae")->click();
    EXPECT_TRUE(card(bench, "preset-ae")->isChecked());
    EXPECT_FALSE(card(bench, "model-mnist-cnn-gen")->isChecked());
}

TEST(ShippedModels, WithoutDataNoneIsNeeded) {
    WindowBench bench(withModels());
    bench.startEngine();
    bench.reply(opened("mnist-cnn-gen", false));
    EXPECT_TRUE(bench.find<QWidget>("noDataNeeded")->isVisible());
    EXPECT_FALSE(card(bench, "dataset-mnist")->isChecked());
    DatasetLoaded data;
    data.name = "strokes";
    bench.reply(data);
    EXPECT_TRUE(bench.find<QWidget>("noDataNeeded")->isVisible()) << "they stand in for it";
    data.name = "mnist";
    bench.reply(data);
    EXPECT_FALSE(bench.find<QWidget>("noDataNeeded")->isVisible());
}

TEST(ShippedModels, TheDetailsOfOneCanBeRead) {
    QTemporaryDir folder;
    WindowOptions options = withModels();
    options.shipped[0].details = folder.filePath(QStringLiteral("mnist-cnn-gen.md"));
    QFile file(options.shipped[0].details);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("# mnist-cnn-gen\n\nLicence of the data: CC BY-SA 3.0\n");
    file.close();
    const ModelCardDialog dialog(QStringLiteral("mnist-cnn-gen"), options.shipped[0].details,
                                 nullptr);
    const auto* text = dialog.findChild<QTextBrowser*>(QStringLiteral("modelCardText"));
    EXPECT_TRUE(text->toPlainText().contains(QStringLiteral("CC BY-SA 3.0")));
    EXPECT_TRUE(text->isReadOnly());
}

TEST(ShippedModels, OneWithoutADescriptionSaysSo) {
    const ModelCardDialog dialog(QStringLiteral("mine"), QStringLiteral("/nowhere/mine.md"),
                                 nullptr);
    const auto* text = dialog.findChild<QTextBrowser*>(QStringLiteral("modelCardText"));
    EXPECT_TRUE(text->toPlainText().contains(QStringLiteral("mine")));
}

TEST(ShippedModels, TheDetailsButtonAsksForThemAndOpensNothing) {
    ProjectPanel panel;
    panel.setShippedModels({{QStringLiteral("mnist-gen"), QStringLiteral("dense"), {}}});
    QStringList wanted;
    QStringList models;
    QObject::connect(&panel, &ProjectPanel::detailsWanted, &panel,
                     [&](const QString& name) { wanted << name; });
    QObject::connect(&panel, &ProjectPanel::modelChosen, &panel,
                     [&](const QString& name) { models << name; });
    panel.show();
    auto* button = panel.findChild<QAbstractButton*>(QStringLiteral("details-mnist-gen"));
    QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_EQ(wanted, QStringList{QStringLiteral("mnist-gen")});
    EXPECT_TRUE(models.isEmpty());
}

}  // namespace
}  // namespace lmser::ui
