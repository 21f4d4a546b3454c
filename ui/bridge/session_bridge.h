// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/session/session.h"

namespace lmser::ui {

/// The session as a QObject: commands go in, news come out as signals in the GUI thread.
/// Commands posted before the engine is loaded wait for it.
class SessionBridge : public QObject {
    Q_OBJECT
public:
    explicit SessionBridge(QObject* parent = nullptr);
    ~SessionBridge() override;

    /// Loads the engine module on a thread; engineReady or engineFailed follows.
    void load(SessionOptions options, const std::filesystem::path& module);
    /// Uses a session that is there already; for tests.
    void use(std::unique_ptr<Session> session);
    /// What SessionOptions::wake must call; from any thread.
    void wake();

    /// Hands a command over; never blocks. Without an engine to come it is answered by failed().
    void post(Command command);

    /// What the engine runs on; empty until engineReady.
    [[nodiscard]] SessionInfo info() const;

Q_SIGNALS:
    void engineReady(const lmser::SessionInfo& info);
    void engineFailed(const lmser::Error& error);

    void snapshotArrived(const lmser::Snapshot& snapshot);
    void explorationArrived(const lmser::Exploration& exploration);
    void decoded(const lmser::DecodedPicture& picture);
    void swept(const lmser::SweptPictures& pictures);
    void sheetDecoded(const lmser::DecodedSheet& sheet);
    void codesMapped(const lmser::CodeMap& map);
    void mappedPictureArrived(const lmser::MappedPicture& picture);
    void exportProgressed(const lmser::ExportProgress& progress);
    void loadProgressed(const lmser::LoadProgress& progress);
    void lossesArrived(const lmser::Losses& losses);

    void datasetLoaded(const lmser::DatasetLoaded& reply);
    void loadCancelled(const lmser::LoadCancelled& reply);
    void runOpened(const lmser::RunOpened& reply);
    void runCompleted(const lmser::RunCompleted& reply);
    void evaluated(const lmser::Evaluated& reply);
    void encoded(const lmser::Encoded& reply);
    void codeOpened(const lmser::CodeOpened& reply);
    void pictureTaken(const lmser::TakenPicture& reply);
    void samplesArrived(const lmser::Samples& reply);
    void maskOpened(const lmser::OpenedMask& reply);
    void recalled(const lmser::RecalledPicture& picture);
    void trailed(const lmser::RecalledTrail& trail);
    void faceMoved(const lmser::MovedFace& face);
    void facesMorphed(const lmser::MorphedFaces& faces);
    void exported(const lmser::Exported& reply);
    void exportCancelled(const lmser::ExportCancelled& reply);
    void saved(const lmser::Saved& reply);
    void diverged(const lmser::Diverged& reply);
    void failed(const lmser::Failed& reply);

private:
    using Loaded = Result<std::unique_ptr<Session>>;

    void takeLoaded();
    void takeNews();
    void tell(const Reply& reply);

    // The loading thread ends first; then the session, whose threads may call wake() until it is gone.
    std::optional<Error> absent_;
    std::vector<Command> waiting_;
    std::unique_ptr<Session> session_;
    std::mutex loadedMutex_;
    std::optional<Loaded> loaded_;
    std::jthread loader_;
};

}  // namespace lmser::ui
