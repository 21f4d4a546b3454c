// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/data/dataset.h"

namespace lmser::cli {

/// Loads a dataset; where its pictures have to be decoded first, a bar on standard error tells how far that is. What
/// the user should know of it is printed there too. Pictures of a folder become `shape`, where one is given. Ends
/// early, with an error, where a caught signal asks to.
Result<std::shared_ptr<const Dataset>> load_data(const std::string& name,
                                                 const std::string& data_dir,
                                                 const std::optional<ImageShape>& shape = {});

/// What a command ends with that got no data: the exit code of the signal that stopped it, else the error.
Result<int> ended_by(const Error& error);

}  // namespace lmser::cli
