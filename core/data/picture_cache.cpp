// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/picture_cache.h"

#include <cstdio>
#include <system_error>
#include <utility>

#include "core/base/text.h"
#include "core/data/data_folders.h"

namespace lmser {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNamed = 5;  // of the files that cannot be read

/// "celeba-128-0123456789abcdef.pictures"
std::string cache_name(const Originals& originals) {
    Hash hash;
    hash.add(name_of(originals.folder));
    std::array<char, 24> digits{};
    std::snprintf(digits.data(), digits.size(), "%016llx",
                  static_cast<unsigned long long>(hash.value()));
    return originals.kind + "-" + digits.data() + ".pictures";
}

Error cancelled() {
    return {ErrorCode::io, "loading was cancelled", {}};
}

/// Decodes all originals into a store.
class Decoding {
public:
    Decoding(const Originals& originals, StoreHeader header, const LoadOptions& options)
        : originals_(originals),
          options_(options),
          header_(std::move(header)),
          picture_(header_.shape.pixels()) {}

    Result<void> into(const fs::path& cache) {
        auto writer = PictureStoreWriter::create(cache, header_.shape, originals_.count());
        if (!writer) {
            return writer.error();
        }
        for (std::size_t split = 0; split < kSplits; ++split) {
            for (const Original& original : originals_.splits.at(split)) {
                if (auto added = add(original, split, *writer); !added) {
                    return added;
                }
            }
        }
        if (!tell()) {
            return cancelled();
        }
        return writer->finish(header_);
    }

private:
    Result<void> add(const Original& original, std::size_t split, PictureStoreWriter& writer) {
        if (!tell()) {
            return cancelled();
        }
        ++done_;
        const auto read = originals_.read(original.name, picture_);
        if (!read && read.error().code == ErrorCode::out_of_memory) {
            return read.error();
        }
        if (!read) {
            leave_out(original.name);
            return {};
        }
        ++header_.counts.at(split);
        return writer.add(picture_, original.label);
    }

    void leave_out(const std::string& name) {
        if (header_.unreadable < kNamed) {
            header_.first_unreadable +=
                (header_.first_unreadable.empty() ? "" : ", ") + in_quotes(name);
        }
        ++header_.unreadable;
    }

    [[nodiscard]] bool tell() {
        return !options_.progress || options_.progress(done_, originals_.count());
    }

    const Originals& originals_;
    const LoadOptions& options_;
    StoreHeader header_;
    std::size_t done_ = 0;
    std::vector<std::uint8_t> picture_;
};

}  // namespace

std::size_t Originals::count() const {
    std::size_t count = 0;
    for (const auto& split : splits) {
        count += split.size();
    }
    return count;
}

void Hash::add(std::string_view text) {
    for (const char c : text) {
        step(static_cast<unsigned char>(c));
    }
    step(0);
}

void Hash::add(std::uint64_t number) {
    for (int byte = 0; byte < 8; ++byte) {
        step(static_cast<unsigned char>(number >> static_cast<unsigned>(8 * byte)));
    }
}

std::uint64_t state_of(const fs::path& file) {
    struct stat status {};
    return ::stat(file.c_str(), &status) == 0 ? state_of(status) : 0;
}

std::uint64_t state_of(const struct stat& status) {
    Hash hash;
    hash.add(static_cast<std::uint64_t>(status.st_size));
    for (const timespec& time : {status.st_mtim, status.st_ctim}) {
        hash.add(static_cast<std::uint64_t>(time.tv_sec));
        hash.add(static_cast<std::uint64_t>(time.tv_nsec));
    }
    return hash.value();
}

std::string name_of(const fs::path& folder) {
    std::error_code failed;
    const fs::path one = fs::canonical(folder, failed);
    return failed ? folder.string() : one.string();
}

Result<std::shared_ptr<const PictureStore>> decoded(const Originals& originals,
                                                    const LoadOptions& options) {
    const auto folder = cache_folder();
    if (!folder) {
        return folder.error();
    }
    const fs::path cache = *folder / cache_name(originals);
    StoreHeader wanted;
    wanted.shape = originals.shape;
    wanted.crop = originals.crop;
    wanted.fingerprint = originals.fingerprint;
    if (auto store = PictureStore::open(cache)) {
        const StoreHeader& header = (*store)->header();
        if (header.shape == wanted.shape && header.crop == wanted.crop &&
            header.fingerprint == wanted.fingerprint) {
            return store;
        }
    }
    if (auto made = Decoding(originals, wanted, options).into(cache); !made) {
        return made.error();
    }
    return PictureStore::open(cache);
}

LabelledImages split_of(const std::shared_ptr<const PictureStore>& store, std::size_t split) {
    const auto& counts = store->header().counts;
    LabelledImages images;
    images.store = store;
    for (std::size_t before = 0; before < split; ++before) {
        images.first_in_store += counts.at(before);
    }
    images.labels.reserve(counts.at(split));
    for (std::uint64_t i = 0; i < counts.at(split); ++i) {
        images.labels.push_back(store->label(images.first_in_store + i));
    }
    return images;
}

std::string left_out(const StoreHeader& header, const std::string& thing) {
    return std::to_string(header.unreadable) + " " + thing +
           (header.unreadable == 1 ? " is" : "s are") +
           " left out, as no picture can be read from " + header.first_unreadable +
           (header.unreadable > kNamed ? ", …" : "");
}

}  // namespace lmser
