// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/code_files.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/text.h"
#include "core/files/code_file.h"
#include "core/files/image_file.h"
#include "core/files/picture_file.h"
#include "core/files/read_file.h"
#include "core/session/code_checks.h"
#include "core/session/picture_checks.h"
#include "core/tasks/engine_turn.h"
#include "core/tasks/frozen_net.h"
#include "core/tasks/generation.h"

namespace lmser {
namespace {

/// Whether a code can be decoded by what is explored.
Result<void> check_kept(const Explored& explored, const std::vector<float>& code, int reflections) {
    if (!explored.net) {
        return no_network();
    }
    if (auto checked = check_code(explored.net->spec(), code); !checked) {
        return checked;
    }
    return check_reflections(explored.net->spec(), reflections);
}

FittedStart fitted(std::uint64_t id, const Images& picture, PictureFit fit,
                   const Explored& explored) {
    FittedPicture made = fit_picture(picture, explored.net->spec().input, fit, explored.digits);
    return {explored.run, {id, std::move(made.picture)}, std::move(made.note)};
}

Error another_network(const std::filesystem::path& file, const KeptCode& kept) {
    return refused(
        cannot("use", file) + ": its code belongs to another network, " + in_quotes(kept.model),
        "Open that network first.");
}

/// The code as an answer, where it can be decoded by the network whose fingerprint it carries.
Result<CodeOpened> opened(std::uint64_t id, const std::filesystem::path& file, KeptCode kept,
                          const Explored& explored) {
    if (auto checked = check_kept(explored, kept.code, kept.reflections); !checked) {
        return Error{ErrorCode::bad_data, cannot("use", file) + ": " + checked.error().message,
                     "Save the code again."};
    }
    return CodeOpened{id, file.string(), std::move(kept.code), kept.reflections};
}

}  // namespace

KeptCode kept_code(const Explored& explored, std::vector<float> code, int reflections) {
    return {explored.net->fingerprint(), explored.model, std::move(code), reflections};
}

Result<void> save_code(const SaveCode& asked, const Explored& explored) {
    if (auto checked = check_kept(explored, asked.code, asked.reflections); !checked) {
        return checked;
    }
    return write_code_file(asked.file, kept_code(explored, asked.code, asked.reflections));
}

Result<CodeOpened> open_code(const OpenCode& asked, const Explored& explored) {
    if (!explored.net) {
        return no_network();
    }
    auto kept = read_code_file(asked.file);
    if (!kept) {
        return kept.error();
    }
    if (kept->fingerprint != explored.net->fingerprint()) {
        return another_network(asked.file, *kept);
    }
    return opened(asked.id, asked.file, std::move(*kept), explored);
}

Result<void> export_picture(const ExportPicture& asked, const Explored& explored) {
    auto checked = check_kept(explored, asked.code, asked.reflections);
    if (checked) {
        checked = check_scale(asked.scale);
    }
    if (!checked) {
        return checked;
    }
    const FrozenNet& net = *explored.net;
    const bool shortcuts = asked.shortcuts && net.spec().wiring.shared_neurons;
    if (shortcuts && !explored.start) {
        return refused("there is no start picture that could feed the shortcuts",
                       "Choose a start picture first.");
    }
    const Images picture = in_turn([&] {
        const auto carried = shortcuts ? net.shortcuts_of(*explored.start) : nullptr;
        return net.decode(asked.code,
                          {.shortcuts = carried.get(), .reflections = asked.reflections});
    });
    if (asked.file.extension() == ".npy") {
        return write_images(asked.file, picture);
    }
    return write_picture(asked.file, picture, asked.scale,
                         kept_code(explored, asked.code, asked.reflections));
}

Result<StartFromFile> read_start(const EncodeFile& asked, const Explored& explored) {
    if (!explored.net) {
        return no_network();
    }
    auto picture = read_picture(asked.file);
    if (!picture) {
        return picture.error();
    }
    if (picture->code && picture->code->fingerprint == explored.net->fingerprint()) {
        auto code = opened(asked.id, asked.file, std::move(*picture->code), explored);
        return code ? Result<StartFromFile>(std::move(*code)) : code.error();
    }
    FittedStart start = fitted(asked.id, picture->image, asked.fit, explored);
    if (picture->code) {
        const std::string whose = "the code that it carries is one of " +
                                  in_quotes(picture->code->model) +
                                  ", another network: its pixels were taken";
        start.note = start.note.empty() ? whose : whose + "; " + start.note;
    }
    return StartFromFile(std::move(start));
}

Result<FittedStart> fit_start(const FitPicture& asked, const Explored& explored) {
    if (!explored.net) {
        return no_network();
    }
    if (auto checked = check_any_picture(asked.picture); !checked) {
        return checked.error();
    }
    return fitted(asked.id, asked.picture, asked.fit, explored);
}

}  // namespace lmser
