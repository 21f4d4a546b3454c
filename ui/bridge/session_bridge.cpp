// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/session_bridge.h"

#include <type_traits>
#include <utility>

namespace lmser::ui {

SessionBridge::SessionBridge(QObject* parent) : QObject(parent) {}

SessionBridge::~SessionBridge() = default;

void SessionBridge::load(SessionOptions options, const std::filesystem::path& module) {
    options.wake = [this] { wake(); };
    loader_ = std::jthread([this, options = std::move(options), module] {
        Loaded loaded = load_session(options, module);
        {
            const std::lock_guard lock(loadedMutex_);
            loaded_.emplace(std::move(loaded));
        }
        QMetaObject::invokeMethod(this, &SessionBridge::takeLoaded, Qt::QueuedConnection);
    });
}

void SessionBridge::takeLoaded() {
    std::optional<Loaded> loaded;
    {
        const std::lock_guard lock(loadedMutex_);
        loaded.swap(loaded_);
    }
    if (!loaded) {
        return;
    }
    if (*loaded) {
        use(std::move(*loaded).value());
        return;
    }
    absent_ = loaded->error();
    waiting_.clear();
    Q_EMIT engineFailed(*absent_);
}

void SessionBridge::use(std::unique_ptr<Session> session) {
    session_ = std::move(session);
    Q_EMIT engineReady(session_->info());
    for (Command& command : std::exchange(waiting_, {})) {
        session_->post(std::move(command));
    }
    takeNews();
}

void SessionBridge::wake() {
    QMetaObject::invokeMethod(this, &SessionBridge::takeNews, Qt::QueuedConnection);
}

void SessionBridge::post(Command command) {
    if (session_) {
        session_->post(std::move(command));
    } else if (absent_) {
        Q_EMIT failed(Failed{"engine", *absent_});
    } else {
        waiting_.push_back(std::move(command));
    }
}

SessionInfo SessionBridge::info() const {
    return session_ ? session_->info() : SessionInfo{};
}

// Replies go first: a run must be known before its losses and pictures are shown.
void SessionBridge::takeNews() {
    if (!session_) {
        return;
    }
    const News news = session_->take_news();
    for (const Reply& reply : news.replies) {
        tell(reply);
    }
    for (const Losses& losses : news.losses) {
        Q_EMIT lossesArrived(losses);
    }
    if (news.snapshot) {
        Q_EMIT snapshotArrived(*news.snapshot);
    }
    if (news.exploration) {
        Q_EMIT explorationArrived(*news.exploration);
    }
    if (news.decoded) {
        Q_EMIT decoded(*news.decoded);
    }
    if (news.swept) {
        Q_EMIT swept(*news.swept);
    }
    for (const DecodedSheet& sheet : news.sheets) {
        Q_EMIT sheetDecoded(sheet);
    }
    if (news.map) {
        Q_EMIT codesMapped(*news.map);
    }
    if (news.mapped) {
        Q_EMIT mappedPictureArrived(*news.mapped);
    }
    if (news.recalled) {
        Q_EMIT recalled(*news.recalled);
    }
    if (news.trail) {
        Q_EMIT trailed(*news.trail);
    }
    if (news.moved) {
        Q_EMIT faceMoved(*news.moved);
    }
    if (news.morphed) {
        Q_EMIT facesMorphed(*news.morphed);
    }
    if (news.exporting) {
        Q_EMIT exportProgressed(*news.exporting);
    }
    if (news.loading) {
        Q_EMIT loadProgressed(*news.loading);
    }
}

void SessionBridge::tell(const Reply& reply) {
    std::visit(
        [this](const auto& told) {
            using Told = std::decay_t<decltype(told)>;
            if constexpr (std::is_same_v<Told, DatasetLoaded>) {
                Q_EMIT datasetLoaded(told);
            } else if constexpr (std::is_same_v<Told, LoadCancelled>) {
                Q_EMIT loadCancelled(told);
            } else if constexpr (std::is_same_v<Told, RunOpened>) {
                Q_EMIT runOpened(told);
            } else if constexpr (std::is_same_v<Told, RunCompleted>) {
                Q_EMIT runCompleted(told);
            } else if constexpr (std::is_same_v<Told, Evaluated>) {
                Q_EMIT evaluated(told);
            } else if constexpr (std::is_same_v<Told, Encoded>) {
                Q_EMIT encoded(told);
            } else if constexpr (std::is_same_v<Told, CodeOpened>) {
                Q_EMIT codeOpened(told);
            } else if constexpr (std::is_same_v<Told, TakenPicture>) {
                Q_EMIT pictureTaken(told);
            } else if constexpr (std::is_same_v<Told, Samples>) {
                Q_EMIT samplesArrived(told);
            } else if constexpr (std::is_same_v<Told, OpenedMask>) {
                Q_EMIT maskOpened(told);
            } else if constexpr (std::is_same_v<Told, Exported>) {
                Q_EMIT exported(told);
            } else if constexpr (std::is_same_v<Told, ExportCancelled>) {
                Q_EMIT exportCancelled(told);
            } else if constexpr (std::is_same_v<Told, Saved>) {
                Q_EMIT saved(told);
            } else if constexpr (std::is_same_v<Told, Diverged>) {
                Q_EMIT diverged(told);
            } else {
                static_assert(std::is_same_v<Told, Failed>);
                Q_EMIT failed(told);
            }
        },
        reply);
}

}  // namespace lmser::ui
