// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/checksum.h"

#include <zlib.h>

#include <array>
#include <cstdio>

namespace lmser {

std::string checksum(std::span<const std::byte> bytes) {
    const uLong sum =
        crc32_z(crc32_z(0, nullptr, 0), reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%08lx", sum);
    return text.data();
}

}  // namespace lmser
