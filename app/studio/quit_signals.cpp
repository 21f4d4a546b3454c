// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/quit_signals.h"

#include <sys/socket.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>
#include <array>
#include <csignal>
#include <system_error>

namespace lmser {
namespace {

constexpr std::array kSignals{SIGTERM, SIGINT, SIGHUP};
constexpr int kShell = 128;
constexpr int kPatience = 2000;  // milliseconds until the program ends even unsaved

// A signal handler may do no more than write: it finds the pipe here.
std::array<int, 2> pipe_ends{-1, -1};

extern "C" void write_signal(int number) {
    const auto byte = static_cast<unsigned char>(number);
    [[maybe_unused]] const ssize_t written = ::write(pipe_ends[0], &byte, 1);
}

void handle(void (*handler)(int)) {
    for (const int number : kSignals) {
        struct sigaction action {};
        action.sa_handler = handler;
        action.sa_flags = SA_RESTART;
        ::sigaction(number, &action, nullptr);
    }
}

}  // namespace

QuitSignals::QuitSignals(QObject* parent) : QObject(parent) {
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pipe_ends.data()) != 0) {
        throw std::system_error(errno, std::generic_category(), "socketpair");
    }
    notifier_ = new QSocketNotifier(pipe_ends[1], QSocketNotifier::Read, this);
    connect(notifier_, &QSocketNotifier::activated, this, &QuitSignals::read);
    handle(&write_signal);
}

QuitSignals::~QuitSignals() {
    handle(SIG_DFL);
    ::close(pipe_ends[0]);
    ::close(pipe_ends[1]);
}

int QuitSignals::exitCode() const {
    return kShell + number_;
}

void QuitSignals::read() {
    unsigned char byte = 0;
    if (::read(pipe_ends[1], &byte, 1) != 1 || number_ != 0) {
        return;
    }
    number_ = byte;
    QTimer::singleShot(kPatience, qApp, &QCoreApplication::quit);
    Q_EMIT received();
}

}  // namespace lmser
