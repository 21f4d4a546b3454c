// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/training_worker.h"

#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "core/session/guard.h"
#include "core/tasks/frozen_net.h"

namespace lmser {
namespace {

template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

bool is_pause(const Command& command) {
    return std::holds_alternative<Pause>(command) || std::holds_alternative<Stop>(command);
}

bool is_save(const Command& command) {
    return std::holds_alternative<SaveCheckpoint>(command) ||
           std::holds_alternative<SaveRun>(command);
}

bool is_opening(const Command& command) {
    return std::holds_alternative<NewRun>(command) || std::holds_alternative<OpenModel>(command) ||
           std::holds_alternative<RecoverRun>(command);
}

}  // namespace

TrainingWorker::TrainingWorker(const SessionOptions& options, Outbox& outbox,
                               Inbox<TrainingMessage>& inbox, FileWorker& files, Requests& requests)
    : outbox_(outbox),
      inbox_(inbox),
      files_(files),
      driver_(options, outbox, files, requests),
      thread_([this](const std::stop_token& stop) { loop(stop); }) {}

void TrainingWorker::loop(const std::stop_token& stop) {
    set_engine_threads(1);
    while (!stop.stop_requested()) {
        auto message = driver_.training() ? inbox_.try_take() : inbox_.take(stop);
        if (message) {
            handle(std::move(*message));
        } else if (driver_.training()) {
            step();
        }
    }
    save_what_is_left();
}

void TrainingWorker::step() {
    if (const auto failure = guarded([this] { driver_.advance(); })) {
        outbox_.add(Failed{"train", *failure});
        driver_.interrupt();
    }
}

void TrainingWorker::handle(TrainingMessage message) {
    const auto failure = guarded([&] {
        std::visit(Overloaded{[this](Command& command) { take_up(std::move(command)); },
                              [this](OpenedRun& opened) {
                                  driver_.open(std::move(opened));
                                  if (!driver_.incomplete()) {
                                      end_opening(true);
                                  }
                              },
                              [this](RestOfRun& rest) {
                                  driver_.complete(std::move(rest));
                                  end_opening(true);
                              },
                              [this](OpeningFailed& failed) {
                                  outbox_.add(std::move(failed.reply));
                                  if (driver_.incomplete()) {
                                      driver_.complete({});  // it can be explored all the same
                                  }
                                  end_opening(false);
                              }},
                   message);
    });
    if (failure) {
        outbox_.add(Failed{"train", *failure});
    }
}

void TrainingWorker::take_up(Command command) {
    if (!opening_) {
        carry_out(std::move(command));
        return;
    }
    if (is_pause(command)) {
        driver_.pause();
    }
    deferred_.push_back(std::move(command));
}

/// What was posted for a run that did not come goes with it, but nothing that the user wants saved.
void TrainingWorker::end_opening(bool opened) {
    opening_ = false;
    while (!deferred_.empty() && !opening_) {
        Command command = std::move(deferred_.front());
        deferred_.pop_front();
        if (opened || is_save(command) || is_opening(command)) {
            carry_out(std::move(command));
        }
    }
}

void TrainingWorker::carry_out(Command command) {
    const auto told = [this](std::string what, const Result<void>& result) {
        if (!result) {
            outbox_.add(Failed{std::move(what), result.error()});
        }
    };
    std::visit(
        Overloaded{
            [&](const Start&) { told("start", driver_.train({})); },
            [&](const Step&) {
                told("step", driver_.train(1));
                if (driver_.training()) {
                    step();  // at once: two steps that were asked for are two steps
                }
            },
            [&](const StepEpoch&) { told("step", driver_.train(driver_.steps_per_epoch())); },
            [&](const Pause&) { driver_.pause(); }, [&](const Stop&) { driver_.pause(); },
            [&](const SetTarget& asked) {
                told("set the target", driver_.set_target(asked.iterations));
            },
            [&](const SetLearningRate& asked) {
                told("set the learning rate", driver_.set_learning_rate(asked.rate));
            },
            [&](SaveCheckpoint& where) { save<SaveCheckpoint, KeepCheckpoint>(std::move(where)); },
            [&](SaveRun& where) { save<SaveRun, KeepRun>(std::move(where)); },
            [&](NewRun& asked) { open(std::move(asked)); },
            [&](OpenModel& asked) { open(std::move(asked)); },
            [&](RecoverRun& asked) { open(std::move(asked)); },
            [](const auto&) {},  // the rest goes to the other threads
        },
        command);
}

void TrainingWorker::open(Opening opening) {
    opening_ = true;
    files_.post(std::move(opening));
}

template <class Where, class Kept>
void TrainingWorker::save(Where where) {
    auto made = driver_.checkpoint();
    if (made) {
        files_.post(Kept{std::move(where), std::move(*made)});
    } else {
        outbox_.add(Failed{"save", made.error()});
    }
}

/// What the user wanted saved before the session ended is saved.
void TrainingWorker::save_what_is_left() {
    const auto keep = [this](Command& command) {
        if (is_save(command)) {
            guarded([&] { carry_out(std::move(command)); });
        }
    };
    for (Command& command : deferred_) {
        keep(command);
    }
    while (auto message = inbox_.try_take()) {
        if (auto* command = std::get_if<Command>(&*message)) {
            keep(*command);
        }
    }
}

}  // namespace lmser
