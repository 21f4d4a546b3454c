// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"

namespace lmser {

class PictureStore;

/// Pictures with their classes, a byte a value as the files store them; in memory, or where they are many in a file
/// from which each is read when it is asked for.
struct LabelledImages {
    std::vector<std::uint8_t>
        pixels;  ///< [count, C, H, W], 0 … 255; empty where they are in a store
    std::vector<std::uint8_t> labels;  ///< [count], each under Dataset::classes.size()
    std::shared_ptr<const PictureStore> store{};
    std::size_t first_in_store = 0;  ///< where in the store they begin

    [[nodiscard]] std::size_t count() const { return labels.size(); }

    /// Copies picture i into `out`, which has the size of one picture, [C, H, W]. Throws std::out_of_range, and
    /// Failure where the file of the store cannot be read any more.
    void copy(std::size_t i, std::span<std::uint8_t> out) const;
};

/// A dataset, ready to be used. Training never sees `validation` and `test`.
struct Dataset {
    std::string name;   ///< mnist | fashion-mnist | celeba | celeba-64 | folder | strokes
    std::string title;  ///< MNIST, …
    std::filesystem::path folder;  ///< where it was found; empty for strokes
    ImageShape shape;
    std::vector<std::string> classes;  ///< the name of every class
    LabelledImages train;
    LabelledImages test;
    LabelledImages validation{};       ///< the dataset's own; most have none
    std::vector<std::string> notes{};  ///< what the user should know of it, one sentence each
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

/// Where a dataset is looked for, and what hears of it.
struct LoadOptions {
    std::filesystem::path data_dir{};   ///< searched first; empty: the usual places
    std::optional<ImageShape> shape{};  ///< what pictures of a folder become; nothing: 3x64x64
    /// Told how many of the pictures are decoded, where they have to be, ten times a second; false stops it.
    std::function<bool(std::size_t done, std::size_t total)> progress{};
};

/// Loads a dataset. mnist and fashion-mnist are looked for as <root>/<name>, <root>/<Name>/raw
/// (torchvision) and <root> itself, under `data_dir` if given, else $LMSER_DATA_DIR, else
/// $XDG_DATA_HOME/lmser-studio (~/.local/share/…); files gz or plain, with dashes or dots; celeba and celeba-64 as
/// <root>/celeba, <root>/CelebA and <root>, see load_celeba; folder is `data_dir` itself, see load_picture_folder.
/// strokes is drawn in memory. not_found lists the places that were searched; bad_data names file and numbers; io "loading was cancelled" where `progress` says so.
Result<std::shared_ptr<const Dataset>> load_dataset(std::string_view name,
                                                    const LoadOptions& options);
Result<std::shared_ptr<const Dataset>> load_dataset(std::string_view name,
                                                    const std::filesystem::path& data_dir = {});

/// How many pictures a dataset has, and where.
struct DatasetSize {
    std::filesystem::path folder;  ///< empty for strokes
    std::size_t train = 0;
    std::size_t validation = 0;
    std::size_t test = 0;
};

/// As load_dataset finds it, but nothing is decoded for it.
Result<DatasetSize> size_of_dataset(std::string_view name, const std::filesystem::path& data_dir);

}  // namespace lmser
