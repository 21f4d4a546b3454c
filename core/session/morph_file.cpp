// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/morph_file.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "core/base/codes.h"
#include "core/base/text.h"
#include "core/files/atomic_save.h"
#include "core/files/code_file.h"
#include "core/files/gif_file.h"
#include "core/files/image_file.h"
#include "core/files/picture_file.h"
#include "core/files/read_file.h"
#include "core/session/code_checks.h"
#include "core/session/code_files.h"
#include "core/tasks/engine_turn.h"
#include "core/tasks/frozen_net.h"
#include "core/tasks/generation.h"

namespace lmser {
namespace {

namespace fs = std::filesystem;

constexpr int kShortestFrame = 20;  // milliseconds: what viewers of GIFs show
constexpr int kLongestFrame = 10'000;
constexpr int kGap = 2;  // pixels between the pictures of a strip

Result<void> check(const ExportMorph& asked, const Explored& explored) {
    if (!explored.net) {
        return no_network();
    }
    const NetworkSpec& spec = explored.net->spec();
    for (const auto* code : {&asked.from, &asked.to}) {
        if (auto checked = check_code(spec, *code); !checked) {
            return checked;
        }
    }
    if (auto checked = check_reflections(spec, asked.reflections); !checked) {
        return checked;
    }
    if (auto checked = check_scale(asked.scale); !checked) {
        return checked;
    }
    if (asked.frames < 2 || asked.frames > kLongestMorph) {
        return refused("a morph has 2 to " + std::to_string(kLongestMorph) + " pictures, not " +
                       std::to_string(asked.frames));
    }
    if (asked.frame_milliseconds < kShortestFrame || asked.frame_milliseconds > kLongestFrame) {
        return refused("a picture of a morph stays for " + std::to_string(kShortestFrame) + " to " +
                       std::to_string(kLongestFrame) + " ms, not " +
                       std::to_string(asked.frame_milliseconds));
    }
    return {};
}

/// The frames of a morph, one at a time.
class Frames {
public:
    Frames(const ExportMorph& asked, const Explored& explored)
        : asked_(asked), net_(*explored.net), steps_(steps_between(0, 1, asked.frames)) {}

    [[nodiscard]] std::size_t count() const { return steps_.size(); }
    [[nodiscard]] std::vector<float> code(std::size_t i) const {
        return morph_code(asked_.from, asked_.to, steps_[i]);
    }
    /// A turn each, so that a slider waits for one frame at most.
    [[nodiscard]] Images picture(std::size_t i) const {
        return in_turn([&] { return net_.decode(code(i), {.reflections = asked_.reflections}); });
    }

private:
    const ExportMorph& asked_;
    const FrozenNet& net_;
    std::vector<float> steps_;
};

/// All frames, a step of `total` each; nothing where it was stopped.
std::optional<Images> all_of(const Frames& frames, std::size_t total, const ExportStep& proceed) {
    Images all;
    for (std::size_t i = 0; i < frames.count(); ++i) {
        const Images one = frames.picture(i);
        all.shape = one.shape;
        all.values.insert(all.values.end(), one.values.begin(), one.values.end());
        if (!proceed(i + 1, total)) {
            return std::nullopt;
        }
    }
    return all;
}

Result<bool> written(const Result<void>& result) {
    return result ? Result<bool>(true) : result.error();
}

Result<bool> write_strip(const ExportMorph& asked, const Frames& frames,
                         const ExportStep& proceed) {
    const auto all = all_of(frames, frames.count(), proceed);
    if (!all) {
        return false;
    }
    return written(write_sheet(asked.path, {*all}, asked.scale, kGap));
}

Result<bool> write_gif(const ExportMorph& asked, const Frames& frames, const ExportStep& proceed) {
    const std::size_t count = frames.count();
    const auto all = all_of(frames, 2 * count, proceed);  // decoded, then encoded
    if (!all) {
        return false;
    }
    bool stopped = false;
    const auto encoded = [&](std::size_t done, std::size_t total) {
        stopped = !proceed(count + count * done / total, 2 * count);
        return !stopped;
    };
    const auto bytes = encode_gif(
        *all, {.scale = asked.scale, .frame_milliseconds = asked.frame_milliseconds}, encoded);
    if (stopped) {
        return false;
    }
    return bytes ? written(atomic_save(asked.path, *bytes)) : bytes.error();
}

/// A folder that is not seen before it is whole: it grows beside its place under another name, and is removed
/// unless it moves there.
class GrowingFolder {
public:
    static Result<GrowingFolder> beside(const fs::path& place) {
        const std::string name = "." + place.filename().string() + "-" + std::to_string(::getpid());
        std::error_code error;
        for (int i = 0; !error; ++i) {
            fs::path path = place.parent_path() / (name + "-" + std::to_string(i));
            if (fs::create_directory(path, error)) {
                return GrowingFolder(std::move(path));
            }
        }
        return failed(place, error.value());
    }
    GrowingFolder(GrowingFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    GrowingFolder& operator=(GrowingFolder&&) = delete;
    ~GrowingFolder() {
        if (!path_.empty()) {
            std::error_code ignored;
            fs::remove_all(path_, ignored);
        }
    }

    [[nodiscard]] const fs::path& path() const { return path_; }

    /// To its place, which may be an empty folder.
    Result<void> move_to(const fs::path& place) {
        if (std::rename(path_.c_str(), place.c_str()) != 0) {
            return failed(place, errno);
        }
        path_.clear();
        return {};
    }

    static Error failed(const fs::path& place, int number) {
        const bool taken = number == EEXIST || number == ENOTEMPTY || number == ENOTDIR;
        const bool forbidden = number == EACCES || number == EPERM || number == EROFS;
        const std::string reason =
            taken ? "something is there already" : std::generic_category().message(number);
        return {forbidden ? ErrorCode::permission : ErrorCode::cannot_create,
                cannot("make the folder", place) + ": " + reason,
                taken ? "Choose a new folder." : "Choose another place."};
    }

private:
    explicit GrowingFolder(fs::path path) : path_(std::move(path)) {}
    fs::path path_;
};

std::string frame_name(std::size_t number) {
    std::string digits = std::to_string(number);
    constexpr std::size_t kDigits = 4;
    return std::string(kDigits - std::min(kDigits, digits.size()), '0') + digits + ".png";
}

Result<bool> write_frames(const ExportMorph& asked, const Explored& explored, const Frames& frames,
                          const ExportStep& proceed) {
    const fs::path place =
        asked.path.has_filename() ? asked.path : asked.path.parent_path();  // without a last slash
    std::error_code ignored;
    if (fs::exists(place, ignored) && !fs::is_empty(place, ignored)) {
        return GrowingFolder::failed(place, EEXIST);
    }
    auto folder = GrowingFolder::beside(place);
    if (!folder) {
        return folder.error();
    }
    KeptCode kept = kept_code(explored, {}, asked.reflections);
    for (std::size_t i = 0; i < frames.count(); ++i) {
        kept.code = frames.code(i);
        const auto saved =
            write_picture(folder->path() / frame_name(i + 1), frames.picture(i), asked.scale, kept);
        if (!saved) {
            return saved.error();
        }
        if (!proceed(i + 1, frames.count())) {
            return false;
        }
    }
    return written(folder->move_to(place));
}

}  // namespace

Result<bool> write_morph(const ExportMorph& asked, const Explored& explored,
                         const ExportStep& proceed) {
    if (auto checked = check(asked, explored); !checked) {
        return checked.error();
    }
    const Frames frames(asked, explored);
    switch (asked.format) {
        case MorphFormat::strip:
            return write_strip(asked, frames, proceed);
        case MorphFormat::gif:
            return write_gif(asked, frames, proceed);
        case MorphFormat::frames:
            break;
    }
    return write_frames(asked, explored, frames, proceed);
}

}  // namespace lmser
