// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>
#include <optional>

namespace lmser::ui {

// Numbers as the Train workspace writes and reads them: a point in every language, as on the command line.

/// A measured value in a few digits: .00061 · .0183 · 1.2 · 6.1e-6.
QString shortNumber(double value, int digits = 3);

/// The shortest text that reads back to the same value: .9997 · 2e-3 · 100.
QString exactNumber(double value);

/// A count with its thousands apart: 60,000.
QString grouped(std::int64_t value);

/// The value that a user wrote: ".5", "2e-3", "1 000", "60,000". Nothing where it is not a finite number.
std::optional<double> numberFromText(const QString& text);

}  // namespace lmser::ui
