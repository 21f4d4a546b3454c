// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "ui/widgets/theme.h"

namespace lmser {

/// What lmser-studio was started with.
struct StudioOptions {
    std::string model;     ///< a checkpoint or run folder to open; empty: none
    std::string data_dir;  ///< searched first for datasets; empty: the usual places
    std::string device = "cpu";
    std::optional<ui::ThemeChoice> theme;
};

/// The options, or what to print before exiting: help, the version, or what is wrong with them.
struct ParsedOptions {
    StudioOptions options;
    std::optional<int> exit_code;
    std::string text;
};
ParsedOptions parse_studio_options(int argc, const char* const* argv);

}  // namespace lmser
