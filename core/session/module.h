// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

namespace lmser {

/// What lmser-engine.so exports, looked up by name. Both sides are built from one source tree: the version
/// tells when they are not.
using ModuleVersion = const char*();
using ModuleFactory = Session*(SessionOptions&& options);  ///< the caller owns it; may throw

inline constexpr const char* kModuleVersion = "lmser_module_version";
inline constexpr const char* kModuleFactory = "lmser_module_make_session";

}  // namespace lmser
