// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/png_codec.h"

#include <png.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>
#include <new>
#include <string>

#include "core/files/exif.h"
#include "core/files/file_handle.h"
#include "core/files/picture_limits.h"
#include "core/files/read_file.h"

namespace lmser {

namespace {

constexpr std::uint64_t kMostInflation = 1032;
constexpr png_alloc_size_t kMaxChunk = png_alloc_size_t{1} << 20;
constexpr png_uint_32 kMaxChunksKept = 16;
constexpr std::size_t kTextFrame = 16;  // of an iTXt chunk beside keyword and text, generously

/// The bytes of a PNG without the chunks that no picture needs and that are larger than we read: libpng would only warn
/// of their size, and read them. Plain data, as PngState is.
class PngSource {
public:
    void open(const FileHandle& file) { file_ = &file; }

    /// False where the file ends before or cannot be read; then `failed` tells which.
    bool read(std::span<std::byte> into) {
        while (!into.empty()) {
            if (left_ == 0 && !next_chunk()) {
                return false;
            }
            const std::size_t size = std::min<std::uint64_t>(into.size(), left_);
            if (start_at_ < start_.size()) {
                const std::size_t some = std::min(size, start_.size() - start_at_);
                std::copy_n(start_.begin() + static_cast<std::ptrdiff_t>(start_at_), some,
                            into.begin());
                start_at_ += some;
                into = into.subspan(some);
                left_ -= some;
                continue;
            }
            if (!fill(into.first(size))) {
                return false;
            }
            into = into.subspan(size);
            left_ -= size;
        }
        return true;
    }

    [[nodiscard]] bool failed() const { return failed_; }

private:
    static constexpr std::size_t kStart = 8;  // of a chunk: length and type; as long as a signature
    static constexpr std::size_t kSum = 4;

    /// Reads the start of the next chunk that is passed on.
    bool next_chunk() {
        for (;;) {
            if (!fill(start_)) {
                return false;
            }
            std::uint64_t length = 0;
            for (std::size_t i = 0; i < 4; ++i) {
                length = length << 8U | std::to_integer<std::uint64_t>(start_[i]);
            }
            const bool ancillary = (start_[4] & std::byte{0x20}) != std::byte{0};
            if (!ancillary || length <= kMaxChunk) {
                start_at_ = 0;
                left_ = kStart + length + kSum;
                return true;
            }
            if (!skip(length + kSum)) {
                return false;
            }
        }
    }

    bool skip(std::uint64_t size) {
        std::array<std::byte, 4096> ignored{};
        while (size > 0) {
            const std::size_t some = std::min<std::uint64_t>(size, ignored.size());
            if (!fill(std::span(ignored).first(some))) {
                return false;
            }
            size -= some;
        }
        return true;
    }

    bool fill(std::span<std::byte> into) {
        const auto got = file_->read(into);
        failed_ = got < 0;
        return got >= 0 && static_cast<std::size_t>(got) == into.size();
    }

    const FileHandle* file_ = nullptr;
    std::array<std::byte, kStart> start_{};
    std::size_t start_at_ = kStart;  ///< what of `start_` is passed on
    std::uint64_t left_ = kStart;    ///< of what is passed on: first the signature, then a chunk
    bool failed_ = false;
};

/// What libpng's callbacks see of us. Plain data: libpng leaves them by longjmp, past destructors.
struct PngState {
    png_structp png = nullptr;
    png_infop info = nullptr;
    bool writing = false;
    PngSource source;                         // read from
    std::vector<std::byte>* bytes = nullptr;  // written to
    std::array<char, 128> message{};

    PngState() = default;
    PngState(const PngState&) = delete;
    PngState& operator=(const PngState&) = delete;
    ~PngState() {
        if (writing) {
            png_destroy_write_struct(&png, &info);
        } else {
            png_destroy_read_struct(&png, &info, nullptr);
        }
    }
};

void on_error(png_structp png, png_const_charp message) {
    auto* state = static_cast<PngState*>(png_get_error_ptr(png));
    std::strncpy(state->message.data(), message, state->message.size() - 1);
    png_longjmp(png, 1);
}

/// Of a chunk beyond our limit libpng only warns, and reads it. Those that a picture does not need never come here.
void on_warning(png_structp png, png_const_charp message) {
    if (std::strstr(message, "chunk data is too large") != nullptr) {
        png_error(png, message);
    }
}

void on_read(png_structp png, png_bytep into, std::size_t size) {
    auto* state = static_cast<PngState*>(png_get_io_ptr(png));
    if (!state->source.read({reinterpret_cast<std::byte*>(into), size})) {
        png_error(png, state->source.failed() ? "it cannot be read" : "it is cut off");
    }
}

bool append(std::vector<std::byte>& bytes, const std::byte* from, std::size_t size) noexcept {
    try {
        bytes.insert(bytes.end(), from, from + size);
        return true;
    } catch (const std::bad_alloc&) {
        return false;
    }
}

void on_write(png_structp png, png_bytep from, std::size_t size) {
    auto* state = static_cast<PngState*>(png_get_io_ptr(png));
    if (!append(*state->bytes, reinterpret_cast<const std::byte*>(from), size)) {
        png_error(png, "there is not enough memory");
    }
}

void on_flush(png_structp /*png*/) {}

// Each of the next functions holds the only setjmp frame while libpng works, and nothing that would
// need a destructor. False: libpng gave up, and state.message says why.

bool start_reading(PngState& state) {
    state.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &state, on_error, on_warning);
    state.info = state.png != nullptr ? png_create_info_struct(state.png) : nullptr;
    if (state.info == nullptr || setjmp(png_jmpbuf(state.png)) != 0) {
        return false;
    }
    png_set_user_limits(state.png, kMaxPictureSide, kMaxPictureSide);
    png_set_chunk_malloc_max(state.png, kMaxChunk);
    png_set_chunk_cache_max(state.png, kMaxChunksKept);
    png_set_read_fn(state.png, &state, on_read);
    png_read_info(state.png, state.info);
    return true;
}

bool expand(PngState& state) {
    if (setjmp(png_jmpbuf(state.png)) != 0) {
        return false;
    }
    png_set_expand(state.png);
    png_set_interlace_handling(state.png);
    png_read_update_info(state.png, state.info);
    return true;
}

bool read_row(PngState& state, png_bytep row) {
    if (setjmp(png_jmpbuf(state.png)) != 0) {
        return false;
    }
    png_read_row(state.png, row, nullptr);
    return true;
}

bool read_rows(PngState& state, png_bytepp rows) {
    if (setjmp(png_jmpbuf(state.png)) != 0) {
        return false;
    }
    png_read_image(state.png, rows);
    return true;
}

bool read_end(PngState& state) {
    if (setjmp(png_jmpbuf(state.png)) != 0) {
        return false;
    }
    png_read_end(state.png, state.info);
    return true;
}

bool write_all(PngState& state, PngSize size, int color_type, const std::uint8_t* pixels,
               std::size_t row_bytes, png_const_textp text) {
    state.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &state, on_error, on_warning);
    state.info = state.png != nullptr ? png_create_info_struct(state.png) : nullptr;
    if (state.info == nullptr || setjmp(png_jmpbuf(state.png)) != 0) {
        return false;
    }
    png_set_write_fn(state.png, &state, on_write, on_flush);
    png_set_IHDR(state.png, state.info, size.width, size.height, 8, color_type, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (text != nullptr) {
        png_set_text(state.png, state.info, text, 1);
    }
    png_write_info(state.png, state.info);
    for (std::size_t y = 0; y < size.height; ++y) {
        png_write_row(state.png, pixels + y * row_bytes);
    }
    png_write_end(state.png, state.info);
    return true;
}

/// One picture being read: what is known after its header, and its rows as numbers.
class PngReader {
public:
    PngReader(const std::filesystem::path& path, const FileHandle& file)
        : path_(path), file_(file) {
        state_.source.open(file);
    }

    Result<PngSize> header() {
        if (!start_reading(state_)) {
            return broken();
        }
        const PngSize size{png_get_image_width(state_.png, state_.info),
                           png_get_image_height(state_.png, state_.info)};
        interlaced_ = png_get_interlace_type(state_.png, state_.info) != PNG_INTERLACE_NONE;
        if (const auto excess = beyond_limits(size.width, size.height, interlaced_)) {
            return refused(*excess);
        }
        const std::uint64_t stored =
            std::uint64_t{size.height} * png_get_rowbytes(state_.png, state_.info);
        if (stored / kMostInflation > file_.size()) {
            return refused("its header promises " + size_text(size.width, size.height) +
                           " pixels but its " + std::to_string(file_.size()) +
                           " bytes cannot hold them");
        }
        return size;
    }

    Result<void> rows(PngSize size, const PngRow& row) {
        if (!expand(state_)) {
            return broken();
        }
        channels_ = png_get_channels(state_.png, state_.info);
        depth_ = png_get_bit_depth(state_.png, state_.info);
        values_.resize(std::size_t{size.width} * static_cast<std::size_t>(channels_));
        auto result = interlaced_ ? interlaced_rows(size, row) : plain_rows(size, row);
        if (result && !read_end(state_)) {
            return broken();
        }
        return result;
    }

    /// After the rows.
    void texts(const PngTexts& text) const {
        png_textp chunks = nullptr;
        const int count = png_get_text(state_.png, state_.info, &chunks, nullptr);
        for (const png_text& chunk : std::span(chunks, static_cast<std::size_t>(count))) {
            const bool international = chunk.compression >= PNG_ITXT_COMPRESSION_NONE;
            text(chunk.key, {chunk.text, international ? chunk.itxt_length : chunk.text_length});
        }
    }

    /// After the rows.
    [[nodiscard]] int orientation() const {
        png_uint_32 size = 0;
        png_bytep exif = nullptr;
        png_get_eXIf_1(state_.png, state_.info, &size, &exif);
        return exif_orientation(std::as_bytes(std::span(exif, size)));
    }

private:
    Result<void> plain_rows(PngSize size, const PngRow& row) {
        std::vector<png_byte> bytes(png_get_rowbytes(state_.png, state_.info));
        for (std::uint32_t y = 0; y < size.height; ++y) {
            if (!read_row(state_, bytes.data())) {
                return broken();
            }
            row(y, channels_, numbers(bytes.data()));
        }
        return {};
    }

    Result<void> interlaced_rows(PngSize size, const PngRow& row) {
        const std::size_t row_bytes = png_get_rowbytes(state_.png, state_.info);
        std::vector<png_byte> bytes(row_bytes * size.height);
        std::vector<png_bytep> starts;
        for (std::size_t y = 0; y < size.height; ++y) {
            starts.push_back(bytes.data() + y * row_bytes);
        }
        if (!read_rows(state_, starts.data())) {
            return broken();
        }
        for (std::uint32_t y = 0; y < size.height; ++y) {
            row(y, channels_, numbers(starts[y]));
        }
        return {};
    }

    std::span<const float> numbers(const png_byte* bytes) {
        for (std::size_t i = 0; i < values_.size(); ++i) {
            values_[i] = depth_ == 16
                             ? static_cast<float>(bytes[2 * i] * 256 + bytes[2 * i + 1]) / 65535.0F
                             : static_cast<float>(bytes[i]) / 255.0F;
        }
        return values_;
    }

    [[nodiscard]] Error refused(const std::string& reason) const {
        return {ErrorCode::bad_data, cannot("read", path_) + ": " + reason, {}};
    }

    [[nodiscard]] Error broken() const {
        return refused(std::string("its PNG data is broken (") + state_.message.data() + ")");
    }

    const std::filesystem::path& path_;
    const FileHandle& file_;
    PngState state_;
    bool interlaced_ = false;
    int channels_ = 0;
    int depth_ = 0;
    std::vector<float> values_;
};

}  // namespace

Result<int> read_png(const std::filesystem::path& path,
                     const std::function<Result<void>(PngSize)>& accept, const PngRow& row,
                     const PngTexts& text) {
    const auto file = FileHandle::open_regular(path);
    if (!file) {
        return file.error();
    }
    PngReader reader(path, *file);
    const auto size = reader.header();
    if (!size) {
        return size.error();
    }
    if (auto accepted = accept(*size); !accepted) {
        return accepted.error();
    }
    if (auto rows = reader.rows(*size, row); !rows) {
        return rows.error();
    }
    if (text) {
        reader.texts(text);
    }
    return reader.orientation();
}

Result<std::vector<std::byte>> encode_png(PngSize size, int channels,
                                          std::span<const std::uint8_t> pixels,
                                          const std::optional<PngText>& text) {
    if (size.width == 0 || size.height == 0 || beyond_limits(size.width, size.height, false)) {
        return Error{ErrorCode::usage,
                     "a picture of " + size_text(size.width, size.height) +
                         " pixels is not a PNG that can be read "
                         "again: at most 16384 pixels a side and 64 megapixels",
                     "Write fewer pictures, or a .npy file."};
    }
    if (text && text->keyword.size() + text->text.size() + kTextFrame > kMaxChunk) {
        return Error{ErrorCode::usage,
                     "a text of " + std::to_string(text->text.size()) +
                         " bytes does not fit into a PNG: at most 1 MiB",
                     {}};
    }
    std::vector<std::byte> bytes;
    PngState state;
    state.writing = true;
    state.bytes = &bytes;
    const std::size_t row_bytes = std::size_t{size.width} * static_cast<std::size_t>(channels);
    const int color_type = channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB;
    PngText copy = text.value_or(PngText{});
    std::string no_language;
    png_text chunk{};
    chunk.compression = PNG_ITXT_COMPRESSION_NONE;
    chunk.key = copy.keyword.data();
    chunk.text = copy.text.data();
    chunk.itxt_length = copy.text.size();
    chunk.lang = no_language.data();
    chunk.lang_key = no_language.data();
    if (!write_all(state, size, color_type, pixels.data(), row_bytes, text ? &chunk : nullptr)) {
        return Error{ErrorCode::out_of_memory,
                     std::string("the PNG cannot be made: ") + state.message.data(),
                     {}};
    }
    return bytes;
}

}  // namespace lmser
