// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/celeba.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <string>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "core/base/resize_picture.h"
#include "core/base/text.h"
#include "core/data/data_folders.h"
#include "core/data/picture_cache.h"
#include "core/files/file_handle.h"
#include "core/files/jpeg_codec.h"
#include "core/files/read_file.h"

namespace lmser {

namespace {

namespace fs = std::filesystem;

/// CelebA at one size.
struct Variant {
    std::string_view name;
    std::string_view title;
    int side = 0;
};
constexpr std::array kVariants = {Variant{"celeba", "CelebA", 128},
                                  Variant{"celeba-64", "CelebA 64x64", 64}};

constexpr const char* kListing = "list_eval_partition.txt";
constexpr const char* kPictures = "img_align_celeba";
constexpr std::uint64_t kMaxListing = 50'000'000;
constexpr std::uint64_t kMaxJpeg = 10'000'000;

/// The size of CelebA's aligned pictures, and what of it is taken: left, top, width, height.
constexpr double kWidth = 178;
constexpr double kHeight = 218;
constexpr std::array<std::uint32_t, 4> kCrop = {15, 35, 148, 148};

/// What is listed and there.
struct Listing {
    fs::path folder;
    std::array<std::vector<Original>, kSplits> faces;  // training, validation, test
    std::size_t listed = 0;

    [[nodiscard]] std::size_t count() const {
        return faces[0].size() + faces[1].size() + faces[2].size();
    }
};

Result<fs::path> find_folder(const fs::path& data_dir) {
    const fs::path root = data_root(data_dir);
    const std::string hint = std::string("Put ") + kListing + " and " + kPictures +
                             " into one of these folders, or name another with "
                             "--data-dir or LMSER_DATA_DIR.";
    if (root.empty()) {
        return Error{ErrorCode::not_found, "CelebA was not found: there is no home folder", hint};
    }
    std::string searched;
    for (const fs::path& place : {root / "celeba", root / "CelebA", root}) {
        std::error_code failed;
        if (fs::exists(place / kListing, failed)) {
            return place;
        }
        if (failed == std::errc::permission_denied) {
            Error error = system_error("look for CelebA in", place, EACCES);
            error.hint = hint;
            return error;
        }
        searched += (searched.empty() ? "" : ", ") + in_quotes(place.native(), std::string::npos);
    }
    return Error{ErrorCode::not_found, "CelebA was not found in " + searched, hint};
}

/// The files of a folder by name, each with the line that lists it: 0 before there is one.
using Names = std::unordered_map<std::string, std::size_t>;

/// One look at the folder instead of one at every file.
Result<Names> names_in(const fs::path& folder) {
    Names names;
    std::error_code failed;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        names.emplace(entry->path().filename().string(), 0);
    }
    if (failed) {
        Error error = system_error("read", folder, failed.value());
        error.hint = "CelebA's faces belong into it.";
        return error;
    }
    return names;
}

/// Adds line `number`, such as "000001.jpg 0"; else says what it is.
Result<void> add_line(std::string_view line, std::size_t number, Names& there, Listing& listing) {
    const auto is = [line](const std::string& reason) {
        return Error{ErrorCode::bad_data, in_quotes(line) + ", " + reason,
                     "Get the dataset again."};
    };
    constexpr const char* kNeeded = "not a file's name and 0, 1 or 2";
    const std::size_t end = line.find(' ');
    const std::size_t digit = line.find_first_not_of(' ', end);
    if (end == 0 || end == std::string_view::npos || digit + 1 != line.size() ||
        line[digit] < '0' || line[digit] > '2') {
        return is(kNeeded);
    }
    std::string name(line.substr(0, end));
    if (name.find('/') != std::string::npos || name.find('\0') != std::string::npos) {
        return is(kNeeded);
    }
    ++listing.listed;
    const auto file = there.find(name);
    if (file == there.end()) {
        return {};
    }
    if (file->second != 0) {
        // It could be in training and in test.
        return is("but line " + std::to_string(file->second) + " names the same file");
    }
    file->second = number;
    listing.faces.at(static_cast<std::size_t>(line[digit] - '0')).push_back({std::move(name)});
    return {};
}

Result<void> parse(const fs::path& file, std::string_view text, Names& there, Listing& listing) {
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        while (line.ends_with('\r') || line.ends_with(' ')) {
            line.remove_suffix(1);
        }
        if (line.empty()) {
            continue;
        }
        if (auto added = add_line(line, number, there, listing); !added) {
            Error error = added.error();
            error.message =
                cannot("use", file) + ": line " + std::to_string(number) + " is " + error.message;
            return error;
        }
    }
    return {};
}

Result<Listing> read_listing(const fs::path& data_dir) {
    auto folder = find_folder(data_dir);
    if (!folder) {
        return folder.error();
    }
    const fs::path file = *folder / kListing;
    const auto text = read_text(file, kMaxListing);
    if (!text) {
        return text.error();
    }
    auto there = names_in(*folder / kPictures);
    if (!there) {
        return there.error();
    }
    Listing listing;
    listing.folder = *std::move(folder);
    if (auto parsed = parse(file, *text, *there, listing); !parsed) {
        return parsed.error();
    }
    if (listing.faces[0].empty() || listing.faces[2].empty()) {
        return Error{ErrorCode::not_found,
                     cannot("use", listing.folder / kPictures) + ": of the " +
                         std::to_string(listing.listed) + " faces listed, " +
                         std::to_string(listing.faces[0].size()) + " of training and " +
                         std::to_string(listing.faces[2].size()) + " of test are there",
                     "At least one of each is needed."};
    }
    return listing;
}

/// Looks at every file: .2 s of CPU for all faces, little beside a dataset that is not what it was.
std::uint64_t fingerprint(const Listing& listing) {
    const fs::path pictures = listing.folder / kPictures;
    Hash hash;
    hash.add(name_of(listing.folder));
    for (const auto& split : listing.faces) {
        hash.add(std::to_string(split.size()));
        for (const Original& face : split) {
            hash.add(face.name);
            hash.add(state_of(pictures / face.name));
        }
    }
    return hash.value();
}

/// Grey as colour.
void spread(std::span<std::uint8_t> planes) {
    const std::size_t plane = planes.size() / 3;
    std::copy_n(planes.begin(), plane, planes.begin() + static_cast<std::ptrdiff_t>(plane));
    std::copy_n(planes.begin(), plane, planes.begin() + static_cast<std::ptrdiff_t>(2 * plane));
}

/// Decodes a face, cuts it out and makes it smaller: [3, side, side].
Result<void> read_face(const fs::path& file, int side, std::span<std::uint8_t> out) {
    const auto bytes = read_file(file, kMaxJpeg);
    if (!bytes) {
        return bytes.error();
    }
    const auto header = read_jpeg_header(*bytes);
    if (!header) {
        return header.error();
    }
    if (header->components == 4) {
        return Error{ErrorCode::bad_data, "it is in CMYK", {}};
    }
    const auto pixels = decode_jpeg(*bytes, *header, 1);
    if (!pixels) {
        return pixels.error();
    }
    const double x = static_cast<double>(pixels->width) / kWidth;
    const double y = static_cast<double>(pixels->height) / kHeight;
    const PictureCrop crop{kCrop[0] * x, kCrop[1] * y, kCrop[2] * x, kCrop[3] * y};
    const auto length = static_cast<std::size_t>(side);
    const bool grey = pixels->channels == 1;
    resize_picture({pixels->values, pixels->width, pixels->height, pixels->channels}, crop, length,
                   length, grey ? out.first(length * length) : out);
    if (grey) {
        spread(out);
    }
    return {};
}

Originals originals_of(const Listing& listing, const Variant& variant) {
    return {
        .folder = listing.folder,
        .splits = listing.faces,
        .kind = "celeba-" + std::to_string(variant.side),
        .shape = {.channels = 3, .height = variant.side, .width = variant.side},
        .crop = kCrop,
        .fingerprint = fingerprint(listing),
        .read = [pictures = listing.folder / kPictures, side = variant.side](
                    const std::string& name,
                    std::span<std::uint8_t> out) { return read_face(pictures / name, side, out); },
    };
}

std::vector<std::string> notes_about(const Listing& listing, const StoreHeader& header) {
    std::vector<std::string> notes;
    if (const std::size_t absent = listing.listed - listing.count(); absent > 0) {
        notes.push_back(std::to_string(absent) + " of the " + std::to_string(listing.listed) +
                        " faces listed are not there; " + std::to_string(header.count()) +
                        " are used");
    }
    if (header.unreadable > 0) {
        notes.push_back(left_out(header, "face"));
    }
    return notes;
}

}  // namespace

std::vector<DatasetName> celeba_names() {
    std::vector<DatasetName> names;
    names.reserve(kVariants.size());
    for (const Variant& variant : kVariants) {
        names.push_back({variant.name, variant.title});
    }
    return names;
}

Result<DatasetSize> size_of_celeba(const fs::path& data_dir) {
    const auto listing = read_listing(data_dir);
    if (!listing) {
        return listing.error();
    }
    return DatasetSize{listing->folder, listing->faces[0].size(), listing->faces[1].size(),
                       listing->faces[2].size()};
}

Result<std::shared_ptr<const Dataset>> load_celeba(std::string_view name,
                                                   const LoadOptions& options) {
    const auto* const variant = std::find_if(kVariants.begin(), kVariants.end(),
                                             [&](const Variant& one) { return one.name == name; });
    const auto listing = read_listing(options.data_dir);
    if (!listing) {
        return listing.error();
    }
    const auto store = decoded(originals_of(*listing, *variant), options);
    if (!store) {
        return store.error();
    }
    const StoreHeader& header = (*store)->header();
    if (header.counts[0] == 0 || header.counts[2] == 0) {
        return Error{ErrorCode::bad_data,
                     cannot("use", listing->folder / kPictures) + ": no picture can be read from " +
                         header.first_unreadable,
                     "Get the dataset again."};
    }
    return std::make_shared<const Dataset>(Dataset{
        .name = std::string(variant->name),
        .title = std::string(variant->title),
        .folder = listing->folder,
        .shape = header.shape,
        .classes = {"face"},
        .train = split_of(*store, 0),
        .test = split_of(*store, 2),
        .validation = split_of(*store, 1),
        .notes = notes_about(*listing, header),
    });
}

}  // namespace lmser
