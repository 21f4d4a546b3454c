// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace lmser::cli {

/// A file that a command is to write.
struct Output {
    std::string option;          ///< that names it
    std::filesystem::path file;  ///< empty: it is not written
    std::vector<std::string>
        endings;  ///< of which it has one, in any case of letters; none: it may have any
};

/// What pictures are written as, see write_images().
inline const std::vector<std::string> kPictureEndings = {".png", ".npy"};

/// The ending of a file in lower case, with its dot.
std::string ending_of(const std::filesystem::path& file);

/// Whether two paths lead to one place, whether there is anything or not.
bool same_place(const std::filesystem::path& a, const std::filesystem::path& b);

/// To be asked before work begins whose answer would else be lost: usage for another ending, for an output that would
/// take the place of one of the command's own inputs or of another output; what atomic_save() would say of its place.
Result<void> check_outputs(const std::vector<Output>& outputs,
                           const std::vector<std::filesystem::path>& inputs);

}  // namespace lmser::cli
