// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/parsers.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/files/code_file.h"
#include "core/files/exif.h"
#include "core/files/idx_file.h"
#include "core/files/image_file.h"
#include "core/files/picture_file.h"
#include "core/files/safetensors_file.h"
#include "core/spec/experiment.h"
#include "core/spec/statistics_json.h"

namespace lmser::fuzz {

namespace {

void promise(bool kept, const char* what) {
    if (!kept) {
        std::fprintf(stderr, "broken promise: %s\n", what);
        std::abort();
    }
}

/// A file in memory whose contents are replaced for every run.
class MemoryFile {
public:
    MemoryFile() : descriptor_(::memfd_create("fuzz", 0)) {
        promise(descriptor_ >= 0, "a file in memory");
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { ::close(descriptor_); }

    std::filesystem::path with(std::span<const std::uint8_t> bytes) const {
        const auto size = static_cast<ssize_t>(bytes.size());
        promise(::ftruncate(descriptor_, 0) == 0 &&
                    ::pwrite(descriptor_, bytes.data(), bytes.size(), 0) == size,
                "a file in memory that can be written");
        return "/proc/self/fd/" + std::to_string(descriptor_);
    }

private:
    int descriptor_;
};

std::filesystem::path file_with(std::span<const std::uint8_t> bytes) {
    static const MemoryFile file;
    return file.with(bytes);
}

template <class T>
bool accepted(const Result<T>& result) {
    promise(result.ok() || !result.error().message.empty(), "a refusal says why");
    return result.ok();
}

bool in_range(const std::vector<float>& values) {
    return std::all_of(values.begin(), values.end(),
                       [](float value) { return value >= 0 && value <= 1; });
}

std::string_view text_of(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool pictures(std::span<const std::uint8_t> bytes) {
    constexpr ImageShape kShape{.channels = 1, .height = 2, .width = 2};
    const auto images = read_images(file_with(bytes), kShape);
    if (!accepted(images)) {
        return false;
    }
    promise(images->values.size() % kShape.pixels() == 0, "whole pictures");
    promise(in_range(images->values), "values in 0 to 1");
    return true;
}

}  // namespace

bool idx(std::span<const std::uint8_t> bytes) {
    bool any = false;
    for (const int rank : {1, 3}) {
        const auto file = read_idx(file_with(bytes), rank);
        if (accepted(file)) {
            std::uint64_t product = 1;
            for (const std::uint32_t size : file->sizes) {
                product *= size;
            }
            promise(product == file->bytes.size(), "as many bytes as the sizes say");
            any = true;
        }
    }
    return any;
}

bool npy(std::span<const std::uint8_t> bytes) {
    return pictures(bytes);
}

bool png(std::span<const std::uint8_t> bytes) {
    return pictures(bytes);
}

bool safetensors(std::span<const std::uint8_t> bytes) {
    const auto* first = reinterpret_cast<const std::byte*>(bytes.data());
    const auto file = parse_safetensors({first, first + bytes.size()}, "fuzz");
    if (!accepted(file)) {
        return false;
    }
    const auto again = parse_safetensors(to_bytes(*file), "again");
    promise(again.ok() && *again == *file, "what was read can be written and read again");
    return true;
}

bool experiment(std::span<const std::uint8_t> bytes) {
    const auto read = experiment_from_json(text_of(bytes));
    if (!accepted(read)) {
        return false;
    }
    const auto again = experiment_from_json(to_json(*read));
    promise(again.ok() && *again == *read, "what was read can be written and read again");
    promise(!as_command(*read).empty(), "a command");
    return true;
}

bool picture(std::span<const std::uint8_t> bytes) {
    const auto read = read_picture(file_with(bytes));
    if (!accepted(read)) {
        return false;
    }
    const ImageShape& shape = read->image.shape;
    promise(shape.channels == 1 || shape.channels == 3, "grey or colour");
    promise(shape.width > 0 && shape.height > 0 && read->image.values.size() == shape.pixels(),
            "one picture");
    promise(in_range(read->image.values), "values in 0 to 1");
    return true;
}

bool exif(std::span<const std::uint8_t> bytes) {
    const int orientation = exif_orientation(std::as_bytes(bytes));
    promise(orientation >= 1 && orientation <= 8, "an orientation");
    return orientation != 1;
}

bool kept_code(std::span<const std::uint8_t> bytes) {
    const auto read = kept_code_from_json(text_of(bytes));
    if (!accepted(read)) {
        return false;
    }
    const auto again = kept_code_from_json(to_json(*read));
    promise(again.ok() && *again == *read, "what was read can be written and read again");
    return true;
}

bool statistics(std::span<const std::uint8_t> bytes) {
    constexpr std::size_t kUnits = 2;
    const auto read = statistics_from_json(text_of(bytes), kUnits);
    if (!accepted(read)) {
        return false;
    }
    promise(read->units.size() == kUnits && read->mean.size() == kUnits &&
                read->axes.size() == read->axis_std.size(),
            "as many of each as there are units");
    const auto again = statistics_from_json(to_json(*read), kUnits);
    promise(again.ok() && *again == *read, "what was read can be written and read again");
    return true;
}

}  // namespace lmser::fuzz
