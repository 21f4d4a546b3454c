// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/session/command.h"
#include "core/session/snapshot.h"

namespace lmser::ui {

/// Numbers what Explore asks for, decides when a sweep is due, and tells answers from those that came too
/// late.
class ExploreRequests : public QObject {
    Q_OBJECT
public:
    explicit ExploreRequests(QObject* parent = nullptr);

    /// Answers to what was asked before are of another network from now on.
    void beginRun();

    /// Asks at once; the session drops what a newer request overtakes.
    void decode(const std::vector<float>& code, bool shortcuts);
    /// Returns the request's id.
    std::uint64_t encode(std::size_t testImage);

    /// Whether the picture is to be shown: not older than what was shown. One of moved weights (id 0) must
    /// be of the present `code`.
    bool accept(const DecodedPicture& picture, const std::vector<float>& code);
    bool accept(const SweptPictures& pictures);
    /// Whether it answers the newest encode().
    [[nodiscard]] bool accept(const Encoded& encoded) const;

    /// The code, the range or the selection changed: sweepDue() follows when they settle.
    void sweepWhenSettled();
    /// The weights moved: sweepDue() follows, at most four times a second.
    void sweepForMovedWeights();
    /// Asks for a sweep, unless the same one was the last; its id is filled in.
    void sweep(Sweep request);

Q_SIGNALS:
    void commandRequested(const lmser::Command& command);
    void sweepDue();

private:
    std::uint64_t lastId_ = 0;
    std::uint64_t firstOfRun_ = 1;
    std::uint64_t shownDecode_ = 0;
    std::uint64_t shownSweep_ = 0;
    std::uint64_t lastEncode_ = 0;
    std::optional<Sweep> lastSweep_;
    bool weightsMoved_ = false;
    QTimer settle_;
    QTimer moved_;
};

}  // namespace lmser::ui
