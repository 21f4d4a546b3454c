// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/data/dataset.h"
#include "core/spec/measurements.h"
#include "core/spec/network_spec.h"
#include "core/spec/recall_options.h"

namespace lmser {

class LmserNet;

/// A frozen copy of a network's weights, and everything that is asked of it. Immutable and cheap to
/// share: sliders, evaluation and the command line all work on one of these, never on the weights that are
/// being trained. The header has no torch; pictures and codes are plain values.
class FrozenNet {
public:
    /// Copies the weights of `net` (36 µs for 266 k parameters). `iteration` is carried along.
    static std::shared_ptr<const FrozenNet> copy_of(const LmserNet& net, std::int64_t iteration);

    [[nodiscard]] const NetworkSpec& spec() const;
    [[nodiscard]] std::int64_t iteration() const;

    /// The reconstructions of pictures, clipped to [0,1]. The shape must be the spec's (throws).
    [[nodiscard]] Images reconstruct(const Images& images) const;

    /// What the network recalls of pictures with holes, clipped to [0,1]. hidden: [count, H·W], 1 = hidden (throws where
    /// the count differs). See recall() for what is made of it.
    [[nodiscard]] Images recall(const Images& images, std::span<const std::uint8_t> hidden,
                                HoleFill fill) const;

    /// The mean picture of a centred network, one picture; black of another.
    [[nodiscard]] Images mean_picture() const;

    /// The top codes of pictures: count rows of spec().code_units() values, one after another.
    [[nodiscard]] std::vector<float> encode(const Images& images) const;

    /// What the shortcuts y_i of one picture carry into decode().
    class Shortcuts;
    [[nodiscard]] std::shared_ptr<const Shortcuts> shortcuts_of(const Images& one_picture) const;

    struct DecodeOptions {
        const Shortcuts* shortcuts =
            nullptr;          ///< shared neurons also receive those bottom-up signals
        int reflections = 0;  ///< then the clipped picture is perceived so often, the code held
    };
    /// The pictures of codes (rows of code_units() values), clipped to [0,1]: top-down only, z_i = s(u_i);
    /// with shortcuts or reflections shared neurons join both ways, z_i = s(f(y_i, u_i)).
    [[nodiscard]] Images decode(std::span<const float> codes, const DecodeOptions& options) const;
    [[nodiscard]] Images decode(std::span<const float> codes) const { return decode(codes, {}); }

    /// 16 hexadecimal digits that tell networks apart: a hash of spec and weights. A code belongs to the network
    /// whose fingerprint it carries.
    [[nodiscard]] std::string fingerprint() const;

    /// Running sums of an evaluation, which is done in parts so that whoever waits meanwhile is served.
    struct Sums {
        std::int64_t images = 0;
        std::int64_t correct = 0;
        double squared_error = 0;      ///< summed over pixels and pictures
        std::vector<double> code_sum;  ///< per top unit
        std::vector<double> code_square_sum;
    };
    /// Adds pictures first … first + count - 1 of a split, all at once. Throws where the dataset's shape is not
    /// the spec's or the split has no such pictures.
    void add_to(Sums& sums, const Dataset& dataset, const LabelledImages& split, std::size_t first,
                std::size_t count) const;
    /// What the sums say of the split with that name.
    [[nodiscard]] Evaluation evaluation(const Sums& sums, std::string split) const;

    /// The distribution of every top unit over the first `count` pictures of a split.
    [[nodiscard]] std::vector<UnitStatistics> unit_statistics(const Dataset& dataset,
                                                              const LabelledImages& split,
                                                              std::size_t count) const;

    FrozenNet(const FrozenNet&) = delete;
    FrozenNet& operator=(const FrozenNet&) = delete;
    ~FrozenNet();

private:
    struct Parts;
    explicit FrozenNet(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// The distribution of every top unit over codes: rows of `units` values, one after another. For those who
/// encode in small parts; FrozenNet::unit_statistics does it at once.
std::vector<UnitStatistics> statistics_of_codes(std::span<const float> codes, std::size_t units);

/// Everything about codes with the classes of their pictures: see CodeStatistics. `dataset` gives names.
CodeStatistics code_statistics(std::span<const float> codes, std::span<const std::uint8_t> labels,
                               std::size_t units, const Dataset& dataset);

/// What LibTorch runs on: for `lmser info`, the status bar and checkpoints.
struct EngineInfo {
    std::string torch_version;
    std::string blas;  ///< e.g. "OpenBLAS 0.3.21 (serial)"; "reference BLAS (slow)" without one
    std::string processor_features;  ///< e.g. "AVX512"
    int threads = 1;
    std::vector<std::string> devices;  ///< cpu, and cuda where the LibTorch at hand has it
};
EngineInfo engine_info();

/// Sets the number of threads an operation may use; 1 is the default of the program.
void set_engine_threads(int threads);

}  // namespace lmser
