// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <mutex>

#include "core/session/feed.h"
#include "core/session/mailbox.h"
#include "core/session/session.h"

namespace lmser {

/// What the workers publish and the window takes. Each publication rings once: not again before the
/// next take(). Any thread may call anything here.
class Outbox {
public:
    /// wake: called from the publishing thread; may be empty.
    explicit Outbox(std::function<void()> wake) : wake_(std::move(wake)) {}

    /// Changes the newest snapshot and publishes it. Two workers write different parts of it.
    void update(const std::function<void(Snapshot&)>& change);

    void publish(Exploration exploration);
    void publish(DecodedPicture picture);
    void publish(SweptPictures pictures);
    void publish(DecodedSheet sheet);
    void publish(CodeMap map);
    void publish(MappedPicture picture);
    void publish(RecalledPicture picture);
    void publish(RecalledTrail trail);
    void publish(MovedFace face);
    void publish(MorphedFaces faces);
    void publish(ExportProgress progress);
    void publish(LoadProgress progress);

    void add(Losses losses);
    void add(Reply reply);
    /// The reply that ends an export: no progress of it comes with the reply or after it.
    void end_export(Reply reply);
    /// Decoding has ended: no progress of it comes with what is added from here on, or after it.
    void end_load() { loading_.take(); }

    /// Everything new. What was published before a snapshot is taken with it or before it: after a
    /// snapshot that says paused there come no more losses, and a run's reply comes before its losses.
    News take();

private:
    void ring();

    std::function<void()> wake_;
    std::atomic<bool> rung_ = false;
    std::mutex snapshot_mutex_;
    Snapshot snapshot_;
    Mailbox<Snapshot> snapshots_;
    Mailbox<Exploration> explorations_;
    Mailbox<DecodedPicture> decoded_;
    Mailbox<SweptPictures> swept_;
    std::array<Mailbox<DecodedSheet>, 4> sheets_;  ///< one a SheetKind
    Mailbox<CodeMap> maps_;
    Mailbox<MappedPicture> mapped_;
    Mailbox<RecalledPicture> recalled_;
    Mailbox<RecalledTrail> trails_;
    Mailbox<MovedFace> moved_;
    Mailbox<MorphedFaces> morphed_;
    Mailbox<ExportProgress> exporting_;
    Mailbox<LoadProgress> loading_;
    Feed<Losses> losses_;
    Feed<Reply> replies_;
};

}  // namespace lmser
