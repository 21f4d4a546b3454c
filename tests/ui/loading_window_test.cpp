// SPDX-License-Identifier: GPL-3.0-or-later
// Datasets in the window: how far one is decoded, how that is cancelled, one's own pictures, what is told of them.
#include <gmock/gmock.h>

#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QProgressBar>
#include <QTest>
#include <QUrl>

#include "tests/ui/support/wait.h"
#include "tests/ui/support/window_bench.h"
#include "ui/training/run_form.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/choice_card.h"

namespace lmser::ui {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

DatasetLoaded loaded(const std::string& name, const ImageShape& shape = {1, 28, 28}) {
    DatasetLoaded dataset;
    dataset.name = name;
    dataset.title = name;
    dataset.folder = "/data/" + name;
    dataset.shape = shape;
    return dataset;
}

/// A new run on MNIST, with iterations that no file holds where it is trained.
void begin(WindowBench& bench, bool trained = false) {
    bench.startEngine();
    bench.reply(loaded("mnist"));
    bench.openRun(1);
    if (trained) {
        bench.show(WindowBench::at(1, 700));
    }
}

void showProgress(WindowBench& bench, std::size_t done = 8400) {
    bench.record->news.loading = LoadProgress{"celeba", "CelebA", done, 24'000};
    bench.reply();
}

ChoiceCard* card(const WindowBench& bench, const char* name) {
    return bench.find<ChoiceCard>(name);
}

QWidget* loadBar(const WindowBench& bench) {
    return bench.find<QWidget>("loadBar");
}

std::string datasetInForm(const WindowBench& bench) {
    return bench.find<RunForm>("runForm")->experiment().dataset;
}

void drop(WindowBench& bench, const QString& path) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(bench.window.get(), &enter);
    ASSERT_TRUE(enter.isAccepted());
    QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(bench.window.get(), &event);
}

TEST(LoadingWindow, ABarTellsHowManyPicturesAreDecoded) {
    WindowBench bench;
    begin(bench);
    EXPECT_FALSE(loadBar(bench)->isVisible());
    showProgress(bench);
    EXPECT_TRUE(loadBar(bench)->isVisible());
    EXPECT_EQ(bench.find<QLabel>("loadWords")->text(),
              QStringLiteral("CelebA: 8,400 of 24,000 faces"));
    EXPECT_EQ(bench.find<QProgressBar>("loadProgress")->value(), 8400);
    EXPECT_EQ(bench.find<QProgressBar>("loadProgress")->maximum(), 24'000);
    EXPECT_EQ(card(bench, "dataset-celeba")->detail(), QStringLiteral("loading…"));
}

TEST(LoadingWindow, CancelIsReachedWithTheKeyboard) {
    WindowBench bench;
    begin(bench);
    showProgress(bench);
    auto* cancel = bench.find<QAbstractButton>("loadCancel");
    EXPECT_NE(cancel->focusPolicy() & Qt::TabFocus, 0);
    cancel->setFocus();
    QTest::keyClick(cancel, Qt::Key_Space);
    EXPECT_THAT(bench.commands<CancelLoad>(), SizeIs(1));
}

TEST(LoadingWindow, TheBarGoesHoweverTheLoadEnds) {
    WindowBench bench;
    begin(bench);
    const Reply ends[] = {loaded("celeba"), LoadCancelled{"load", "celeba", "CelebA"},
                          Failed{"new", {ErrorCode::io, "the disk is full", "Make room"}},
                          Failed{"load", {ErrorCode::io, "the disk is full", "Make room"}}};
    for (const Reply& end : ends) {
        showProgress(bench);
        ASSERT_TRUE(loadBar(bench)->isVisible());
        bench.reply(end);
        EXPECT_FALSE(loadBar(bench)->isVisible()) << end.index();
    }
}

TEST(LoadingWindow, AnotherFailureLeavesTheBar) {
    WindowBench bench;
    begin(bench);
    showProgress(bench);
    bench.reply(Failed{"export", {ErrorCode::io, "the disk is full", "Make room"}});
    EXPECT_TRUE(loadBar(bench)->isVisible());
}

TEST(LoadingWindow, ACancelledChoiceLeavesTheRunAndTheForm) {
    WindowBench bench;
    begin(bench);
    const Experiment before = bench.find<RunForm>("runForm")->experiment();
    card(bench, "dataset-celeba")->click();
    EXPECT_EQ(datasetInForm(bench), "celeba");
    showProgress(bench);
    bench.reply(LoadCancelled{"new", "celeba", "CelebA"});
    EXPECT_EQ(bench.find<RunForm>("runForm")->experiment(), before);
    EXPECT_TRUE(card(bench, "dataset-mnist")->isChecked());
    EXPECT_EQ(card(bench, "dataset-celeba")->detail(),
              QStringLiteral("faces, 128×128; for research alone"));
    EXPECT_THAT(bench.find<BannerArea>("bannerArea")->banners(), IsEmpty());
    const std::size_t runs = bench.commands<NewRun>().size();
    bench.find<QAction>("actionStartPause")->trigger();
    EXPECT_THAT(bench.commands<Start>(), SizeIs(1));
    EXPECT_THAT(bench.commands<NewRun>(), SizeIs(runs));
}

TEST(LoadingWindow, ACancelledChoiceBesideATrainedRunIsTakenBackToo) {
    WindowBench bench;
    begin(bench, true);
    card(bench, "dataset-celeba")->click();
    ASSERT_THAT(bench.commands<LoadDataset>(), SizeIs(1));
    bench.reply(LoadCancelled{"load", "celeba", "CelebA"});
    EXPECT_EQ(datasetInForm(bench), "mnist");
    EXPECT_TRUE(card(bench, "dataset-mnist")->isChecked());
}

TEST(LoadingWindow, AChoiceThatIsThereAlreadyIsNotShownAsLoading) {
    WindowBench bench;
    begin(bench);
    const QString detail = card(bench, "dataset-mnist")->detail();
    card(bench, "dataset-mnist")->click();
    EXPECT_EQ(card(bench, "dataset-mnist")->detail(), detail);
}

TEST(LoadingWindow, NotesStandOnTheCardAndInFullInItsTooltip) {
    WindowBench bench;
    begin(bench);
    DatasetLoaded dataset = loaded("celeba");
    dataset.notes = {
        "178599 of the 202599 faces listed are not there; 24000 are used",
        "7 faces are left out, as no picture can be read from " + std::string(200, 'a') + "end",
        "a third"};
    bench.reply(dataset);
    const auto* note = card(bench, "dataset-celeba")->findChild<QLabel*>("cardNote");
    EXPECT_TRUE(note->isVisible());
    EXPECT_TRUE(note->text().startsWith(QStringLiteral("178599 of the 202599 faces")));
    EXPECT_TRUE(note->text().contains(QStringLiteral("\n7 faces are left out")));
    EXPECT_FALSE(note->text().contains(QStringLiteral("end")));
    EXPECT_TRUE(note->text().endsWith(QStringLiteral("and 1 more")));
    for (const char* words : {"/data/celeba", "aend", "A third"}) {
        EXPECT_TRUE(card(bench, "dataset-celeba")->toolTip().contains(QLatin1String(words)))
            << words;
    }
    dataset.notes.clear();
    bench.reply(dataset);
    EXPECT_FALSE(note->isVisible());
}

TEST(LoadingWindow, AFolderOfPicturesIsTheDataOnceItIsLoaded) {
    WindowBench bench;
    begin(bench);
    bench.answers->path = QStringLiteral("/pictures");
    card(bench, "dataset-folder")->click();
    ASSERT_TRUE(waitUntil([&] { return bench.commands<LoadDataset>().size() == 1; }));
    const LoadDataset asked = bench.commands<LoadDataset>()[0];
    EXPECT_EQ(asked.name, "folder");
    EXPECT_EQ(asked.folder, "/pictures");
    EXPECT_EQ(asked.shape, (ImageShape{3, 64, 64}));
    EXPECT_EQ(datasetInForm(bench), "mnist") << "it may be no folder of pictures";
    EXPECT_TRUE(card(bench, "dataset-mnist")->isChecked());
    bench.reply(loaded("folder", {3, 64, 64}));
    const NewRun run = bench.commands<NewRun>().back();
    EXPECT_EQ(run.experiment.preset, "celeba-recall-64");
    EXPECT_EQ(run.experiment.dataset, "folder");
    EXPECT_EQ(run.folder, "/pictures");
    EXPECT_TRUE(card(bench, "dataset-folder")->isChecked());
    EXPECT_EQ(bench.window->settings().pictureFolder, QStringLiteral("/pictures"));
    card(bench, "preset-cnn-lmser-un")->click();
    EXPECT_EQ(bench.commands<NewRun>().back().experiment.dataset, "folder") << "it fits them all";
}

TEST(LoadingWindow, WithoutAnAnswerTheDataStay) {
    WindowBench bench;
    begin(bench);
    card(bench, "dataset-folder")->click();
    EXPECT_TRUE(waitUntil([&] { return card(bench, "dataset-mnist")->isChecked(); }));
    EXPECT_THAT(bench.commands<LoadDataset>(), IsEmpty());
}

TEST(LoadingWindow, ADroppedFolderOfPicturesIsLoadedToo) {
    WindowBench bench;
    begin(bench);
    QTemporaryDir pictures;
    drop(bench, pictures.path());
    ASSERT_THAT(bench.commands<LoadDataset>(), SizeIs(1));
    EXPECT_EQ(bench.commands<LoadDataset>()[0].folder, pictures.path().toStdString());
    EXPECT_THAT(bench.commands<OpenModel>(), IsEmpty());
}

TEST(LoadingWindow, AFolderWithoutPicturesIsRefusedAndNothingChanges) {
    WindowBench bench;
    begin(bench);
    QTemporaryDir pictures;
    drop(bench, pictures.path());
    bench.reply(Failed{"load",
                       {ErrorCode::bad_data, "cannot use 'x' as a dataset: it has 0 pictures",
                        "Name a folder of pictures"}});
    const auto banners = bench.find<BannerArea>("bannerArea")->banners();
    ASSERT_THAT(banners, SizeIs(1));
    EXPECT_TRUE(banners[0]->message().contains(QStringLiteral("0 pictures")));
    EXPECT_EQ(datasetInForm(bench), "mnist");
    EXPECT_TRUE(card(bench, "dataset-mnist")->isChecked());
    EXPECT_EQ(card(bench, "dataset-folder")->detail(),
              QStringLiteral("your own PNG and JPEG files…"));
    EXPECT_TRUE(bench.window->settings().pictureFolder.isEmpty());
}

TEST(LoadingWindow, DataThatAModelDoesNotHaveAreNotFramed) {
    WindowBench bench;
    begin(bench);
    RunOpened run;
    run.run = 2;
    run.iteration = 100;
    run.source = "/models/faces.safetensors";
    run.experiment = *preset("celeba-recall");
    bench.reply(run);
    EXPECT_TRUE(card(bench, "dataset-celeba")->isChecked()) << "they may come";
    bench.reply(RunCompleted{2, false});
    EXPECT_FALSE(card(bench, "dataset-celeba")->isChecked());
    EXPECT_TRUE(bench.find<QWidget>("noDataNeeded")->isVisible());
    auto* form = bench.find<RunForm>("runForm");
    Q_EMIT form->experimentEdited(form->experiment());
    EXPECT_FALSE(card(bench, "dataset-celeba")->isChecked());
    bench.reply(loaded("celeba", {3, 128, 128}));
    EXPECT_TRUE(card(bench, "dataset-celeba")->isChecked());
    EXPECT_FALSE(bench.find<QWidget>("noDataNeeded")->isVisible());
}

}  // namespace
}  // namespace lmser::ui
