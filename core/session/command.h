// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "core/base/image.h"
#include "core/spec/experiment.h"

namespace lmser {

/// What the window asks of the session. Each is a value; the answer comes as a Reply, a Snapshot or a
/// decoded picture.

// Data and runs
struct LoadDataset {
    std::string name;              ///< a name of dataset_names()
    std::filesystem::path folder;  ///< searched first; empty: the usual places
};
struct NewRun {  ///< a new network, loading experiment.dataset first where it is not the loaded one
    Experiment experiment;
};
struct
    OpenModel {  ///< a checkpoint, run folder or shipped model: explored at once, trained on from there
    std::string model;
};
struct RecoverRun {  ///< goes on with what a killed process left in a recovery folder
    std::filesystem::path folder;
};
struct DiscardRecovery {
    std::filesystem::path folder;
};

// Run control
struct Start {};      ///< train until the target; does nothing while training
struct Pause {};      ///< answered within one batch
struct Step {};       ///< one step, then pause
struct StepEpoch {};  ///< until every training picture was seen once more, then pause
struct Stop {};       ///< pause and keep a checkpoint in the recovery folder
struct SetTarget {
    std::int64_t iterations;
};
struct SetLearningRate {
    double rate;
};

// Keeping
struct SaveCheckpoint {  ///< one .safetensors file
    std::filesystem::path file;
};
struct SaveRun {  ///< a run folder: experiment, metrics and checkpoint
    std::filesystem::path folder;
};

// Exploring. Requests of one kind replace each other while they wait; ids come back with the answer.
struct FollowLive {  ///< true: explore the newest weights; false: keep those of this moment
    bool live;
};
struct EncodeTestImage {  ///< picture `index` of the test split becomes the start
    std::uint64_t id;
    std::size_t index;
};
struct EncodePicture {  ///< a picture of the network's shape becomes the start
    std::uint64_t id;
    Images picture;
};
struct Decode {
    std::uint64_t id;
    std::vector<float> code;
    bool shortcuts = false;  ///< feed the shared neurons with the start picture's bottom-up signals
};
struct Sweep {  ///< decodes `code` with `unit` at `count` values from `low` to `high`
    std::uint64_t id;
    std::vector<float> code;
    std::size_t unit;
    float low;
    float high;
    std::size_t count;
    bool shortcuts = false;
};

using Command =
    std::variant<LoadDataset, NewRun, OpenModel, RecoverRun, DiscardRecovery, Start, Pause, Step,
                 StepEpoch, Stop, SetTarget, SetLearningRate, SaveCheckpoint, SaveRun, FollowLive,
                 EncodeTestImage, EncodePicture, Decode, Sweep>;

}  // namespace lmser
