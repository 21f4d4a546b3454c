// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <string>

namespace lmser::testing {

/// What the action returns in a process of its own, so that limits set there end with it; "it died" where it did.
inline std::string said_by_other_process(const std::function<std::string()>& action) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) {
        return "there is no pipe";
    }
    const pid_t child = ::fork();
    if (child == 0) {
        const std::string said = action();
        ::_exit(::write(ends[1], said.data(), said.size()) < 0 ? 1 : 0);
    }
    ::close(ends[1]);
    std::string said;
    std::array<char, 4096> part{};
    for (;;) {
        const auto got = ::read(ends[0], part.data(), part.size());
        if (got <= 0) {
            break;
        }
        said.append(part.data(), static_cast<std::size_t>(got));
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? said : "it died";
}

}  // namespace lmser::testing
