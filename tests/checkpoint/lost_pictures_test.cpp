// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/data/picture_store.h"
#include "tests/checkpoint/tiny_run.h"

namespace lmser::test {
namespace {

using ::testing::HasSubstr;

/// The tiny dataset with its training pictures in a file.
std::shared_ptr<const Dataset> stored_dataset(const std::filesystem::path& file) {
    Dataset dataset = *tiny_dataset();
    LabelledImages& train = dataset.train;
    StoreHeader header;
    header.shape = dataset.shape;
    header.counts[0] = train.count();
    auto writer = PictureStoreWriter::create(file, header.shape, train.count());
    const std::size_t pixels = dataset.shape.pixels();
    for (std::size_t i = 0; i < train.count(); ++i) {
        EXPECT_TRUE(
            writer->add(std::span(train.pixels).subspan(i * pixels, pixels), train.labels[i]));
    }
    EXPECT_TRUE(writer->finish(header));
    train.pixels.clear();
    train.store = *PictureStore::open(file);
    return std::make_shared<const Dataset>(std::move(dataset));
}

TEST(LostPictures, AStepThatCannotReadThemLeavesTheRunAsItWas) {
    const ScratchFolder folder;
    const auto file = folder / "x.pictures";
    TinyRun run = *TinyRun::create(tiny_experiment("lmser-un"), stored_dataset(file));
    train(run, 3);
    const std::string before = text_of(*run.checkpoint_bytes());
    std::filesystem::resize_file(file, 4096);
    const auto step = run.step();
    ASSERT_FALSE(step.ok());
    EXPECT_EQ(step.error().code, ErrorCode::io);
    EXPECT_THAT(step.error().message, HasSubstr("it was cut while it was in use"));
    EXPECT_EQ(text_of(*run.checkpoint_bytes()), before);
}

}  // namespace
}  // namespace lmser::test
