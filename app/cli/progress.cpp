// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <utility>

namespace lmser::cli {
namespace {

constexpr int kBarWidth = 24;
constexpr std::chrono::milliseconds kRedraw{100};
constexpr std::chrono::seconds kNextLine{5};

std::string bar(double fraction) {
    const int full = static_cast<int>(std::clamp(fraction, 0.0, 1.0) * kBarWidth);
    return "[" + std::string(static_cast<std::size_t>(full), '#') +
           std::string(static_cast<std::size_t>(kBarWidth - full), '-') + "]";
}

std::string rate_text(double rate) {
    char text[32];
    std::snprintf(text, sizeof(text), rate < 10 ? "%.1f it/s" : "%.0f it/s", rate);
    return text;
}

}  // namespace

Progress::Progress(std::string title, std::int64_t from, std::int64_t to)
    : title_(std::move(title)), from_(from), to_(to), terminal_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
    clear();
}

void Progress::update(std::int64_t done, const std::string& note) {
    if (!is_time()) {
        return;
    }
    const double speed = rate(done);
    const double left = speed > 0 ? static_cast<double>(to_ - done) / speed : 0;
    const double fraction = to_ > 0 ? static_cast<double>(done) / static_cast<double>(to_) : 1;
    draw(title_ + "  " + bar(fraction) + "  " + std::to_string(done) + "/" + std::to_string(to_) +
         "  " + rate_text(speed) + "  " + duration(left) + " left  " + note);
}

void Progress::update_by_time(std::int64_t done, double fraction, double seconds_left,
                              const std::string& note) {
    if (!is_time()) {
        return;
    }
    draw(title_ + "  " + bar(fraction) + "  " + std::to_string(done) + " steps  " +
         rate_text(rate(done)) + "  " + duration(seconds_left) + " left  " + note);
}

void Progress::clear() {
    if (terminal_ && drawn_) {
        std::cerr << "\r\033[K" << std::flush;
        drawn_ = false;
    }
}

double Progress::rate(std::int64_t done) const {
    const double passed = seconds();
    return passed > 0 ? static_cast<double>(done - from_) / passed : 0;
}

double Progress::seconds() const {
    return std::chrono::duration<double>(Clock::now() - start_).count();
}

bool Progress::is_time() const {
    const Clock::duration since = Clock::now() - last_;
    return terminal_ ? since >= kRedraw : since >= kNextLine;
}

void Progress::draw(const std::string& text) {
    last_ = Clock::now();
    if (terminal_) {
        std::cerr << '\r' << text << "\033[K" << std::flush;
        drawn_ = true;
    } else {
        std::cerr << text << std::endl;
    }
}

std::string duration(double seconds) {
    const auto whole = static_cast<long long>(std::ceil(std::clamp(seconds, 0.0, 1e9)));
    char text[48];
    if (whole < 60) {
        std::snprintf(text, sizeof(text), "%lld s", whole);
    } else if (whole < 3600) {
        std::snprintf(text, sizeof(text), "%lld min %02lld s", whole / 60, whole % 60);
    } else {
        std::snprintf(text, sizeof(text), "%lld h %02lld min", whole / 3600, whole % 3600 / 60);
    }
    return text;
}

}  // namespace lmser::cli
