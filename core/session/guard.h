// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <functional>
#include <new>
#include <optional>
#include <string>

#include "core/base/failure.h"
#include "core/base/result.h"

namespace lmser {

/// Does the work; what it throws comes back as an error, so that a worker lives on and can tell of it.
inline std::optional<Error> guarded(const std::function<void()>& work) {
    try {
        work();
        return std::nullopt;
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::out_of_memory, "there is not enough memory for it",
                     "Close other programs, or choose a smaller network or batch."};
    } catch (const Failure& failure) {
        return failure.error();
    } catch (const std::exception& exception) {
        const std::string what = exception.what();  // LibTorch's goes on with a backtrace
        return Error{ErrorCode::bug, what.substr(0, what.find('\n')), "Please report this."};
    }
}

}  // namespace lmser
