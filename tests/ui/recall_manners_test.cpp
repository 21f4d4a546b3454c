// SPDX-License-Identifier: GPL-3.0-or-later
// What Recall must not do behind the user's back.
#include <QComboBox>
#include <QLabel>
#include <QSpinBox>
#include <QUndoStack>
#include <QWheelEvent>

#include "tests/ui/recall_fixture.h"
#include "tests/ui/support/wait.h"

namespace lmser::ui {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class RecallMannersTest : public RecallFixture {};

/// Whether the wheel was left to what the widget lies in.
bool leavesWheel(QWidget* widget) {
    QWheelEvent event({5, 5}, {5, 5}, {}, {0, -120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
    event.accept();
    QCoreApplication::sendEvent(widget, &event);
    return !event.isAccepted();
}

TEST_F(RecallMannersTest, TheWheelOverAFieldOfTheInspectorChangesNothing) {
    start();
    asked.clear();
    for (const char* name :
         {"recallFill", "recallRounds", "recallComposition", "membraneRounds", "recallTest"}) {
        auto* field = find<QWidget>(name);
        EXPECT_TRUE(leavesWheel(field)) << name;
        EXPECT_EQ(field->focusPolicy() & Qt::WheelFocus, Qt::StrongFocus) << name;
    }
    EXPECT_THAT(asked, IsEmpty());
}

}  // namespace
}  // namespace lmser::ui
