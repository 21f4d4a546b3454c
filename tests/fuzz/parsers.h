// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace lmser::fuzz {

/// Feeds bytes to a parser, as the contents of a file. True: they were accepted, and what came out keeps
/// the promises that every accepted file keeps; a broken promise aborts.
bool idx(std::span<const std::uint8_t> bytes);
bool npy(std::span<const std::uint8_t> bytes);
bool png(std::span<const std::uint8_t> bytes);
bool safetensors(std::span<const std::uint8_t> bytes);
bool experiment(std::span<const std::uint8_t> bytes);
bool picture(std::span<const std::uint8_t> bytes);  // PNG with a code, JPEG
bool exif(std::span<const std::uint8_t> bytes);     // accepted: anything but upright
bool kept_code(std::span<const std::uint8_t> bytes);
bool statistics(std::span<const std::uint8_t> bytes);  // of a code of two units

}  // namespace lmser::fuzz
