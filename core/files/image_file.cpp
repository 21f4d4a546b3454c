// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/image_file.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cmath>
#include <new>
#include <span>
#include <stdexcept>
#include <string>

#include "core/base/text.h"
#include "core/files/atomic_save.h"
#include "core/files/canvas.h"
#include "core/files/exif.h"
#include "core/files/file_handle.h"
#include "core/files/npy_file.h"
#include "core/files/picture_limits.h"
#include "core/files/png_codec.h"
#include "core/files/read_file.h"

namespace lmser {

namespace {

namespace fs = std::filesystem;

constexpr std::uint8_t kGapWhite = 255;  // grey is what stands in a hole
constexpr std::uint64_t kMostSheetBytes = std::uint64_t{256} << 20U;

Error bad(const fs::path& path, const std::string& reason, const std::string& hint = {}) {
    return {ErrorCode::bad_data, cannot("read", path) + ": " + reason, hint};
}

Result<void> check_count(const fs::path& path, std::uint64_t count, std::size_t most) {
    if (count <= most) {
        return {};
    }
    return Error{ErrorCode::usage,
                 cannot("read", path) + ": it holds " + std::to_string(count) +
                     " pictures, more than the " + std::to_string(most) + " wanted",
                 "Give no more than that."};
}

/// Cuts the rows of a sheet into pictures of one shape.
class SheetCutter {
public:
    SheetCutter(const fs::path& path, const ImageShape& shape, std::size_t most)
        : path_(path),
          most_(most),
          channels_(static_cast<std::size_t>(shape.channels)),
          height_(static_cast<std::size_t>(shape.height)),
          width_(static_cast<std::size_t>(shape.width)) {
        images_.shape = shape;
    }

    Result<void> accept(PngSize size) {
        if (size.width % width_ != 0 || size.height % height_ != 0) {
            return bad(path_,
                       "it is " + size_text(size.width, size.height) +
                           " pixels, which is no picture of " + size_text(width_, height_) +
                           " and no sheet of them",
                       "Scale or crop it to " + size_text(width_, height_) + " pixels.");
        }
        columns_ = size.width / width_;
        const std::size_t count = columns_ * (size.height / height_);
        if (auto few = check_count(path_, count, most_); !few) {
            return few;
        }
        const std::uint64_t bytes = count * images_.shape.pixels() * sizeof(float);
        if (bytes > kMostSheetBytes) {
            return bad(path_,
                       "its " + std::to_string(count) + " pictures would take " + byte_size(bytes) +
                           " of memory, more than the " + byte_size(kMostSheetBytes) + " allowed",
                       "Cut it into several sheets.");
        }
        images_.values.resize(std::size_t{size.width} * size.height * channels_);
        return {};
    }

    void row(std::size_t y, int channels, std::span<const float> values) {
        const std::size_t first = y / height_ * columns_;
        const std::size_t step = static_cast<std::size_t>(channels);
        for (std::size_t x = 0; x < columns_ * width_; ++x) {
            const std::size_t picture = first + x / width_;
            const std::size_t pixel = y % height_ * width_ + x % width_;
            put(picture, pixel, values.subspan(x * step, step));
        }
    }

    Images take() { return std::move(images_); }

private:
    /// One pixel over black, as grey or as colour.
    void put(std::size_t picture, std::size_t pixel, std::span<const float> from) {
        const bool colour = from.size() >= 3;
        const float alpha = from.size() % 2 == 0 ? from.back() : 1.0F;
        const std::size_t plane = height_ * width_;
        float* into = &images_.values[picture * channels_ * plane + pixel];
        if (channels_ == 1) {
            // ITU-R BT.601 luma
            *into =
                alpha * (colour ? .299F * from[0] + .587F * from[1] + .114F * from[2] : from[0]);
            return;
        }
        for (std::size_t c = 0; c < channels_; ++c) {
            into[c * plane] = alpha * from[colour ? c : 0];
        }
    }

    const fs::path& path_;
    std::size_t most_;
    std::size_t channels_;
    std::size_t height_;
    std::size_t width_;
    std::size_t columns_ = 0;
    Images images_;
};

Result<Images> read_sheet(const fs::path& path, const ImageShape& shape, std::size_t most) {
    SheetCutter cutter(path, shape, most);
    const auto orientation = read_png(
        path, [&cutter](PngSize size) { return cutter.accept(size); },
        [&cutter](std::uint32_t y, int channels, std::span<const float> values) {
            cutter.row(y, channels, values);
        });
    if (!orientation) {
        return orientation.error();
    }
    Images images = cutter.take();
    // A sheet stays as it is, and so does what would not have the network's height and width any more.
    if (images.count() == 1 && shape.height == shape.width) {
        images = turned(std::move(images), *orientation);
    }
    return images;
}

Result<void> check_array_shape(const fs::path& path, const ImageShape& shape,
                               const std::vector<std::uint64_t>& sizes) {
    std::vector<std::uint64_t> wanted = {static_cast<std::uint64_t>(shape.height),
                                         static_cast<std::uint64_t>(shape.width)};
    if (sizes.size() == 4) {
        wanted.insert(wanted.begin(), static_cast<std::uint64_t>(shape.channels));
    }
    const bool fits = (sizes.size() == 4 || (sizes.size() == 3 && shape.channels == 1)) &&
                      sizes[0] > 0 && std::equal(wanted.begin(), wanted.end(), sizes.begin() + 1);
    if (fits) {
        return {};
    }
    std::string text;
    for (const std::uint64_t size : sizes) {
        text += (text.empty() ? "" : ", ") + std::to_string(size);
    }
    return bad(path, "its shape is [" + text + "] where [pictures, " +
                         std::to_string(shape.channels) + ", " + std::to_string(shape.height) +
                         ", " + std::to_string(shape.width) + "] is needed");
}

/// What to do about a value that is no brightness.
std::string hint_for(float value) {
    if (!std::isfinite(value)) {
        return "Give every pixel a number before saving.";
    }
    return value < 0 ? "Map the values to 0 to 1 before saving."
                     : "Divide by the largest value before saving.";
}

Result<Images> read_array(const fs::path& path, const ImageShape& shape, std::size_t most) {
    auto array = read_npy(path, [&](const std::vector<std::uint64_t>& sizes) {
        auto fits = check_array_shape(path, shape, sizes);
        return fits ? check_count(path, sizes[0], most) : fits;
    });
    if (!array) {
        return array.error();
    }
    // Written so that a value that is not a number is found as well.
    const auto outside = std::find_if(array->values.begin(), array->values.end(),
                                      [](float value) { return !(value >= 0 && value <= 1); });
    if (outside != array->values.end()) {
        return bad(path,
                   "value " + std::to_string(outside - array->values.begin()) + " is " +
                       shortest(static_cast<double>(*outside)) + ", not in 0 to 1",
                   hint_for(*outside));
    }
    return Images{shape, std::move(array->values)};
}

std::string ending_of(const fs::path& path) {
    std::string ending = path.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending;
}

Result<void> write_array(const fs::path& path, const Images& images) {
    const std::array<std::uint64_t, 4> shape = {images.count(),
                                                static_cast<std::uint64_t>(images.shape.channels),
                                                static_cast<std::uint64_t>(images.shape.height),
                                                static_cast<std::uint64_t>(images.shape.width)};
    return atomic_save(path, encode_npy(shape, images.values));
}

Error no_pictures(const fs::path& path) {
    return {ErrorCode::usage, cannot("write", path) + ": there are no pictures to write", {}};
}

Error too_large(const fs::path& path) {
    return {ErrorCode::usage,
            cannot("write", path) + ": a PNG has at most 16384 pixels a side and 64 megapixels",
            "Write fewer pictures, or a .npy file."};
}

Result<void> write_grid(const fs::path& path, const Images& images, std::size_t columns) {
    const std::size_t count = images.count();
    if (columns == 0) {
        columns = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count))));
    }
    columns = std::min(columns, count);
    const auto width = static_cast<std::size_t>(images.shape.width);
    const auto height = static_cast<std::size_t>(images.shape.height);
    const std::size_t rows = (count + columns - 1) / columns;
    if (beyond_limits(columns * width, rows * height, false)) {
        return too_large(path);
    }
    Canvas canvas(columns * width, rows * height, static_cast<std::size_t>(images.shape.channels),
                  0);
    for (std::size_t i = 0; i < count; ++i) {
        canvas.draw(images.at(i), images.shape, i % columns * width, i / columns * height, 1);
    }
    return canvas.save(path);
}

/// As far as the size of a PNG goes; zeros beyond a shorter file.
using FileStart = std::array<std::uint8_t, 24>;

Result<FileStart> start_of(const fs::path& path) {
    const auto file = FileHandle::open_regular(path);
    if (!file) {
        return file.error();
    }
    FileStart start{};
    if (file->read(std::as_writable_bytes(std::span(start))) < 0) {
        return system_error("read", path, errno);
    }
    return start;
}

bool is_png(const FileStart& start) {
    return start[0] == 0x89 && start[1] == 'P';
}

bool is_npy(const FileStart& start) {
    return start[0] == 0x93 && start[1] == 'N';
}

/// A number of four bytes, the highest first.
std::uint32_t number_at(const FileStart& start, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
        number = number << 8U | start.at(i);
    }
    return number;
}

}  // namespace

Result<HeldImages> holds_images(const fs::path& path, const ImageShape& shape) {
    const auto start = start_of(path);
    if (!start) {
        return start.error();
    }
    constexpr std::size_t kWidthAt = 16;
    constexpr std::size_t kHeightAt = 20;
    if (is_npy(*start)) {
        return HeldImages::array;
    }
    const bool fits = number_at(*start, kWidthAt) % static_cast<std::uint32_t>(shape.width) == 0 &&
                      number_at(*start, kHeightAt) % static_cast<std::uint32_t>(shape.height) == 0;
    return is_png(*start) && fits ? HeldImages::sheet : HeldImages::none;
}

Result<Images> read_images(const fs::path& path, const ImageShape& shape, std::size_t most) {
    try {
        const auto start = start_of(path);
        if (!start) {
            return start.error();
        }
        if (is_png(*start)) {
            return read_sheet(path, shape, most);
        }
        if (is_npy(*start)) {
            return read_array(path, shape, most);
        }
        return bad(path, "it is neither a PNG nor a .npy file", "Convert it to PNG.");
    } catch (const std::bad_alloc&) {
        return Error{
            ErrorCode::out_of_memory, cannot("read", path) + ": there is not enough memory", {}};
    }
}

Result<void> write_images(const fs::path& path, const Images& images, std::size_t columns) {
    if (images.count() == 0) {
        return no_pictures(path);
    }
    const std::string ending = ending_of(path);
    if (ending == ".npy") {
        return write_array(path, images);
    }
    if (ending == ".png") {
        return write_grid(path, images, columns);
    }
    return Error{ErrorCode::usage, cannot("write", path) + ": pictures are written as .png or .npy",
                 "Choose a name with one of these endings."};
}

Result<void> write_sheet(const fs::path& path, const std::vector<Images>& rows, int scale,
                         int gap) {
    std::size_t columns = 0;
    for (const Images& row : rows) {
        if (row.shape != rows.front().shape) {
            throw std::invalid_argument("the rows of a sheet have pictures of different shapes");
        }
        columns = std::max(columns, row.count());
    }
    if (columns == 0) {
        return no_pictures(path);
    }
    const ImageShape shape = rows.front().shape;
    const auto enlarged = static_cast<std::size_t>(std::max(scale, 1));
    const auto space = static_cast<std::size_t>(std::max(gap, 0));
    const std::size_t step_x = static_cast<std::size_t>(shape.width) * enlarged + space;
    const std::size_t step_y = static_cast<std::size_t>(shape.height) * enlarged + space;
    const std::size_t width = columns * step_x - space;
    const std::size_t height = rows.size() * step_y - space;
    if (beyond_limits(width, height, false)) {
        return too_large(path);
    }
    Canvas canvas(width, height, static_cast<std::size_t>(shape.channels), kGapWhite);
    for (std::size_t y = 0; y < rows.size(); ++y) {
        for (std::size_t x = 0; x < rows[y].count(); ++x) {
            canvas.draw(rows[y].at(x), shape, x * step_x, y * step_y, enlarged);
        }
    }
    return canvas.save(path);
}

}  // namespace lmser
