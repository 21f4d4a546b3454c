// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "core/data/dataset.h"

namespace lmser::cli {

/// Loads a dataset; where its pictures have to be decoded first, a bar on standard error tells how far that is. What
/// the user should know of it is printed there too. Ends early where a caught signal asks to.
Result<std::shared_ptr<const Dataset>> load_data(const std::string& name,
                                                 const std::string& data_dir);

}  // namespace lmser::cli
