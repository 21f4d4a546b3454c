// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiny_data.h"

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/data/strokes.h"

namespace lmser::test {
namespace {

namespace fs = std::filesystem;

void write_idx(const fs::path& file, const std::vector<std::uint32_t>& sizes,
               const std::vector<std::uint8_t>& bytes) {
    constexpr char kUnsignedByte = 8;
    std::string content{0, 0, kUnsignedByte, static_cast<char>(sizes.size())};
    for (const std::uint32_t size : sizes) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            content.push_back(static_cast<char>((size >> static_cast<unsigned>(shift)) & 255U));
        }
    }
    content.append(bytes.begin(), bytes.end());
    std::ofstream(file, std::ios::binary) << content;
}

void write_split(const fs::path& folder, const std::string& split, int count, std::uint64_t seed) {
    const LabelledImages digits = draw_strokes(static_cast<std::size_t>(count), seed);
    const auto size = static_cast<std::uint32_t>(count);
    write_idx(folder / (split + "-images-idx3-ubyte"), {size, 28, 28}, digits.pixels);
    write_idx(folder / (split + "-labels-idx1-ubyte"), {size}, digits.labels);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "lmser-session-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("no temporary folder could be made");
    }
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void write_tiny_mnist(const fs::path& folder) {
    fs::create_directories(folder);
    write_split(folder, "train", kTrainPictures, 1);
    write_split(folder, "t10k", kTestPictures, 2);
}

Experiment tiny_experiment() {
    Experiment experiment;
    experiment.dataset = "mnist";
    experiment.network.layers = {{12}, {4}};
    experiment.training.batch = 10;
    experiment.training.iterations = 40;
    experiment.training.evaluate_every = 20;
    return experiment;
}

}  // namespace lmser::test
