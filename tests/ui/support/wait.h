// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>
#include <QTest>

namespace lmser::ui {

/// Lets events happen until the condition holds; false after five seconds.
template <class Condition>
bool waitUntil(Condition condition) {
    return QTest::qWaitFor(condition, 5000);
}

}  // namespace lmser::ui
