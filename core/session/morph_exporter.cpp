// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/morph_exporter.h"

#include <optional>
#include <utility>

#include "core/session/code_checks.h"
#include "core/session/guard.h"
#include "core/session/morph_file.h"
#include "core/tasks/frozen_net.h"

namespace lmser {
namespace {

constexpr const char* kWord = "export";

}  // namespace

MorphExporter::MorphExporter(Outbox& outbox)
    : outbox_(outbox), thread_([this](const std::stop_token& stop) { loop(stop); }) {}

void MorphExporter::begin(ExportMorph asked, Explored explored) {
    if (busy_.exchange(true)) {
        outbox_.add(Failed{
            kWord, refused("another morph is still being exported", "Wait for it, or cancel it.")});
        return;
    }
    cancelled_ = false;
    jobs_.put({std::move(asked), std::move(explored)});
}

void MorphExporter::loop(const std::stop_token& stop) {
    set_engine_threads(1);
    while (const auto job = jobs_.take(stop)) {
        std::optional<Reply> reply;
        if (auto failure = guarded([&] { reply = made(*job, stop); })) {
            reply = Failed{kWord, std::move(*failure)};
        }
        busy_ = false;  // before the reply: who sees it may ask for the next
        outbox_.end_export(std::move(*reply));
    }
}

Reply MorphExporter::made(const Job& job, const std::stop_token& stop) {
    const std::string path = job.asked.path.string();
    const auto proceed = [&](std::size_t done, std::size_t total) {
        outbox_.publish(ExportProgress{path, done, total});
        return !cancelled_ && !stop.stop_requested();
    };
    const auto written = write_morph(job.asked, job.explored, proceed);
    if (!written) {
        return Failed{kWord, written.error()};
    }
    return *written ? Reply(Exported{path}) : Reply(ExportCancelled{path});
}

}  // namespace lmser
