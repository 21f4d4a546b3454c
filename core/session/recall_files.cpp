// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/recall_files.h"

#include <utility>

#include "core/files/atomic_save.h"
#include "core/files/gif_file.h"
#include "core/files/image_file.h"
#include "core/files/mask_file.h"
#include "core/files/picture_file.h"
#include "core/session/code_checks.h"
#include "core/session/picture_checks.h"
#include "core/session/recall_rounds.h"
#include "core/tasks/engine_turn.h"
#include "core/tasks/frozen_net.h"
#include "core/tasks/recall.h"

namespace lmser {
namespace {

constexpr int kGap = 2;  // pixels between the pictures of a sheet

Result<void> check(const ExportRecall& asked, const Explored& explored) {
    if (!explored.net) {
        return no_network();
    }
    if (auto checked = check_hidden(asked, explored.net->spec().input); !checked) {
        return checked;
    }
    return check_scale(asked.scale);
}

/// A turn a round, so that a stroke waits for one at most.
RecallRounds recalled(const ExportRecall& asked, const Explored& explored) {
    RecallRounds rounds(explored.net, asked.picture, asked.hidden, asked.options);
    while (rounds.more()) {
        in_turn([&] { rounds.next(); });
    }
    return rounds;
}

void append(Images& all, const Images& more) {
    all.values.insert(all.values.end(), more.values.begin(), more.values.end());
}

Result<void> write_contact_sheet(const ExportRecall& asked, const RecallRounds& rounds) {
    Images row = asked.picture;
    append(row, with_grey_holes(asked.picture, asked.hidden.hidden));
    append(row, rounds.recalled().recalled);
    append(row, rounds.recalled().composed);
    return write_sheet(asked.path, {row}, asked.scale, kGap);
}

Result<void> write_trail(const ExportRecall& asked, const RecallRounds& rounds) {
    Images frames = with_grey_holes(asked.picture, asked.hidden.hidden);
    for (const Images& round : rounds.recalled().trail) {
        append(frames, round);
    }
    const auto bytes = encode_gif(frames, {.scale = asked.scale,
                                           .frame_milliseconds = asked.frame_milliseconds,
                                           .there_and_back = false});
    return bytes ? atomic_save(asked.path, *bytes) : bytes.error();
}

}  // namespace

Result<OpenedMask> open_mask(const OpenMask& asked, const Explored& explored) {
    if (!explored.net) {
        return no_network();
    }
    const ImageShape& shape = explored.net->spec().input;
    auto mask = read_mask(asked.file, shape.height, shape.width);
    if (!mask) {
        return mask.error();
    }
    return OpenedMask{asked.id, std::move(*mask)};
}

Result<void> export_recall(const ExportRecall& asked, const Explored& explored) {
    if (auto checked = check(asked, explored); !checked) {
        return checked;
    }
    if (asked.format == RecallFormat::mask) {
        return write_mask(asked.path, asked.hidden);
    }
    const RecallRounds rounds = recalled(asked, explored);
    switch (asked.format) {
        case RecallFormat::contact_sheet:
            return write_contact_sheet(asked, rounds);
        case RecallFormat::trail_gif:
            return write_trail(asked, rounds);
        default:
            return write_picture(asked.path, rounds.recalled().composed, asked.scale, {});
    }
}

}  // namespace lmser
