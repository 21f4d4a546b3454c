// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/fit_picture.h"
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
struct EncodeFile {  ///< a picture file of any size becomes the start; see PictureFit
    std::uint64_t id;
    std::filesystem::path file;
    PictureFit fit = PictureFit::automatic;
};
struct FitPicture {  ///< a drawn or pasted picture of any size becomes the start
    std::uint64_t id;
    Images picture;  ///< one picture
    PictureFit fit = PictureFit::automatic;
};
struct Decode {
    std::uint64_t id;
    std::vector<float> code;
    bool shortcuts = false;  ///< feed the shared neurons with the start picture's bottom-up signals
    int reflections = 0;     ///< perceptions of the picture that follow, the code held
};
struct Sweep {  ///< decodes `code` with `unit` at `count` values from `low` to `high`
    std::uint64_t id;
    std::vector<float> code;
    std::size_t unit;
    float low;
    float high;
    std::size_t count;
    bool shortcuts = false;
    int reflections = 0;
};
/// What a sheet of pictures is for. Requests for different sheets do not replace each other.
enum class SheetKind {
    classes,     ///< every class in the present style
    grid,        ///< two units against each other
    morph,       ///< on the way from one code to another
    comparison,  ///< the present code without and with one more reflection, or beside another
};
struct DecodeSheet {  ///< several codes at once
    std::uint64_t id;
    SheetKind kind = SheetKind::classes;
    std::vector<float> codes;  ///< one after another
    bool shortcuts = false;
    int reflections = 0;
};

// The map of the dataset's codes
struct MapCodes {  ///< projects the codes of the first pictures of the training split onto a plane
    std::uint64_t id;
    std::optional<std::pair<std::size_t, std::size_t>>
        units;  ///< two units; else the first two principal axes
};
struct ShowMapped {  ///< the picture behind a point of the map
    std::uint64_t id;
    std::size_t index;  ///< of the point
};

// Keeping codes and what they make
struct SaveCode {  ///< a code file
    std::filesystem::path file;
    std::vector<float> code;
    int reflections = 0;
};
struct OpenCode {  ///< a code file of the explored network
    std::uint64_t id;
    std::filesystem::path file;
};
struct ExportPicture {  ///< a PNG that carries its code, or `.npy`
    std::filesystem::path file;
    std::vector<float> code;
    bool shortcuts = false;
    int reflections = 0;
    int scale = 8;  ///< pixels of the PNG a pixel of the network
};
enum class MorphFormat {
    strip,   ///< one PNG, the pictures side by side
    gif,     ///< an animated GIF that runs there and back for ever
    frames,  ///< a folder of numbered PNGs
};
struct
    ExportMorph {  ///< the pictures on the way between two codes; progress is told, and it can be cancelled
    std::filesystem::path path;
    MorphFormat format = MorphFormat::gif;
    std::vector<float> from;
    std::vector<float> to;
    std::size_t frames = 24;
    int reflections = 0;
    int scale = 8;
    int frame_milliseconds = 60;
};
struct CancelExport {};

using Command =
    std::variant<LoadDataset, NewRun, OpenModel, RecoverRun, DiscardRecovery, Start, Pause, Step,
                 StepEpoch, Stop, SetTarget, SetLearningRate, SaveCheckpoint, SaveRun, FollowLive,
                 EncodeTestImage, EncodePicture, EncodeFile, FitPicture, Decode, Sweep, DecodeSheet,
                 MapCodes, ShowMapped, SaveCode, OpenCode, ExportPicture, ExportMorph,
                 CancelExport>;

}  // namespace lmser
