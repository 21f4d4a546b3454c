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

#include "core/base/face_alignment.h"
#include "core/base/fit_picture.h"
#include "core/base/image.h"
#include "core/base/mask.h"
#include "core/spec/experiment.h"
#include "core/spec/recall_options.h"

namespace lmser {

/// What the window asks of the session. Each is a value; the answer comes as a Reply, a Snapshot or a
/// decoded picture.

// Data and runs
struct LoadDataset {
    std::string name;                   ///< a name of dataset_names()
    std::filesystem::path folder;       ///< searched first; empty: the usual places
    std::optional<ImageShape> shape{};  ///< what pictures of a folder become; nothing: 3x64x64
};
struct CancelLoad {};  ///< gives up the decoding of a dataset's pictures that goes on, if any
struct NewRun {  ///< a new network, loading experiment.dataset first where it is not the loaded one
    Experiment experiment;
    std::filesystem::path folder{};  ///< searched first for its dataset; empty: the usual places
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

// Recalling: pictures with holes. A picture is taken in the network's shape and comes back with every request, so that
// the session remembers none; requests of one kind replace each other while they wait.
struct
    ShowSamples {  ///< what can be recalled without data: faces the model makes itself, or drawn digits
    std::uint64_t id;
};
struct TakeSample {  ///< one of them
    std::uint64_t id;
    std::size_t index;
};
struct TakeTestPicture {  ///< picture `index` of the test split
    std::uint64_t id;
    std::size_t index;
};
struct TakePhoto {  ///< a pasted picture of any size
    std::uint64_t id;
    Images photo;
};
struct TakePhotoFile {
    std::uint64_t id;
    std::filesystem::path file;
};
/// The photo that was taken last, aligned anew: live while a handle is dragged, and after another model was opened.
struct AlignPhoto {
    std::uint64_t id;
    FacePoints points;  ///< on TakenPicture::photo
};
struct RecallPicture {  ///< live while a stroke is drawn
    std::uint64_t id;
    Images picture;  ///< one, in the network's shape
    Mask hidden;     ///< of its size
    RecallOptions options;
    bool settle =
        false;  ///< the stroke has ended: compare with what needs no network, which takes longer
};
struct
    TrailPicture {  ///< one recall after another, options.rounds of them; after everything that is live
    std::uint64_t id;
    Images picture;
    Mask hidden;
    RecallOptions options;
};
struct
    MoveFace {  ///< the picture's code moved along the principal axes of the codes, then decoded top-down
    std::uint64_t id;
    Images picture;
    std::vector<float>
        steps;  ///< one an axis from the first on, in standard deviations; the rest stay
};
struct MorphFaces {  ///< the way from the code of one picture to that of another, both taken whole
    std::uint64_t id;
    Images from;
    Images to;
    std::size_t frames;  ///< both ends included
};
struct OpenMask {  ///< a mask of the network's size from a PNG
    std::uint64_t id;
    std::filesystem::path file;
};
struct SaveMask {
    std::filesystem::path file;
    Mask mask;
};
enum class RecallFormat {
    composed,  ///< one PNG
    mask,  ///< one PNG, white is hidden; `scale` does not matter, so that it can be opened again
    contact_sheet,  ///< one PNG: original, masked, recalled, composed side by side
    trail_gif,      ///< an animated GIF: masked, then `composed` of every round
};
struct ExportRecall {
    std::filesystem::path path;
    RecallFormat format = RecallFormat::composed;
    Images picture;
    Mask hidden;
    RecallOptions options;
    int scale = 4;  ///< pixels of the file a pixel of the network
    int frame_milliseconds = 400;
};

using Command =
    std::variant<LoadDataset, CancelLoad, NewRun, OpenModel, RecoverRun, DiscardRecovery, Start,
                 Pause, Step, StepEpoch, Stop, SetTarget, SetLearningRate, SaveCheckpoint, SaveRun,
                 FollowLive, EncodeTestImage, EncodePicture, EncodeFile, FitPicture, Decode, Sweep,
                 DecodeSheet, MapCodes, ShowMapped, SaveCode, OpenCode, ExportPicture, ExportMorph,
                 CancelExport, ShowSamples, TakeSample, TakeTestPicture, TakePhoto, TakePhotoFile,
                 AlignPhoto, RecallPicture, TrailPicture, MoveFace, MorphFaces, OpenMask, SaveMask,
                 ExportRecall>;

}  // namespace lmser
