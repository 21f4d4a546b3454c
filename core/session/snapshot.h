// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/codes.h"
#include "core/base/face_alignment.h"
#include "core/base/hole_score.h"
#include "core/base/image.h"
#include "core/base/mask.h"
#include "core/base/result.h"
#include "core/session/command.h"
#include "core/spec/experiment.h"
#include "core/spec/measurements.h"

namespace lmser {

enum class RunState {
    none,    ///< no network yet
    paused,  ///< ready to train or to go on
    training,
    finished,  ///< the target is reached; raising it makes it paused
    diverged,  ///< the loss was not finite; the last good weights are kept
};

/// Where training stands: newest wins, older ones are dropped. Published at most ten times a second.
struct Snapshot {
    std::uint64_t run =
        0;  ///< counts the runs of the session; tells late news of an older run apart
    RunState state = RunState::none;
    std::int64_t iteration = 0;
    std::int64_t target = 0;
    double iterations_per_second = 0;  ///< 0 while not training
    double seconds_left = 0;
    double learning_rate = 0;
    std::shared_ptr<const Images> originals;  ///< ten test pictures, of every class first
    std::shared_ptr<const Images>
        reconstructions;  ///< the same, as the network of `pictures_iteration` sees them
    std::int64_t pictures_iteration = 0;
    /// The network is trained on pictures with holes: `originals` have grey ones, and `reconstructions` are
    /// what it recalls, set into them.
    bool recalls = false;
};

/// What exploring sees: newest wins.
struct Exploration {
    std::uint64_t run = 0;
    std::int64_t iteration = 0;  ///< of the weights that decode
    bool live = true;
    std::vector<UnitStatistics>
        units;  ///< one a top unit; refreshed about once a second while live
    int label_units = 0;
    int style_units = 0;          ///< with them the code is category and style
    bool shared_neurons = false;  ///< whether shortcuts mean anything
    /// Where the codes of the data lie: of the shipped model's file, or measured; may be none.
    std::shared_ptr<const CodeStatistics> statistics;
};

/// A decoded picture. `id` is the request's; 0 when the weights moved under a code that stayed.
struct DecodedPicture {
    std::uint64_t id = 0;
    std::vector<float> code;
    Images picture;
    double milliseconds = 0;  ///< of the decode alone
};
struct SweptPictures {
    std::uint64_t id = 0;
    std::size_t unit = 0;
    std::vector<float> values;  ///< of the unit, one a picture
    Images pictures;
};
struct DecodedSheet {
    std::uint64_t id = 0;  ///< 0 when the weights moved under codes that stayed
    SheetKind kind = SheetKind::classes;
    std::vector<float> codes;
    Images pictures;
    double milliseconds = 0;
};
/// The codes of pictures on a plane. `plane` also places the present code and turns a point into a code. While the
/// weights move and somebody looks at it, it comes again every few seconds with the id of its request.
struct CodeMap {
    std::uint64_t id = 0;
    std::uint64_t run = 0;
    std::int64_t iteration = 0;
    CodePlane plane;
    std::vector<float> x;  ///< one a picture
    std::vector<float> y;
    std::vector<std::uint8_t> labels;  ///< the class of every picture
    std::vector<std::string> classes;
    std::string dataset;  ///< its title
    double progress = 0;  ///< of encoding, in [0,1]; 1: complete
};
struct MappedPicture {  ///< the answer to ShowMapped
    std::uint64_t id = 0;
    std::size_t index = 0;
    Images picture;
    int label = -1;
};
/// The answer to RecallPicture. Scores take the picture under the mask for the truth; there are none where nothing is
/// hidden.
struct RecalledPicture {
    std::uint64_t id = 0;
    std::uint64_t run = 0;
    Images recalled;          ///< the whole picture as the network recalls it
    Images composed;          ///< the same in the hole alone, the rest as it was
    Images masked;            ///< the picture with its hole filled as the network saw it
    std::size_t hidden = 0;   ///< pixels
    double milliseconds = 0;  ///< of the recall alone, scores not counted
    std::optional<HoleScore> network;
    // Only where the request settles.
    std::optional<HoleScore> mean_membrane;  ///< the mean picture and the membrane, no network
    std::optional<HoleScore> classical;      ///< Telea's inpainting
};
struct RecalledTrail {  ///< the answer to TrailPicture
    std::uint64_t id = 0;
    std::uint64_t run = 0;
    Images rounds;                  ///< what was composed, one a round
    std::vector<double> change;     ///< a round: root mean square by which hidden pixels moved
    std::vector<HoleScore> scores;  ///< one a round; none where nothing is hidden
};
struct MovedFace {  ///< the answer to MoveFace
    std::uint64_t id = 0;
    std::uint64_t run = 0;
    Images picture;
    std::vector<float>
        axis_std;  ///< standard deviation of the codes along every axis, widest first
    std::vector<float>
        place;  ///< where the picture's own code stands, in standard deviations from their mean
};
struct MorphedFaces {  ///< the answer to MorphFaces
    std::uint64_t id = 0;
    std::uint64_t run = 0;
    Images pictures;  ///< one a frame: the first and the last are of the faces' own codes
    std::vector<float> from_code;  ///< as ExportMorph takes them
    std::vector<float> to_code;
};
struct ExportProgress {
    std::string path;
    std::size_t done = 0;
    std::size_t total = 0;
};
/// How many pictures of a dataset are decoded, where they have to be: newest wins, ten times a second.
struct LoadProgress {
    std::string name;
    std::string title;
    std::size_t done = 0;
    std::size_t total = 0;
};

// Replies: every one arrives.
struct DatasetLoaded {
    std::string name;
    std::string title;
    std::string folder;
    std::int64_t train_images = 0;
    std::int64_t test_images = 0;
    ImageShape shape;
    std::vector<std::string> classes;
    std::vector<std::string> notes{};  ///< what the user should know of it, one sentence each
};
/// CancelLoad stopped the decoding of a dataset's pictures. Nothing changed, and nothing was left behind.
struct LoadCancelled {
    std::string what;  ///< as in Failed: the command that wanted the dataset
    std::string name;  ///< of the dataset
    std::string title;
};
struct RunOpened {  ///< a run is there: new, opened or recovered
    std::uint64_t run = 0;
    Experiment experiment;
    std::int64_t iteration = 0;
    std::string source;  ///< the file it came from; empty for a new run
    /// False where its dataset could not be found: it can be explored. A model's dataset is looked for after it was
    /// opened: true until RunCompleted tells.
    bool trainable = true;
    std::vector<StepReport> steps;  ///< the curve so far
    std::vector<Evaluation> evaluations;
};
struct RunCompleted {  ///< a model that was opened has its dataset now, or will not have it
    std::uint64_t run = 0;
    bool trainable = true;
};
struct Evaluated {
    std::uint64_t run = 0;
    Evaluation evaluation;
};
struct Encoded {  ///< the answer to EncodeTestImage, EncodePicture, EncodeFile and FitPicture
    std::uint64_t id = 0;
    Images picture;
    int label = -1;    ///< of a test picture
    std::string note;  ///< what was done to a picture that did not fit as it was; may be empty
    std::vector<float> code;
    Images reconstruction;
};
/// A code that came with its file: the answer to OpenCode, and to EncodeFile where the picture carries one of the
/// explored network.
struct CodeOpened {
    std::uint64_t id = 0;
    std::string file;
    std::vector<float> code;
    int reflections = 0;
};
/// A picture to be recalled: the answer to TakeSample, TakeTestPicture, TakePhoto, TakePhotoFile and AlignPhoto.
struct TakenPicture {
    std::uint64_t id = 0;
    std::uint64_t run = 0;  ///< whose network it fits
    Images picture;         ///< in the network's shape
    /// The photo that it was cut out of, for handles to be dragged on, reduced to four megapixels at most; none where
    /// nothing is aligned: samples, test pictures, networks of grey pictures.
    std::shared_ptr<const Images> photo;
    FacePoints points;   ///< on the photo
    std::string origin;  ///< "MNIST test 17", "made by the model itself", a file's name
    std::string note;    ///< what was done to a picture that did not fit as it was; may be empty
};
struct Samples {  ///< the answer to ShowSamples
    std::uint64_t id = 0;
    std::uint64_t run = 0;
    Images pictures;
    std::string origin;  ///< "made by the model itself", "drawn by the program"
    std::string note;    ///< why there are none; empty where there are some
};
struct OpenedMask {
    std::uint64_t id = 0;
    Mask mask;
};
struct Exported {  ///< a code, picture, mask, recall or morph was written
    std::string path;
};
struct ExportCancelled {  ///< nothing was left behind
    std::string path;
};
struct Saved {
    std::string path;
    std::int64_t iteration = 0;
};
struct Diverged {
    std::uint64_t run = 0;
    std::int64_t iteration = 0;  ///< the step that was not made
    Error error;
};
struct Failed {        ///< a command could not be carried out; nothing changed
    std::string what;  ///< the command, as a word: "open", "save", …
    Error error;
};
using Reply = std::variant<DatasetLoaded, LoadCancelled, RunOpened, RunCompleted, Evaluated,
                           Encoded, CodeOpened, TakenPicture, Samples, OpenedMask, Exported,
                           ExportCancelled, Saved, Diverged, Failed>;

/// Training losses of one run, oldest first.
struct Losses {
    std::uint64_t run = 0;
    std::vector<StepReport> steps;
};

}  // namespace lmser
