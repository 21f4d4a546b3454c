// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/outbox.h"

#include <utility>

namespace lmser {

void Outbox::update(const std::function<void(Snapshot&)>& change) {
    {
        const std::lock_guard lock(snapshot_mutex_);
        change(snapshot_);
        snapshots_.put(snapshot_);
    }
    ring();
}

void Outbox::publish(Exploration exploration) {
    explorations_.put(std::move(exploration));
    ring();
}

void Outbox::publish(DecodedPicture picture) {
    decoded_.put(std::move(picture));
    ring();
}

void Outbox::publish(SweptPictures pictures) {
    swept_.put(std::move(pictures));
    ring();
}

void Outbox::publish(DecodedSheet sheet) {
    auto& place = sheets_.at(static_cast<std::size_t>(sheet.kind));
    place.put(std::move(sheet));
    ring();
}

void Outbox::publish(CodeMap map) {
    maps_.put(std::move(map));
    ring();
}

void Outbox::publish(MappedPicture picture) {
    mapped_.put(std::move(picture));
    ring();
}

void Outbox::publish(RecalledPicture picture) {
    recalled_.put(std::move(picture));
    ring();
}

void Outbox::publish(RecalledTrail trail) {
    trails_.put(std::move(trail));
    ring();
}

void Outbox::publish(MovedFace face) {
    moved_.put(std::move(face));
    ring();
}

void Outbox::publish(MorphedFaces faces) {
    morphed_.put(std::move(faces));
    ring();
}

void Outbox::publish(ExportProgress progress) {
    exporting_.put(std::move(progress));
    ring();
}

void Outbox::publish(LoadProgress progress) {
    loading_.put(std::move(progress));
    ring();
}

void Outbox::add(Losses losses) {
    losses_.add(std::move(losses));
    ring();
}

void Outbox::add(Reply reply) {
    replies_.add(std::move(reply));
    ring();
}

void Outbox::end_export(Reply reply) {
    exporting_.take();
    add(std::move(reply));
}

News Outbox::take() {
    // Cleared before reading: what is published while this reads rings again.
    rung_.store(false);
    News news;
    news.snapshot = snapshots_.take();
    news.exploration = explorations_.take();
    news.decoded = decoded_.take();
    news.swept = swept_.take();
    for (auto& place : sheets_) {
        if (auto sheet = place.take()) {
            news.sheets.push_back(std::move(*sheet));
        }
    }
    news.map = maps_.take();
    news.mapped = mapped_.take();
    news.recalled = recalled_.take();
    news.trail = trails_.take();
    news.moved = moved_.take();
    news.morphed = morphed_.take();
    news.losses = losses_.take();
    news.replies = replies_.take();
    // After the replies: see end_export and end_load.
    news.exporting = exporting_.take();
    news.loading = loading_.take();
    return news;
}

void Outbox::ring() {
    if (!rung_.exchange(true) && wake_) {
        wake_();
    }
}

}  // namespace lmser
