// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lmser {

/// A trained network that comes with the program: models/NAME.safetensors.
struct ShippedModel {
    std::string name;  ///< the file's stem; load_model() knows it
    std::filesystem::path file;
    std::string summary;  ///< a few words for a card: "conv 16·32·64·64 · 10 classes + 2 styles"
};

/// The models beside the program or in its source tree, by name; those that cannot be read are left out. Reads the
/// files' headers only.
std::vector<ShippedModel> shipped_models();

}  // namespace lmser
