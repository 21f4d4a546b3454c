// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session.h"

#include <type_traits>
#include <utility>

#include "core/session/file_worker.h"
#include "core/session/inference_worker.h"
#include "core/session/morph_exporter.h"
#include "core/session/opening_worker.h"
#include "core/session/outbox.h"
#include "core/session/requests.h"
#include "core/session/training_worker.h"
#include "core/tasks/frozen_net.h"

namespace lmser {
namespace {

/// Five workers and what they share. The order of the members is the order of their lives: training ends first, files
/// after everything that was to be written is written, opening last.
class ThreadedSession : public Session {
public:
    explicit ThreadedSession(SessionOptions options)
        : outbox_(std::move(options.wake)),
          opening_(options, outbox_, to_training_),
          files_(options, outbox_, opening_, requests_),
          exporter_(outbox_),
          inference_(outbox_, requests_, files_),
          training_(options, outbox_, to_training_, files_, requests_) {}

    void post(Command command) override {
        std::visit([this](auto& asked) { send(std::move(asked)); }, command);
    }

    News take_news() override { return outbox_.take(); }

    [[nodiscard]] SessionInfo info() const override {
        const EngineInfo engine = engine_info();
        return {engine.torch_version, engine.blas, engine.processor_features, engine.threads};
    }

private:
    void send(FollowLive asked) { requests_.follow(asked); }
    void send(EncodeTestImage asked) { requests_.encode(asked); }
    void send(EncodePicture asked) { requests_.encode(std::move(asked)); }
    void send(EncodeFile asked) { files_.fit(about_explored(std::move(asked))); }
    void send(FitPicture asked) { files_.fit(about_explored(std::move(asked))); }
    void send(Decode asked) { requests_.decode(std::move(asked)); }
    void send(Sweep asked) { requests_.sweep(std::move(asked)); }
    void send(DecodeSheet asked) { requests_.sheet(std::move(asked)); }
    void send(MapCodes asked) { requests_.map(asked); }
    void send(ShowMapped asked) { requests_.show(asked); }
    void send(SaveCode asked) { files_.post(about_explored(std::move(asked))); }
    void send(OpenCode asked) { files_.post(about_explored(std::move(asked))); }
    void send(ExportPicture asked) { files_.post(about_explored(std::move(asked))); }
    void send(ExportMorph asked) { exporter_.begin(std::move(asked), requests_.explored()); }
    void send(CancelExport) { exporter_.cancel(); }
    void send(ShowSamples asked) { requests_.show(asked); }
    void send(TakeSample asked) { requests_.take(asked); }
    void send(TakeTestPicture asked) { requests_.take(asked); }
    void send(TakePhoto asked) { files_.photo(about_explored(std::move(asked))); }
    void send(TakePhotoFile asked) { files_.photo(about_explored(std::move(asked))); }
    void send(AlignPhoto asked) { files_.photo(about_explored(asked)); }
    void send(RecallPicture asked) { requests_.recall(std::move(asked)); }
    void send(TrailPicture asked) { requests_.trail(std::move(asked)); }
    void send(MoveFace asked) { requests_.move(std::move(asked)); }
    void send(MorphFaces asked) { requests_.morph(std::move(asked)); }
    void send(OpenMask asked) { files_.post(about_explored(std::move(asked))); }
    void send(SaveMask asked) { files_.post(std::move(asked)); }
    void send(ExportRecall asked) { files_.post(about_explored(std::move(asked))); }
    void send(LoadDataset asked) { opening_.post(std::move(asked)); }
    void send(CancelLoad) { opening_.cancel(); }
    void send(DiscardRecovery asked) { files_.post(std::move(asked)); }
    template <class RunCommand>
    void send(RunCommand asked) {
        to_training_.put(Command(std::move(asked)));
    }

    /// The command with the network of this moment: the user's, not the thread's.
    template <class Asked>
    AboutExplored<Asked> about_explored(Asked asked) const {
        return {std::move(asked), requests_.explored()};
    }

    Outbox outbox_;
    Inbox<TrainingMessage> to_training_;
    Requests requests_;
    OpeningWorker opening_;
    FileWorker files_;
    MorphExporter exporter_;
    InferenceWorker inference_;
    TrainingWorker training_;
};

}  // namespace

std::unique_ptr<Session> make_session(SessionOptions options) {
    set_engine_threads(1);
    return std::make_unique<ThreadedSession>(std::move(options));
}

}  // namespace lmser
