// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/session/command.h"
#include "core/session/explored.h"
#include "core/session/snapshot.h"

namespace lmser {

/// Masks and recalls on disk. Each function carries out one command about the network that was explored when it came;
/// an error changes nothing. For the files thread.

/// bad_data where the mask has another size than the network's pictures.
Result<OpenedMask> open_mask(const OpenMask& asked, const Explored& explored);

/// Recalls once more with as many membrane rounds as asked, and writes what the format says.
Result<void> export_recall(const ExportRecall& asked, const Explored& explored);

}  // namespace lmser
