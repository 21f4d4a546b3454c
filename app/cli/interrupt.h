// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lmser::cli {

/// From here on SIGINT, SIGTERM and SIGHUP no longer end the program but are remembered, so that it can
/// finish its step and save. A signal that was ignored from outside (nohup) stays ignored.
void catch_stop_signals();

/// The signal that asked the program to stop, or 0.
int stop_signal();

/// Whether no signal has asked the program to stop.
bool not_stopped();

/// 0, or where a signal asked the program to stop the exit code that says so.
int exit_code_when_done();

/// The exit code of a program that a signal stopped: 128 + its number.
int exit_code_of(int signal);

}  // namespace lmser::cli
