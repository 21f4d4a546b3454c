// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"

namespace lmser {

std::string sentence(const Error& error) {
    if (error.hint.empty()) {
        return error.message + ".";
    }
    return error.message + ". " + error.hint;
}

}  // namespace lmser
