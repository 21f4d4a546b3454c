// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/session/command.h"
#include "core/session/explored.h"
#include "core/session/snapshot.h"

namespace lmser {

class FrozenNet;
class Run;
class RunFolder;
struct Dataset;

/// The commands that bring a run.
using Opening = std::variant<NewRun, OpenModel, RecoverRun>;

/// A run that the opening thread made ready. It is handed over to the training thread, which owns it then.
struct OpenedRun {
    std::shared_ptr<Run> run;   ///< none where its dataset is not there, or follows
    bool rest_follows = false;  ///< dataset and run are being made ready: a RestOfRun comes
    std::shared_ptr<const FrozenNet> net;
    std::shared_ptr<const Dataset> dataset;  ///< whose pictures are shown; may be none
    Experiment experiment;
    std::int64_t iteration = 0;
    std::filesystem::path source;         ///< the checkpoint it came from; empty for a new run
    std::vector<StepReport> steps;        ///< the curve so far
    std::vector<Evaluation> evaluations;  ///< the same
    std::shared_ptr<RunFolder> recovery;  ///< of a recovered run: it goes on in its folder
    std::shared_ptr<const CodeStatistics> statistics;  ///< of the model's file; may be none
};

/// What a model that is explored already trains with.
struct RestOfRun {
    std::shared_ptr<Run> run;                ///< none where its dataset is not there
    std::shared_ptr<const Dataset> dataset;  ///< whose pictures are shown; may be none
};

/// The opening thread could not open what was asked for, or was told to give up. The training thread tells of it, so that what the user
/// does about it comes after.
struct OpeningFailed {
    Reply reply;  ///< Failed, or LoadCancelled
};

/// What the training thread is asked.
using TrainingMessage = std::variant<Command, OpenedRun, RestOfRun, OpeningFailed>;

/// A run as bytes, ready to be written.
struct CheckpointBytes {
    std::uint64_t run = 0;
    Experiment experiment;
    std::int64_t iteration = 0;
    std::vector<std::byte> bytes;
};

// What the files thread is asked, beside LoadDataset, DiscardRecovery and Opening.

/// What follows belongs to another run: its curve so far, and where it is kept already.
struct BeginRun {
    std::uint64_t run = 0;
    std::int64_t iteration = 0;
    std::filesystem::path source;  ///< the checkpoint it came from: its run folder holds this run
    std::vector<StepReport> steps;
    std::vector<Evaluation> evaluations;
    std::shared_ptr<RunFolder> recovery;
};
struct LogSteps {
    std::uint64_t run = 0;
    std::vector<StepReport> steps;
};
struct LogEvaluation {
    std::uint64_t run = 0;
    Evaluation evaluation;
};
/// Writes the newest checkpoint that waits for it.
struct Autosave {};
struct KeepCheckpoint {
    SaveCheckpoint where;
    CheckpointBytes checkpoint;
};
struct KeepRun {
    SaveRun where;
    CheckpointBytes checkpoint;
};

// Codes and pictures, about what was explored when they were asked for.
template <class Asked>
struct AboutExplored {
    Asked asked;
    Explored explored;
};
/// Makes the newest picture that waits for it fit.
struct FitStart {};
/// Makes a picture to be recalled of the newest photo that waits for it.
struct FitPhoto {};

}  // namespace lmser
