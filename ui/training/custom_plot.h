// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// QCustomPlot's header speaks with Qt's keywords, which this program switches off (QT_NO_KEYWORDS). They are
// lent to it here and taken away again; nothing else includes qcustomplot.h.
#include <QtGlobal>

// Its inline functions also trip a warning that it would be ours to heed.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnull-dereference"
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef foreach
#undef slots
#undef signals
#pragma GCC diagnostic pop
