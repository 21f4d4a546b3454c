// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <vector>

#include "core/session/command.h"
#include "core/session/snapshot.h"

namespace lmser::ui {

/// How many pictures the way between two faces has.
inline constexpr std::size_t kMorphedFaces = 25;

/// What is recalled: a picture with a hole, and how.
struct RecallSubject {
    Images picture;  ///< one, in the network's shape
    Mask hidden;     ///< of its size
    RecallOptions options;
};

/// Numbers what Recall asks for, tells answers from those that came too late, and measures how long a stroke waits for
/// what is recalled of it.
class RecallRequests : public QObject {
    Q_OBJECT
public:
    explicit RecallRequests(QObject* parent = nullptr);

    /// Answers to what was asked before are of another network from now on.
    void beginRun();
    /// Another picture: what was recalled of the one before is not shown any more.
    void beginPicture();

    void samples();
    // A picture is wanted; the newest one is.
    void takeSample(std::size_t index);
    void takeTestPicture(std::size_t index);
    void takePhoto(const Images& photo);
    void takePhoto(const std::filesystem::path& file);
    /// The photo again with other points; every answer on the way there is shown.
    void align(const FacePoints& points);

    /// At once; the session drops what a newer request overtakes.
    void recall(const RecallSubject& subject, bool settle);
    void trail(const RecallSubject& subject);
    void move(const Images& picture, const std::vector<float>& steps);
    /// The newest one is wanted.
    void morph(const Images& from, const Images& to);
    void openMask(const std::filesystem::path& file);

    // Whether an answer is to be shown: of this run and picture, and not older than what was shown.
    bool accept(const Samples& samples);
    bool accept(const TakenPicture& taken);
    bool accept(const RecalledPicture& recalled);
    bool accept(const RecalledTrail& trail);
    bool accept(const MovedFace& moved);
    bool accept(const MorphedFaces& morphed);
    bool accept(const OpenedMask& opened);

    /// From the request of the recall that was accepted last until now.
    [[nodiscard]] double millisecondsOfRecall() const { return milliseconds_; }

Q_SIGNALS:
    void commandRequested(const lmser::Command& command);

private:
    /// Which answers of a kind are welcome: those from `first` on, newer than `shown`.
    struct Window {
        std::uint64_t first = 1;
        std::uint64_t shown = 0;
        bool take(std::uint64_t id);
    };
    struct Asked {
        std::uint64_t id;
        qint64 at;  ///< nanoseconds on clock_
    };

    std::uint64_t newPicture();

    std::uint64_t lastId_ = 0;
    Window samples_;
    Window taken_;
    Window recalled_;
    Window trail_;
    Window moved_;
    Window morphed_;
    Window mask_;
    QElapsedTimer clock_;
    std::deque<Asked> asked_;  ///< recalls that were not answered yet
    double milliseconds_ = 0;
};

}  // namespace lmser::ui
