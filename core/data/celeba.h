// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/data/dataset.h"

namespace lmser {

/// The names under which CelebA is known, one for each size.
std::vector<DatasetName> celeba_names();

/// Loads CelebA in its published layout: list_eval_partition.txt and img_align_celeba/, in <root>/celeba,
/// <root>/CelebA or <root>. A subset of the files is fine: what is listed but not there, and what cannot be read, is
/// counted in Dataset::notes. Every face is cut out and made smaller once, into a file of the cache folder, which is
/// read until the listing or a face's file changes. not_found lists the places that were searched; bad_data names the line of a listing that is broken or names a file twice; io
/// on a full disk or where `progress` says stop.
Result<std::shared_ptr<const Dataset>> load_celeba(std::string_view name,
                                                   const LoadOptions& options);

/// What load_celeba would find, from the listing and the names of the files alone.
Result<DatasetSize> size_of_celeba(const std::filesystem::path& data_dir);

}  // namespace lmser
