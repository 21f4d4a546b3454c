// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "core/session/command.h"
#include "core/session/snapshot.h"

namespace lmser::ui {

/// How every picture of a code is made.
struct DecodeOptions {
    bool shortcuts = false;
    int reflections = 0;
    bool operator==(const DecodeOptions&) const = default;
};

/// Numbers what Explore asks for, decides when a sweep is due, and tells answers from those that came too
/// late.
class ExploreRequests : public QObject {
    Q_OBJECT
public:
    explicit ExploreRequests(QObject* parent = nullptr);

    /// Answers to what was asked before are of another network from now on.
    void beginRun();

    /// Asks at once; the session drops what a newer request overtakes.
    void decode(const std::vector<float>& code, const DecodeOptions& options);
    // A picture whose code is wanted. Each returns the request's id; the newest is the start.
    std::uint64_t encode(std::size_t testImage);
    std::uint64_t encode(const std::filesystem::path& file);
    std::uint64_t encode(const Images& picture, PictureFit fit);
    /// A picture of the network's shape that was the start before, under the weights of now.
    std::uint64_t encodeAgain(const Images& picture);
    std::uint64_t openCode(const std::filesystem::path& file);
    /// The same for a picture that is not to be the start.
    std::uint64_t encodeBeside(const std::filesystem::path& file);
    std::uint64_t encodeBeside(const Images& picture);

    /// Asks for a sheet, unless the same one was the last of its kind.
    void sheet(SheetKind kind, std::vector<float> codes, const DecodeOptions& options);
    /// The sheet of this kind is not wanted any more: its answers are dropped.
    void forget(SheetKind kind);
    void map(std::optional<std::pair<std::size_t, std::size_t>> units);
    void mapped(std::size_t point);

    /// Whether the picture is to be shown: not older than what was shown. One of moved weights (id 0) must
    /// be of the present `code`.
    bool accept(const DecodedPicture& picture, const std::vector<float>& code);
    bool accept(const SweptPictures& pictures);
    /// Not older than what was shown of its kind; one of moved weights (id 0) must be of the codes asked for.
    bool accept(const DecodedSheet& sheet);
    /// Whether it answers the newest encode() or openCode().
    [[nodiscard]] bool accept(const Encoded& encoded) const { return isNewestStart(encoded.id); }
    [[nodiscard]] bool accept(const CodeOpened& opened) const { return isNewestStart(opened.id); }
    [[nodiscard]] bool accept(const CodeMap& map) const { return map.id >= newestMap_; }

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
    struct Sheet {
        std::optional<DecodeSheet> asked;
        std::uint64_t shown = 0;
    };

    [[nodiscard]] Sheet& sheetOf(SheetKind kind) {
        return sheets_.at(static_cast<std::size_t>(kind));
    }
    [[nodiscard]] bool isNewestStart(std::uint64_t id) const;

    std::uint64_t lastId_ = 0;
    std::uint64_t firstOfRun_ = 1;
    std::uint64_t shownDecode_ = 0;
    std::uint64_t shownSweep_ = 0;
    std::uint64_t newestStart_ = 0;
    std::uint64_t newestMap_ = 0;
    std::array<Sheet, 4> sheets_;  ///< one a SheetKind
    std::optional<Sweep> lastSweep_;
    bool weightsMoved_ = false;
    QTimer settle_;
    QTimer moved_;
};

}  // namespace lmser::ui
