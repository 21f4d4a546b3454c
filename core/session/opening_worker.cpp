// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/opening_worker.h"

#include <string>

#include "core/session/guard.h"
#include "core/tasks/frozen_net.h"

namespace lmser {
namespace {

std::string word_for(const NewRun&) {
    return "new";
}
std::string word_for(const OpenModel&) {
    return "open";
}
std::string word_for(const RecoverRun&) {
    return "recover";
}

}  // namespace

OpeningWorker::OpeningWorker(const SessionOptions& options, Outbox& outbox,
                             Inbox<TrainingMessage>& training)
    : outbox_(outbox),
      training_(training),
      opener_(options.data_dir, options.device, outbox),
      thread_([this](const std::stop_token& stop) { loop(stop); }) {}

void OpeningWorker::loop(const std::stop_token& stop) {
    set_engine_threads(1);
    opener_.datasets().end_with(stop);
    while (const auto job = jobs_.take(stop)) {
        if (!stop.stop_requested()) {  // else nobody is there to use it
            std::visit([this](const auto& asked) { on(asked); }, *job);
        }
    }
}

void OpeningWorker::on(const LoadDataset& command) {
    Result<void> loaded;
    const auto unforeseen = guarded([&] { loaded = opener_.datasets().load(command); });
    if (unforeseen || !loaded) {
        outbox_.add(opener_.datasets().refusal("load", unforeseen ? *unforeseen : loaded.error()));
    }
}

void OpeningWorker::on(const Opening& command) {
    std::visit(
        [this](const auto& asked) {
            Result<void> opened;
            const auto unforeseen = guarded([&] { opened = open(asked); });
            if (unforeseen || !opened) {
                const Error& error = unforeseen ? *unforeseen : opened.error();
                training_.put(OpeningFailed{opener_.datasets().refusal(word_for(asked), error)});
            }
        },
        command);
}

template <class Command>
Result<void> OpeningWorker::open(const Command& command) {
    auto opened = opener_.open(command);
    if (!opened) {
        return opened.error();
    }
    training_.put(std::move(*opened));
    return {};
}

/// In two steps: the network can be explored while its dataset is read.
Result<void> OpeningWorker::open(const OpenModel& command) {
    const auto opened = opener_.open(command);
    if (!opened) {
        return opened.error();
    }
    training_.put(*opened);
    training_.put(opener_.rest_of(*opened));
    return {};
}

}  // namespace lmser
