// SPDX-License-Identifier: GPL-3.0-or-later
// The choice among the ways to remember, in the Recall workspace.
#include <QLabel>

#include "tests/ui/recall_fixture.h"
#include "tests/ui/support/wait.h"
#include "ui/widgets/picture_sheet.h"

namespace lmser::ui {
namespace {

using testing::SizeIs;

class ModelSectionTest : public RecallFixture {
protected:
    ModelSectionTest() {
        QObject::connect(&panel, &RecallPanel::trainingWanted, &panel,
                         [this](const QString& name) { trained << name; });
        QObject::connect(&panel, &RecallPanel::modelWanted, &panel,
                         [this](const QString& path) { opened << path; });
    }
    /// What stands on the card of a way besides its sentence.
    QString state(const char* name) {
        return find<QLabel>((std::string("state-") + name).c_str())->text();
    }

    QStringList trained;
    QStringList opened;
};

TEST_F(ModelSectionTest, AWayThatIsNotThereIsTrainedAndOneThatIsIsOpened) {
    panel.setShippedModels({QStringLiteral("celeba-recall"), QStringLiteral("mnist-gen")});
    click("use-celeba-recall-paper");
    click("use-celeba-recall");
    ASSERT_TRUE(waitUntil([this] { return !opened.isEmpty(); }));
    EXPECT_EQ(trained, QStringList{QStringLiteral("celeba-recall-paper")});
    EXPECT_EQ(opened, QStringList{QStringLiteral("celeba-recall")});
}

TEST_F(ModelSectionTest, EveryWayThatComesWithTheProgramIsOpenedByItsName) {
    const QStringList names{QStringLiteral("celeba-recall-paper"),
                            QStringLiteral("celeba-recall-shared")};
    panel.setShippedModels(names);
    open();
    click("use-celeba-recall-paper");
    click("use-celeba-recall-shared");
    ASSERT_TRUE(waitUntil([this] { return opened.size() == 2; }));
    EXPECT_EQ(opened, names);
    EXPECT_EQ(trained, QStringList());
}

TEST_F(ModelSectionTest, ARunThatWasSavedCanBeOpenedAgain) {
    open(1, true, kFace, "celeba-recall-shared");
    panel.setRunPath(QStringLiteral("/home/me/shared"));
    open(2);
    click("use-celeba-recall-shared");
    ASSERT_TRUE(waitUntil([this] { return !opened.isEmpty(); }));
    EXPECT_EQ(opened, QStringList{QStringLiteral("/home/me/shared")});
}

TEST_F(ModelSectionTest, OneHoleIsComparedAmongTheWays) {
    start();
    stroke();
    const RecallPicture before = last<RecallPicture>();
    answer(before, .4F, 20.3);
    EXPECT_EQ(state("celeba-recall"), QStringLiteral("open now · 20.3 dB in this hole"));
    open(2, true, kFace, "celeba-recall-paper");
    EXPECT_EQ(last<RecallPicture>().hidden, before.hidden) << "the mask stays";
    EXPECT_EQ(last<RecallPicture>().picture, before.picture) << "and the face";
    showSamples(kFace);
    EXPECT_FALSE(find<PictureSheet>("recallSamples")->present()) << "which is none of its own";
    EXPECT_EQ(state("celeba-recall-paper"), QStringLiteral("open now"));
    answer(before, .4F, 3);
    EXPECT_EQ(state("celeba-recall-paper"), QStringLiteral("open now")) << "of another network";
    answer(last<RecallPicture>(), .4F, 17.14);
    EXPECT_EQ(state("celeba-recall-paper"), QStringLiteral("open now · 17.1 dB in this hole"));
    EXPECT_EQ(state("celeba-recall"), QStringLiteral("20.3 dB in this hole"));
    EXPECT_TRUE(find<QAbstractButton>("use-celeba-recall")->isVisibleTo(inspector.get()));
    EXPECT_FALSE(find<QAbstractButton>("use-celeba-recall-paper")->isVisibleTo(inspector.get()));
}

TEST_F(ModelSectionTest, AnotherHoleOrPictureIsNotComparedWithTheOneBefore) {
    const auto score = [this] {
        answer(last<RecallPicture>(), .4F);
        return state("celeba-recall").contains(QStringLiteral("dB"));
    };
    start();
    stroke();
    ASSERT_TRUE(score());
    stroke(2);
    EXPECT_EQ(state("celeba-recall"), QStringLiteral("open now"));
    ASSERT_TRUE(score());
    click("keepMask");
    click("recallSample2");
    take(last<TakeSample>().id, facesOf(.6F));
    EXPECT_EQ(state("celeba-recall"), QStringLiteral("open now"));
    ASSERT_TRUE(score());
}

}  // namespace
}  // namespace lmser::ui
