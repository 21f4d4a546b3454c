// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace lmser {

/// What kind of thing went wrong. The values are the exit codes of the command line.
enum class ErrorCode {
    bug = 1,             ///< our own mistake
    usage = 2,           ///< a wrong argument or option
    diverged = 3,        ///< training met a non-finite loss
    bad_data = 65,       ///< a file or value that is not what it claims to be
    not_found = 66,      ///< a file, folder or dataset that is not there
    no_display = 69,     ///< the window has no screen to open on
    out_of_memory = 71,  ///< an allocation that the machine cannot serve
    cannot_create = 73,  ///< an output that cannot be made
    io = 74,             ///< reading or writing failed half-way: a full disk, a broken device
    in_use = 75,         ///< another process holds it
    permission = 77,     ///< the system does not allow it
    settings = 78,       ///< a settings file that cannot be used
};

/// What the world did wrong: one sentence that names the thing with its numbers, and what to do next.
struct Error {
    ErrorCode code = ErrorCode::bug;
    std::string message;  ///< "cannot read 'x.gz': its header promises 7 images but 6 follow"
    std::string hint;     ///< "Download the file again." May be empty.
};

/// "<message>. <hint>", as a banner or the command line shows it.
std::string sentence(const Error& error);

/// A value, or the reason why there is none. Functions that meet files, sizes or devices return it;
/// our own mistakes throw instead.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    /// The value; throws std::bad_variant_access where there is none.
    T& value() & { return std::get<0>(state_); }
    const T& value() const& { return std::get<0>(state_); }
    T&& value() && { return std::get<0>(std::move(state_)); }

    /// The error; throws std::bad_variant_access where there is none.
    [[nodiscard]] const Error& error() const { return std::get<1>(state_); }

    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

private:
    std::variant<T, Error> state_;
};

/// Success without a value, or the reason why not.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)), ok_(false) {}

    [[nodiscard]] bool ok() const { return ok_; }
    explicit operator bool() const { return ok_; }
    [[nodiscard]] const Error& error() const { return error_; }

private:
    Error error_;
    bool ok_ = true;
};

}  // namespace lmser
