// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <functional>

namespace lmser::testing {

/// Runs the action in a process of its own, as an ordinary user where this one is root.
inline bool succeeds_as_ordinary_user(const std::function<bool()>& action) {
    constexpr uid_t kNobody = 65534;
    const pid_t child = ::fork();
    if (child == 0) {
        const bool ordinary = ::getuid() != 0 || ::setuid(kNobody) == 0;
        ::_exit(ordinary && action() ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace lmser::testing
