// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/session/explored.h"
#include "core/session/requests.h"
#include "core/session/snapshot.h"

namespace lmser {

struct KeptCode;

/// Codes and pictures on disk. Each function carries out one command about the network that was explored when it
/// came; an error changes nothing. For the files thread: they read, write and scale whatever size comes.

/// The code with what it takes to make its picture again. The network must be there.
KeptCode kept_code(const Explored& explored, std::vector<float> code, int reflections);

Result<void> save_code(const SaveCode& asked, const Explored& explored);

/// usage where the code belongs to another network.
Result<CodeOpened> open_code(const OpenCode& asked, const Explored& explored);

/// A PNG with its code, or a `.npy`.
Result<void> export_picture(const ExportPicture& asked, const Explored& explored);

/// The picture of a file, made to fit; or its code, where it carries one of the explored network.
using StartFromFile = std::variant<FittedStart, CodeOpened>;
Result<StartFromFile> read_start(const EncodeFile& asked, const Explored& explored);

/// A picture made to fit.
Result<FittedStart> fit_start(const FitPicture& asked, const Explored& explored);

}  // namespace lmser
