// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/session/command.h"
#include "core/session/snapshot.h"

namespace lmser {

struct SessionOptions {
    /// Called from any thread when there is something to take; coalesced: not again before the next take_news().
    std::function<void()> wake;
    /// Where unsaved runs are kept while the program runs; each session makes a folder of its own in it.
    /// Empty: no autosave.
    std::filesystem::path recovery;
    std::filesystem::path data_dir;  ///< searched first for datasets; may be empty
    std::string device = "cpu";
    double autosave_seconds = 20;
};

/// What the engine runs on, as text for the status bar and About.
struct SessionInfo {
    std::string torch_version;
    std::string blas;
    std::string processor_features;
    int threads = 1;
};

/// What a killed process left behind.
struct Recoverable {
    std::filesystem::path folder;
    Experiment experiment;
    std::int64_t iteration = 0;
};

/// Everything new since the last take.
struct News {
    std::optional<Snapshot> snapshot;         ///< newest, older dropped
    std::optional<Exploration> exploration;   ///< newest, older dropped
    std::optional<DecodedPicture> decoded;    ///< newest, older dropped
    std::optional<SweptPictures> swept;       ///< newest, older dropped
    std::vector<DecodedSheet> sheets;         ///< newest of every kind, older dropped
    std::optional<CodeMap> map;               ///< newest, older dropped
    std::optional<MappedPicture> mapped;      ///< newest, older dropped
    std::optional<RecalledPicture> recalled;  ///< newest, older dropped
    std::optional<RecalledTrail> trail;       ///< newest, older dropped
    std::optional<MovedFace> moved;           ///< newest, older dropped
    std::optional<MorphedFaces> morphed;      ///< newest, older dropped
    std::optional<ExportProgress> exporting;  ///< newest; none once it has ended
    std::optional<LoadProgress> loading;      ///< newest; none once it has ended
    std::vector<Losses> losses;               ///< nothing dropped
    std::vector<Reply> replies;               ///< nothing dropped
};

/// The engine at work: threads for training, inference, files, loading and exports. The only door for ui/.
class Session {
public:
    virtual ~Session() = default;

    /// Hands a command over; never blocks.
    virtual void post(Command command) = 0;

    /// Takes what is new; never blocks.
    virtual News take_news() = 0;

    [[nodiscard]] virtual SessionInfo info() const = 0;
};

/// Runs that a killed process left in the recovery folder, newest first; those in use are left out.
std::vector<Recoverable> find_recoverable(const std::filesystem::path& recovery);

/// Makes a session in this program. Linked from lmser_session, which needs LibTorch.
std::unique_ptr<Session> make_session(SessionOptions options);

/// Sets what the engine's libraries read while they are loaded: one thread an operation, no spinning. What
/// the user has set is kept. Call it at the start of main(): changing the environment later, while other
/// threads read it, is not safe.
void set_engine_environment();

/// Loads the engine module (lmser-engine.so beside the program) and makes a session from it, so that
/// LibTorch's half second of loading is spent on a thread after the window is there. Linked from
/// lmser_session_loader, which does not need LibTorch. not_found or bad_data where it cannot be loaded.
Result<std::unique_ptr<Session>> load_session(SessionOptions options,
                                              const std::filesystem::path& module);

}  // namespace lmser
