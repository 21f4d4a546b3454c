// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"

namespace lmser {

/// Pictures with their classes, a byte a value as the files store them.
struct LabelledImages {
    std::vector<std::uint8_t> pixels;  ///< [count, C, H, W], 0 … 255
    std::vector<std::uint8_t> labels;  ///< [count], each under Dataset::classes.size()

    [[nodiscard]] std::size_t count() const { return labels.size(); }
};

/// A dataset in memory. Training never sees `test`.
struct Dataset {
    std::string name;              ///< mnist | fashion-mnist | strokes
    std::string title;             ///< MNIST, …
    std::filesystem::path folder;  ///< where it was found; empty for strokes
    ImageShape shape;
    std::vector<std::string> classes;  ///< the name of every class
    LabelledImages train;
    LabelledImages test;
};

/// Pictures first … first + count - 1 of a split as values in [0,1]. Throws std::out_of_range.
Images images_of(const Dataset& dataset, const LabelledImages& split, std::size_t first,
                 std::size_t count);

/// The names that load_dataset knows, with titles.
struct DatasetName {
    std::string_view name;
    std::string_view title;
};
std::vector<DatasetName> dataset_names();

/// Loads a dataset. mnist and fashion-mnist are looked for as <root>/<name>, <root>/<Name>/raw
/// (torchvision) and <root> itself, under `data_dir` if given, else $LMSER_DATA_DIR, else
/// $XDG_DATA_HOME/lmser-studio (~/.local/share/…); files gz or plain, with dashes or dots. strokes is
/// drawn in memory. not_found lists the places that were searched; bad_data names file and numbers.
Result<std::shared_ptr<const Dataset>> load_dataset(std::string_view name,
                                                    const std::filesystem::path& data_dir = {});

}  // namespace lmser
