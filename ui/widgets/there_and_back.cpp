// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/there_and_back.h"

#include <cmath>

namespace lmser::ui {
namespace {

constexpr int kTickMilliseconds = 33;

}  // namespace

ThereAndBack::ThereAndBack(QObject* parent) : QObject(parent) {
    timer_.setInterval(kTickMilliseconds);
    connect(&timer_, &QTimer::timeout, this, &ThereAndBack::tick);
}

void ThereAndBack::start(double place) {
    phase_ = place;
    sinceTick_.start();
    timer_.start();
}

void ThereAndBack::tick() {
    constexpr double kThousand = 1000;
    const double passed = static_cast<double>(sinceTick_.restart()) / kThousand;
    phase_ = std::fmod(phase_ + 2 * passed / seconds_, 2);
    Q_EMIT moved(phase_ <= 1 ? phase_ : 2 - phase_);
}

}  // namespace lmser::ui
