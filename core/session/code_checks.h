// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/spec/network_spec.h"

namespace lmser {

/// What every request about codes is checked for. All are ErrorCode::usage.

Error refused(std::string message, std::string hint = "");

/// There is nothing to explore.
Error no_network();
/// The network can be explored, but its dataset is not there.
Error no_pictures(const std::string& what);

/// One code of the network: as many values as there are top units, all of them numbers.
Result<void> check_code(const NetworkSpec& spec, const std::vector<float>& code);

/// Codes of the network, one after another: 1 to `most`.
Result<void> check_codes(const NetworkSpec& spec, const std::vector<float>& codes,
                         std::size_t most);

/// Pixels of a file a pixel of the network, as the writers take them.
Result<void> check_scale(int scale);

}  // namespace lmser
