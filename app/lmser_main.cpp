// SPDX-License-Identifier: GPL-3.0-or-later
// g++ 12 suspects CLI11's string functions, once they are inlined here, of following a null pointer.
#pragma GCC diagnostic ignored "-Wnull-dereference"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <string_view>

#include "app/cli/command_line.h"
#include "core/base/failure.h"
#include "core/files/standard_streams.h"

namespace {

using lmser::Error;
using lmser::ErrorCode;

int exit_code(ErrorCode code) {
    return static_cast<int>(code);
}

int fail(const Error& error) {
    lmser::cli::print(error);
    return exit_code(error.code);
}

/// What was printed must have arrived: a full disk under `lmser … > file` is a failure.
int finish(int code) {
    std::cout.flush();
    if (code == 0 && !std::cout) {
        return fail({ErrorCode::io, "cannot write to standard output",
                     "See whether the disk is full or the reader has gone."});
    }
    return code;
}

int run(int argc, char** argv) {
    CLI::App app{"Lmser Studio: trains, evaluates and uses Lmser networks without a window.",
                 "lmser"};
    app.set_version_flag("--version", "lmser " LMSER_VERSION);
    app.require_subcommand(1);
    app.footer("lmser COMMAND --help explains a command. The window is lmser-studio.");
    lmser::cli::Action action;
    lmser::cli::add_train(app, action);
    lmser::cli::add_evaluate(app, action);
    lmser::cli::add_reconstruct(app, action);
    lmser::cli::add_recall(app, action);
    lmser::cli::add_generate(app, action);
    lmser::cli::add_info(app, action);
    lmser::cli::add_demo(app, action);
    lmser::cli::add_verify(app, action);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) {
            return finish(app.exit(error));
        }
        return fail({ErrorCode::usage, error.what(), "lmser --help lists the options."});
    }
    const auto code = action();
    return code ? finish(*code) : fail(code.error());
}

/// Threads that wait for each other by spinning make an operation several times slower as soon as another
/// program wants a core. OpenMP reads how to wait when it is loaded, so the program starts once more.
void wait_passively(int argc, char** argv) {
    constexpr const char* kPolicy = "OMP_WAIT_POLICY";
    const bool several = std::any_of(argv, argv + argc, [](const char* word) {
        return std::string_view(word).starts_with("--threads");
    });
    if (several && std::getenv(kPolicy) == nullptr && ::setenv(kPolicy, "passive", 1) == 0) {
        ::execv("/proc/self/exe", argv);
    }
}

}  // namespace

int main(int argc, char** argv) {
    lmser::keep_standard_streams();
    wait_passively(argc, argv);
    // A closed pipe or a file-size limit is an error to be told, not a reason to die half-way.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    try {
        return run(argc, argv);
    } catch (const std::bad_alloc&) {
        return fail({ErrorCode::out_of_memory, "the memory is not enough for this",
                     "Give it less at once: fewer pictures, a smaller network or batch."});
    } catch (const lmser::Failure& failure) {
        return fail(failure.error());
    } catch (const std::exception& error) {
        return fail({ErrorCode::bug,
                     std::string("something went wrong in the program: ") + error.what(),
                     "Please report it with the command that you gave."});
    }
}
