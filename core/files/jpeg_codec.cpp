// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/jpeg_codec.h"

#include <turbojpeg.h>

#include <memory>
#include <string>
#include <type_traits>

namespace lmser {

namespace {

struct Destroy {
    void operator()(void* decoder) const { tjDestroy(decoder); }
};
using Decoder = std::unique_ptr<std::remove_pointer_t<tjhandle>, Destroy>;

Error broken(const char* reason) {
    return {ErrorCode::bad_data, std::string("its JPEG data is broken (") + reason + ")", {}};
}

int pixel_format(int components) {
    switch (components) {
        case 1:
            return TJPF_GRAY;
        case 3:
            return TJPF_RGB;
        default:
            return TJPF_CMYK;
    }
}

}  // namespace

Result<JpegPixels> decode_jpeg(std::span<const std::byte> file, const JpegHeader& header,
                               int reduction) {
    const Decoder decoder(tjInitDecompress());
    if (!decoder) {
        return Error{ErrorCode::out_of_memory, "there is not enough memory to decode it", {}};
    }
    const auto* bytes = reinterpret_cast<const unsigned char*>(file.data());
    int width = 0;
    int height = 0;
    int subsampling = 0;
    int colours = 0;
    if (tjDecompressHeader3(decoder.get(), bytes, file.size(), &width, &height, &subsampling,
                            &colours) != 0) {
        return broken(tjGetErrorStr2(decoder.get()));
    }
    if (width != static_cast<int>(header.width) || height != static_cast<int>(header.height)) {
        return broken("it holds two headers");
    }
    const tjscalingfactor factor{1, reduction};
    width = TJSCALED(width, factor);
    height = TJSCALED(height, factor);
    const auto channels = static_cast<std::size_t>(header.components);
    JpegPixels pixels{
        static_cast<std::size_t>(width), static_cast<std::size_t>(height), channels, {}};
    pixels.values.resize(pixels.width * pixels.height * channels);
    // A picture that is cut off is only a warning to the library, as is any other damage.
    if (tjDecompress2(decoder.get(), bytes, file.size(), pixels.values.data(), width, 0, height,
                      pixel_format(header.components),
                      TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS) != 0) {
        return broken(tjGetErrorStr2(decoder.get()));
    }
    return pixels;
}

}  // namespace lmser
