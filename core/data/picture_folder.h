// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "core/data/dataset.h"

namespace lmser {

/// "folder", Folder of pictures.
DatasetName picture_folder_name();

/// Makes a dataset of a folder of PNG and JPEG files, which are told by their endings. Pictures directly in the folder
/// are one class, "picture"; where there are none, every subfolder with pictures is a class, in the order of their
/// names. Hidden files are no part of it, links are followed, names may be any bytes. About a
/// tenth of the pictures is test and another validation, at least one each; which they are follows from a picture's
/// name in the folder alone, so that no other one moves it. Each becomes options.shape once: its middle is cut out in the shape's
/// proportions and made smaller or larger, into a file of the cache folder that is made anew when a name, size, time
/// or right of the files changes. What cannot be read is counted and named in Dataset::notes. usage where no folder is given;
/// not_found, permission; bad_data with the numbers for fewer than 10 pictures or more than 256 classes.
Result<std::shared_ptr<const Dataset>> load_picture_folder(const LoadOptions& options);

/// What load_picture_folder would find; no picture is opened.
Result<DatasetSize> size_of_picture_folder(const std::filesystem::path& folder);

}  // namespace lmser
