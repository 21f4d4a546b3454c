// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/standard_streams.h"

#include <fcntl.h>
#include <unistd.h>

#include <initializer_list>

namespace lmser {

void keep_standard_streams() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        // open() takes the lowest place that is free; the wrong direction makes each use fail.
        if (::fcntl(stream, F_GETFD) < 0) {
            [[maybe_unused]] const int kept =
                ::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

}  // namespace lmser
