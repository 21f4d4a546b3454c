// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/image.h"

namespace lmser {

struct Dataset;

/// The first test picture of every class, in the order of the classes, at most ten; classes without a test
/// picture are left out.
Images one_of_each_class(const Dataset& dataset);

}  // namespace lmser
