// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/picture_folder.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "core/base/random.h"
#include "core/base/resize_picture.h"
#include "core/base/text.h"
#include "core/data/picture_cache.h"
#include "core/files/file_handle.h"
#include "core/files/picture_file.h"
#include "core/files/read_file.h"

namespace lmser {

namespace {

namespace fs = std::filesystem;

constexpr DatasetName kName{"folder", "Folder of pictures"};
constexpr ImageShape kUsualShape{.channels = 3, .height = 64, .width = 64};
constexpr std::array<std::string_view, 3> kEndings = {".png", ".jpg", ".jpeg"};
constexpr std::size_t kMaxClasses = 256;  // a label is a byte
constexpr std::size_t kFewest = 10;
// Where on [0, 1) the places of test end, and those of validation.
constexpr double kTestEnd = .1;
constexpr double kValidationEnd = .2;

/// A file with the ending of a picture.
struct Found {
    std::string name;  ///< its path in the dataset's folder
    std::uint8_t label = 0;
    std::uint64_t state = 0;  ///< as of state_of
};

/// What one folder holds itself.
struct Entries {
    std::vector<Found> pictures;
    std::vector<std::string> folders;
};

/// All pictures of the dataset, by class and name.
struct Listing {
    fs::path folder;
    std::vector<std::string> classes;
    std::vector<Found> pictures;
    std::size_t ignored_folders = 0;  ///< which stand beside pictures
};

bool has_picture_ending(std::string_view name) {
    return std::any_of(kEndings.begin(), kEndings.end(), [name](std::string_view ending) {
        return name.size() > ending.size() &&
               std::equal(ending.rbegin(), ending.rend(), name.rbegin(), [](char a, char b) {
                   return a == std::tolower(static_cast<unsigned char>(b));
               });
    });
}

void add_entry(const fs::path& folder, std::string name, Entries& entries) {
    if (name.starts_with('.')) {
        return;
    }
    struct stat status {};
    const bool there = ::stat((folder / name).c_str(), &status) == 0;
    if (there && S_ISDIR(status.st_mode)) {
        entries.folders.push_back(std::move(name));
    } else if (has_picture_ending(name)) {
        // A link that leads nowhere is listed, so that it is told of with what else cannot be read.
        entries.pictures.push_back({std::move(name), 0, there ? state_of(status) : 0});
    }
}

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

/// Sorted by the bytes of their names, whatever the language is.
Result<Entries> entries_of(const fs::path& folder) {
    const std::unique_ptr<DIR, CloseFolder> open(::opendir(folder.c_str()));
    if (!open) {
        return system_error("read", folder, errno);
    }
    Entries entries;
    for (;;) {
        errno = 0;
        const dirent* entry = ::readdir(open.get());
        if (entry == nullptr) {
            break;
        }
        add_entry(folder, static_cast<const char*>(entry->d_name), entries);
    }
    if (errno != 0) {
        return system_error("read", folder, errno);
    }
    std::sort(entries.pictures.begin(), entries.pictures.end(),
              [](const Found& a, const Found& b) { return a.name < b.name; });
    std::sort(entries.folders.begin(), entries.folders.end());
    return entries;
}

/// A name that can be shown: what is no UTF-8 is escaped.
std::string shown(const std::string& name) {
    const std::string quoted = in_quotes(name);
    return quoted.substr(1, quoted.size() - 2);
}

Result<void> add_class(const std::string& name, Listing& listing) {
    auto entries = entries_of(listing.folder / name);
    if (!entries) {
        return entries.error();
    }
    if (entries->pictures.empty()) {
        return {};
    }
    const auto label = static_cast<std::uint8_t>(listing.classes.size());  // checked in the end
    listing.classes.push_back(shown(name));
    for (Found& picture : entries->pictures) {
        picture.name = name + "/" + picture.name;
        picture.label = label;
        listing.pictures.push_back(std::move(picture));
    }
    return {};
}

Error unusable(const fs::path& folder, const std::string& reason, const std::string& hint) {
    return {ErrorCode::bad_data, cannot("use", folder) + " as a dataset: " + reason, hint};
}

std::string counted(std::size_t count, const std::string& thing) {
    return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

/// "; its 3 subfolders are not looked into, as pictures stand beside them"
std::string ignored_text(std::size_t folders) {
    return "its " + counted(folders, "subfolder") + (folders == 1 ? " is" : " are") +
           " not looked into, as pictures stand beside " + (folders == 1 ? "it" : "them");
}

Result<void> check(const Listing& listing) {
    if (listing.classes.size() > kMaxClasses) {
        return unusable(listing.folder,
                        std::to_string(listing.classes.size()) +
                            " of its subfolders have pictures, but there can be at most " +
                            std::to_string(kMaxClasses) + " classes",
                        "Put the pictures into fewer subfolders, or all into one folder.");
    }
    if (listing.pictures.size() < kFewest) {
        return unusable(
            listing.folder,
            "it has " + counted(listing.pictures.size(), "picture") +
                " (.png, .jpg or .jpeg), but " + std::to_string(kFewest) + " are needed" +
                (listing.ignored_folders > 0 ? "; " + ignored_text(listing.ignored_folders) : ""),
            "Name a folder of pictures, or one whose subfolders are classes of pictures.");
    }
    return {};
}

Result<Listing> list(const fs::path& folder) {
    if (folder.empty()) {
        return Error{ErrorCode::usage, "no folder of pictures is named",
                     "Name it with --data-dir; LMSER_DATA_DIR is the place of other datasets."};
    }
    auto entries = entries_of(folder);
    if (!entries) {
        return entries.error();
    }
    Listing listing;
    listing.folder = folder;
    if (!entries->pictures.empty()) {
        listing.classes = {"picture"};
        listing.pictures = std::move(entries->pictures);
        listing.ignored_folders = entries->folders.size();
    } else {
        for (const std::string& name : entries->folders) {
            if (auto added = add_class(name, listing); !added) {
                return added.error();
            }
        }
    }
    if (auto checked = check(listing); !checked) {
        return checked.error();
    }
    return listing;
}

/// Where a picture stands in [0, 1), by nothing but its name: others that come or go do not move it.
double place_of(const std::string& name) {
    Hash hash;
    hash.add(name);
    return Random(hash.value(), RandomPurpose::splits, 0).uniform();
}

/// In the order of their places, so that no split is sorted by name. Where no place is one of test, or of validation,
/// the nearest picture is.
std::array<std::vector<Original>, kSplits> splits_of(const std::vector<Found>& pictures) {
    std::vector<std::pair<double, const Found*>> placed;
    placed.reserve(pictures.size());
    for (const Found& picture : pictures) {
        placed.emplace_back(place_of(picture.name), &picture);
    }
    // Pictures come sorted by name, which decides where two places are the same.
    std::stable_sort(placed.begin(), placed.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::array<std::vector<Original>, kSplits> splits;
    for (const auto& [place, picture] : placed) {
        const std::size_t split = place < kTestEnd || splits[2].empty()         ? 2
                                  : place < kValidationEnd || splits[1].empty() ? 1
                                                                                : 0;
        splits.at(split).push_back({picture->name, picture->label});
    }
    return splits;
}

/// The shape stands in the header of the cache already.
std::uint64_t fingerprint(const Listing& listing) {
    Hash hash;
    hash.add(name_of(listing.folder));
    for (const Found& picture : listing.pictures) {
        hash.add(picture.name);
        hash.add(picture.state);
    }
    return hash.value();
}

std::uint8_t byte_of(float value) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.F, 1.F) * 255.F));
}

/// As bytes with the colours side by side, grey as their luminance or colour of grey where `channels` asks for it.
std::vector<std::uint8_t> interleaved(const Images& image, std::size_t channels) {
    const std::size_t plane =
        static_cast<std::size_t>(image.shape.height) * static_cast<std::size_t>(image.shape.width);
    const auto colours = static_cast<std::size_t>(image.shape.channels);
    std::vector<std::uint8_t> bytes(plane * channels);
    for (std::size_t i = 0; i < plane; ++i) {
        const auto colour = [&](std::size_t c) { return image.values[c % colours * plane + i]; };
        if (channels == 1) {
            bytes[i] = byte_of(.299F * colour(0) + .587F * colour(1) + .114F * colour(2));
            continue;
        }
        for (std::size_t c = 0; c < channels; ++c) {
            bytes[i * channels + c] = byte_of(colour(c));
        }
    }
    return bytes;
}

/// The largest rectangle in the middle of a picture that has the proportions of the shape.
PictureCrop middle(double width, double height, const ImageShape& shape) {
    if (width * shape.height > height * shape.width) {
        const double part = height * shape.width / shape.height;
        return {(width - part) / 2, 0, part, height};
    }
    const double part = width * shape.height / shape.width;
    return {0, (height - part) / 2, width, part};
}

Result<void> read_fitted(const fs::path& file, const ImageShape& shape,
                         std::span<std::uint8_t> out) {
    const auto picture = read_picture(file);
    if (!picture) {
        return picture.error();
    }
    const Images& image = picture->image;
    const auto channels = static_cast<std::size_t>(shape.channels);
    resize_picture({interleaved(image, channels), static_cast<std::size_t>(image.shape.width),
                    static_cast<std::size_t>(image.shape.height), channels},
                   middle(image.shape.width, image.shape.height, shape),
                   static_cast<std::size_t>(shape.width), static_cast<std::size_t>(shape.height),
                   out);
    return {};
}

Originals originals_of(const Listing& listing, const ImageShape& shape) {
    return {
        .folder = listing.folder,
        .splits = splits_of(listing.pictures),
        .kind = "folder-" + std::to_string(shape.channels) + "x" + std::to_string(shape.height) +
                "x" + std::to_string(shape.width),
        .shape = shape,
        .fingerprint = fingerprint(listing),
        .read = [folder = listing.folder, shape](
                    const std::string& name,
                    std::span<std::uint8_t> out) { return read_fitted(folder / name, shape, out); },
    };
}

std::vector<std::string> notes_about(const Listing& listing, const StoreHeader& header) {
    std::vector<std::string> notes;
    if (listing.ignored_folders > 0) {
        notes.push_back(ignored_text(listing.ignored_folders));
    }
    if (header.unreadable > 0) {
        notes.push_back(left_out(header, "file"));
    }
    return notes;
}

}  // namespace

DatasetName picture_folder_name() {
    return kName;
}

Result<DatasetSize> size_of_picture_folder(const fs::path& folder) {
    const auto listing = list(folder);
    if (!listing) {
        return listing.error();
    }
    const auto splits = splits_of(listing->pictures);
    return DatasetSize{listing->folder, splits[0].size(), splits[1].size(), splits[2].size()};
}

Result<std::shared_ptr<const Dataset>> load_picture_folder(const LoadOptions& options) {
    const auto listing = list(options.data_dir);
    if (!listing) {
        return listing.error();
    }
    const auto store =
        decoded(originals_of(*listing, options.shape.value_or(kUsualShape)), options);
    if (!store) {
        return store.error();
    }
    const StoreHeader& header = (*store)->header();
    if (header.count() < kFewest || header.counts[0] == 0 || header.counts[2] == 0) {
        return unusable(listing->folder,
                        "of its " + counted(listing->pictures.size(), "picture") + " only " +
                            std::to_string(header.count()) + " can be read, " +
                            (header.counts[2] == 0 ? "none of them for test, " : "") + "not " +
                            header.first_unreadable,
                        "See whether the files are whole, or take them out.");
    }
    return std::make_shared<const Dataset>(Dataset{
        .name = std::string(kName.name),
        .title = std::string(kName.title),
        .folder = listing->folder,
        .shape = header.shape,
        .classes = listing->classes,
        .train = split_of(*store, 0),
        .test = split_of(*store, 2),
        .validation = split_of(*store, 1),
        .notes = notes_about(*listing, header),
    });
}

}  // namespace lmser
