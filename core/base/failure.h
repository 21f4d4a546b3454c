// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <utility>

#include "core/base/result.h"

namespace lmser {

/// What the world did wrong, thrown where no Result can be returned: deep in work that reads from a file which was
/// whole when it was opened. Whoever began the work makes an Error of it again.
class Failure : public std::runtime_error {
public:
    explicit Failure(Error error) : std::runtime_error(sentence(error)), error_(std::move(error)) {}

    [[nodiscard]] const Error& error() const { return error_; }

private:
    Error error_;
};

}  // namespace lmser
