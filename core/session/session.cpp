// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session.h"

#include <type_traits>
#include <utility>

#include "core/session/file_worker.h"
#include "core/session/inference_worker.h"
#include "core/session/outbox.h"
#include "core/session/training_worker.h"
#include "core/tasks/frozen_net.h"

namespace lmser {
namespace {

/// Three workers and what they share. The order of the members is the order of their lives: training
/// ends first, files last, after everything that was to be written is written.
class ThreadedSession : public Session {
public:
    explicit ThreadedSession(SessionOptions options)
        : outbox_(std::move(options.wake)),
          files_(options, outbox_, to_training_),
          inference_(outbox_, files_),
          training_(options, outbox_, to_training_, files_, inference_) {}

    void post(Command command) override {
        std::visit([this](auto& asked) { send(std::move(asked)); }, command);
    }

    News take_news() override { return outbox_.take(); }

    [[nodiscard]] SessionInfo info() const override {
        const EngineInfo engine = engine_info();
        return {engine.torch_version, engine.blas, engine.processor_features, engine.threads};
    }

private:
    void send(FollowLive asked) { inference_.follow(asked); }
    void send(EncodeTestImage asked) { inference_.encode(asked); }
    void send(EncodePicture asked) { inference_.encode(std::move(asked)); }
    void send(Decode asked) { inference_.decode(std::move(asked)); }
    void send(Sweep asked) { inference_.sweep(std::move(asked)); }
    void send(LoadDataset asked) { files_.post(std::move(asked)); }
    void send(DiscardRecovery asked) { files_.post(std::move(asked)); }
    template <class RunCommand>
    void send(RunCommand asked) {
        to_training_.put(Command(std::move(asked)));
    }

    Outbox outbox_;
    Inbox<TrainingMessage> to_training_;
    FileWorker files_;
    InferenceWorker inference_;
    TrainingWorker training_;
};

}  // namespace

std::unique_ptr<Session> make_session(SessionOptions options) {
    set_engine_threads(1);
    return std::make_unique<ThreadedSession>(std::move(options));
}

}  // namespace lmser
