// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/read_file.h"

#include <cerrno>
#include <new>
#include <span>

#include "core/base/text.h"
#include "core/files/file_handle.h"

namespace lmser {

namespace {

/// Reads the whole file into a container of bytes or characters.
template <class Container>
Result<Container> read_whole(const std::filesystem::path& path, std::uint64_t limit) {
    const auto file = FileHandle::open_regular(path);
    if (!file) {
        return file.error();
    }
    if (file->size() > limit) {
        return Error{ErrorCode::bad_data,
                     cannot("read", path) + ": it has " + byte_size(file->size()) +
                         ", more than the " + byte_size(limit) + " allowed",
                     {}};
    }
    Container contents;
    try {
        contents.resize(file->size());
    } catch (const std::bad_alloc&) {
        return Error{
            ErrorCode::out_of_memory,
            cannot("read", path) + ": there is no memory for its " + byte_size(file->size()),
            {}};
    }
    const auto got = file->read(std::as_writable_bytes(std::span(contents)));
    if (got < 0) {
        return system_error("read", path, errno);
    }
    if (static_cast<std::uint64_t>(got) != file->size()) {
        return Error{ErrorCode::io,
                     cannot("read", path) + ": it shrank from " + std::to_string(file->size()) +
                         " to " + std::to_string(got) + " bytes while it was read",
                     {}};
    }
    return contents;
}

}  // namespace

Result<std::vector<std::byte>> read_file(const std::filesystem::path& path, std::uint64_t limit) {
    return read_whole<std::vector<std::byte>>(path, limit);
}

Result<std::string> read_text(const std::filesystem::path& path, std::uint64_t limit) {
    return read_whole<std::string>(path, limit);
}

std::string cannot(std::string_view verb, const std::filesystem::path& path) {
    return "cannot " + std::string(verb) + " " + in_quotes(path.native(), std::string::npos);
}

}  // namespace lmser
