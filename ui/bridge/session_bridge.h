// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <filesystem>
#include <memory>
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

    void post(Command command);

Q_SIGNALS:
    void engineReady(const lmser::SessionInfo& info);
    void engineFailed(const lmser::Error& error);

    void snapshotArrived(const lmser::Snapshot& snapshot);
    void explorationArrived(const lmser::Exploration& exploration);
    void decoded(const lmser::DecodedPicture& picture);
    void swept(const lmser::SweptPictures& pictures);
    void lossesArrived(const lmser::Losses& losses);

    void datasetLoaded(const lmser::DatasetLoaded& reply);
    void runOpened(const lmser::RunOpened& reply);
    void evaluated(const lmser::Evaluated& reply);
    void encoded(const lmser::Encoded& reply);
    void saved(const lmser::Saved& reply);
    void diverged(const lmser::Diverged& reply);
    void failed(const lmser::Failed& reply);

private:
    void takeNews();

    std::unique_ptr<Session> session_;
    std::vector<Command> waiting_;
    std::jthread loader_;
};

}  // namespace lmser::ui
