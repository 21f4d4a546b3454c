// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstddef>
#include <span>
#include <vector>

#include "core/base/result.h"

namespace lmser::ui {

/// A code as a JSON array of numbers that reads back as the same floats, e.g. "[1.5, -0.25]".
QString textOfCode(std::span<const float> code);

/// The same with two decimals, to be read by people; the first `labels` units, which are a category, stand apart:
/// "0 0 0 1 0 0 0 0 0 0 | 1.08 0.83".
QString shortTextOfCode(std::span<const float> code, std::size_t labels = 0);

/// Reads a JSON array of `units` finite numbers. ErrorCode::bad_data says what is off: the text may come from
/// anywhere, for it is what lies on the clipboard.
Result<std::vector<float>> codeFromText(const QString& text, std::size_t units);

}  // namespace lmser::ui
