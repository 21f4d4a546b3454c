// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iterator>
#include <new>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "core/base/text.h"
#include "core/data/celeba.h"
#include "core/data/data_folders.h"
#include "core/data/picture_folder.h"
#include "core/data/picture_store.h"
#include "core/data/strokes.h"
#include "core/files/file_handle.h"
#include "core/files/idx_file.h"
#include "core/files/read_file.h"

namespace lmser {

namespace {

namespace fs = std::filesystem;

constexpr ImageShape kDigitShape{.channels = 1, .height = 28, .width = 28};
constexpr std::size_t kStrokesTrain = 10'000;
constexpr std::size_t kStrokesTest = 2'000;
constexpr std::uint64_t kStrokesTrainSeed = 1;
constexpr std::uint64_t kStrokesTestSeed = 2;

/// A dataset in MNIST's four files.
struct MnistLike {
    std::string_view name;
    std::string_view title;
    std::string_view torchvision;  // the folder that torchvision makes
    std::array<std::string_view, 10> classes;
};

constexpr std::array<std::string_view, 10> kDigits = {"0", "1", "2", "3", "4",
                                                      "5", "6", "7", "8", "9"};

constexpr std::array kMnistLike = {
    MnistLike{"mnist", "MNIST", "MNIST", kDigits},
    MnistLike{"fashion-mnist",
              "Fashion-MNIST",
              "FashionMNIST",
              {"T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker",
               "bag", "ankle boot"}},
};

constexpr std::string_view kStrokesName = "strokes";
constexpr std::string_view kStrokesTitle = "Strokes (built in)";

/// The file of that name in a folder: "train-images", "idx3" is train-images-idx3-ubyte or with a dot
/// in the place of the second dash, with or without .gz.
std::optional<fs::path> find_file(const fs::path& folder, std::string_view what,
                                  std::string_view kind) {
    for (const char* separator : {"-", "."}) {
        for (const char* ending : {"", ".gz"}) {
            const fs::path path =
                folder / (std::string(what) + separator + std::string(kind) + "-ubyte" + ending);
            std::error_code ignored;
            if (fs::exists(path, ignored)) {
                return path;
            }
        }
    }
    return std::nullopt;
}

/// Whether the folder bears the name of another dataset, whose files have the same names.
bool is_of_another(const fs::path& folder, const MnistLike& dataset) {
    const fs::path whole = (folder / "").parent_path();  // without a slash at the end
    const fs::path name =
        whole.filename() == "raw" ? whole.parent_path().filename() : whole.filename();
    return std::any_of(kMnistLike.begin(), kMnistLike.end(), [&](const MnistLike& other) {
        return other.name != dataset.name && (name == other.name || name == other.torchvision);
    });
}

Result<fs::path> find_folder(const MnistLike& dataset, const fs::path& data_dir) {
    const fs::path root = data_root(data_dir);
    const std::string title(dataset.title);
    const std::string hint =
        "Put its four files into one of these folders, or name another with "
        "--data-dir or LMSER_DATA_DIR.";
    if (root.empty()) {
        return Error{ErrorCode::not_found, title + " was not found: there is no home folder", hint};
    }
    const std::array places = {root / dataset.name, root / dataset.torchvision / "raw", root};
    std::string searched;
    for (const fs::path& place : places) {
        if (!is_of_another(place, dataset) && find_file(place, "train-images", "idx3")) {
            return place;
        }
        std::error_code failed;
        if (!fs::exists(place / ".", failed) && failed == std::errc::permission_denied) {
            Error error = system_error("look for " + title + " in", place, EACCES);
            error.hint = hint;
            return error;
        }
        searched += (searched.empty() ? "" : ", ") + in_quotes(place.native(), std::string::npos);
    }
    return Error{ErrorCode::not_found, title + " was not found in " + searched, hint};
}

Result<IdxFile> read_part(const fs::path& folder, const std::string& what, int rank) {
    const std::string kind = rank == 1 ? "idx1" : "idx3";
    const auto path = find_file(folder, what, kind);
    if (!path) {
        return Error{
            ErrorCode::not_found,
            cannot("find", folder / (what + "-" + kind + "-ubyte")) + ", with or without .gz",
            "All four files of the dataset belong into one folder."};
    }
    return read_idx(*path, rank);
}

Error bad(const fs::path& place, const std::string& reason) {
    return {ErrorCode::bad_data, cannot("use", place) + ": " + reason, "Get the dataset again."};
}

Result<LabelledImages> read_split(const fs::path& folder, const std::string& split) {
    auto images = read_part(folder, split + "-images", 3);
    if (!images) {
        return images.error();
    }
    auto labels = read_part(folder, split + "-labels", 1);
    if (!labels) {
        return labels.error();
    }
    const auto& sizes = images->sizes;
    if (sizes[0] != labels->sizes[0] || sizes[0] == 0) {
        return bad(folder, split + "-images has " + std::to_string(sizes[0]) + " images but " +
                               split + "-labels has " + std::to_string(labels->sizes[0]) +
                               " labels");
    }
    if (sizes[1] != kDigitShape.height || sizes[2] != kDigitShape.width) {
        return bad(folder / (split + "-images"), "its images are " + std::to_string(sizes[1]) +
                                                     "x" + std::to_string(sizes[2]) +
                                                     ", not 28x28");
    }
    const auto wrong = std::find_if(labels->bytes.begin(), labels->bytes.end(),
                                    [](std::uint8_t label) { return label >= kDigits.size(); });
    if (wrong != labels->bytes.end()) {
        return bad(folder / (split + "-labels"),
                   "label " + std::to_string(wrong - labels->bytes.begin()) + " is " +
                       std::to_string(*wrong) + ", not 0 to 9");
    }
    return LabelledImages{std::move(images->bytes), std::move(labels->bytes)};
}

Result<std::shared_ptr<const Dataset>> load_mnist_like(const MnistLike& known,
                                                       const fs::path& data_dir) {
    const auto folder = find_folder(known, data_dir);
    if (!folder) {
        return folder.error();
    }
    auto train = read_split(*folder, "train");
    if (!train) {
        return train.error();
    }
    auto test = read_split(*folder, "t10k");
    if (!test) {
        return test.error();
    }
    return std::make_shared<const Dataset>(Dataset{
        .name = std::string(known.name),
        .title = std::string(known.title),
        .folder = *folder,
        .shape = kDigitShape,
        .classes = {known.classes.begin(), known.classes.end()},
        .train = *std::move(train),
        .test = *std::move(test),
    });
}

std::shared_ptr<const Dataset> make_strokes() {
    return std::make_shared<const Dataset>(Dataset{
        .name = std::string(kStrokesName),
        .title = std::string(kStrokesTitle),
        .folder = {},
        .shape = kDigitShape,
        .classes = {kDigits.begin(), kDigits.end()},
        .train = draw_strokes(kStrokesTrain, kStrokesTrainSeed),
        .test = draw_strokes(kStrokesTest, kStrokesTestSeed),
    });
}

bool is_celeba(std::string_view name) {
    const auto names = celeba_names();
    return std::any_of(names.begin(), names.end(),
                       [name](const DatasetName& celeba) { return celeba.name == name; });
}

}  // namespace

void LabelledImages::copy(std::size_t i, std::span<std::uint8_t> out) const {
    if (i >= count()) {
        throw std::out_of_range("picture " + std::to_string(i) + " of " + std::to_string(count()));
    }
    if (store) {
        store->copy(first_in_store + i, out);
    } else {
        const auto picture = std::span(pixels).subspan(i * out.size(), out.size());
        std::copy(picture.begin(), picture.end(), out.begin());
    }
}

Images images_of(const Dataset& dataset, const LabelledImages& split, std::size_t first,
                 std::size_t count) {
    if (first > split.count() || count > split.count() - first) {
        throw std::out_of_range("pictures " + std::to_string(first) + " + " +
                                std::to_string(count) + " of " + std::to_string(split.count()));
    }
    Images images{dataset.shape, {}};
    std::vector<std::uint8_t> picture(dataset.shape.pixels());
    images.values.reserve(count * picture.size());
    for (std::size_t i = first; i < first + count; ++i) {
        split.copy(i, picture);
        std::transform(picture.begin(), picture.end(), std::back_inserter(images.values),
                       [](std::uint8_t pixel) { return static_cast<float>(pixel) / 255.0F; });
    }
    return images;
}

std::vector<DatasetName> dataset_names() {
    const std::vector<DatasetName> faces = celeba_names();
    std::vector<DatasetName> names;
    names.reserve(kMnistLike.size() + faces.size() + 2);
    for (const MnistLike& dataset : kMnistLike) {
        names.push_back({dataset.name, dataset.title});
    }
    names.insert(names.end(), faces.begin(), faces.end());
    names.push_back(picture_folder_name());
    names.push_back({kStrokesName, kStrokesTitle});
    return names;
}

Result<std::shared_ptr<const Dataset>> load_dataset(std::string_view name,
                                                    const LoadOptions& options) {
    try {
        if (name == kStrokesName) {
            return make_strokes();
        }
        if (is_celeba(name)) {
            return load_celeba(name, options);
        }
        if (name == picture_folder_name().name) {
            return load_picture_folder(options);
        }
        for (const MnistLike& known : kMnistLike) {
            if (known.name == name) {
                return load_mnist_like(known, options.data_dir);
            }
        }
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::out_of_memory,
                     "there is not enough memory for the dataset " + in_quotes(name),
                     {}};
    }
    std::string known;
    for (const DatasetName& dataset : dataset_names()) {
        known += (known.empty() ? "" : ", ") + std::string(dataset.name);
    }
    return Error{ErrorCode::usage, "there is no dataset " + in_quotes(name),
                 "The datasets are " + known + "."};
}

Result<std::shared_ptr<const Dataset>> load_dataset(std::string_view name,
                                                    const fs::path& data_dir) {
    return load_dataset(name, LoadOptions{.data_dir = data_dir});
}

Result<DatasetSize> size_of_dataset(std::string_view name, const fs::path& data_dir) {
    if (is_celeba(name)) {
        return size_of_celeba(data_dir);
    }
    if (name == picture_folder_name().name) {
        return size_of_picture_folder(data_dir);
    }
    const auto dataset = load_dataset(name, data_dir);
    if (!dataset) {
        return dataset.error();
    }
    return DatasetSize{(*dataset)->folder, (*dataset)->train.count(),
                       (*dataset)->validation.count(), (*dataset)->test.count()};
}

}  // namespace lmser
