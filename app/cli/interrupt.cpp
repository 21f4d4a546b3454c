// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"

#include <csignal>
#include <initializer_list>

namespace lmser::cli {
namespace {

volatile std::sig_atomic_t caught = 0;

void remember(int signal) {
    caught = signal;
}

}  // namespace

void catch_stop_signals() {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction before {};
        if (::sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) {
            continue;
        }
        struct sigaction action {};
        action.sa_handler = remember;
        action.sa_flags = SA_RESTART;
        sigemptyset(&action.sa_mask);
        ::sigaction(signal, &action, nullptr);
    }
}

int stop_signal() {
    return caught;
}

bool not_stopped() {
    return caught == 0;
}

int exit_code_when_done() {
    return not_stopped() ? 0 : exit_code_of(caught);
}

int exit_code_of(int signal) {
    return 128 + signal;
}

}  // namespace lmser::cli
