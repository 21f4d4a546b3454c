// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recall/recall_exports.h"

#include <QAction>
#include <QFileInfo>
#include <algorithm>
#include <utility>

#include "ui/recall/trail_card.h"
#include "ui/widgets/prompter.h"

namespace lmser::ui {
namespace {

QString suffixOf(RecallFormat format) {
    switch (format) {
        case RecallFormat::composed:
            return QStringLiteral("composed.png");
        case RecallFormat::mask:
            return QStringLiteral("mask.png");
        case RecallFormat::contact_sheet:
            return QStringLiteral("sheet.png");
        case RecallFormat::trail_gif:
            break;
    }
    return QStringLiteral("trail.gif");
}

/// One picture is written as large as the network has it, to be used again; several are looked at.
int scaleOf(RecallFormat format, const ImageShape& shape) {
    constexpr int kLeast = 4;
    constexpr int kSide = 280;
    return format == RecallFormat::composed ? 1 : std::max(kLeast, kSide / shape.width);
}

}  // namespace

RecallExports::RecallExports(QObject* parent) : QObject(parent) {
    add(RecallFormat::composed, "exportComposed", tr("Composed picture…"));
    add(RecallFormat::contact_sheet, "exportRecallSheet",
        tr("Contact sheet: original, masked, recalled, composed…"));
    add(RecallFormat::trail_gif, "exportTrail", tr("Trail as an animated GIF…"));
    add(RecallFormat::mask, "exportMask", tr("Mask as a PNG…"));
    setSubject(std::nullopt);
}

void RecallExports::add(RecallFormat format, const char* name, const QString& text) {
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    // Queued: a dialog must not keep the assistive tool waiting that chose the action.
    connect(
        action, &QAction::triggered, this, [this, format] { exportAs(format); },
        Qt::QueuedConnection);
    actions_.append(action);
}

void RecallExports::setSubject(const std::optional<RecallSubject>& subject) {
    subject_ = subject;
    for (QAction* action : actions_) {
        action->setEnabled(subject_.has_value());
    }
}

void RecallExports::exportAs(RecallFormat format) {
    if (!subject_) {
        return;
    }
    if (format == RecallFormat::mask) {
        saveMask(subject_->hidden);
        return;
    }
    const QString path = askName(format);
    if (path.isEmpty()) {
        return;
    }
    RecallOptions options = subject_->options;
    options.membrane_rounds = std::max(options.membrane_rounds, kFineMembraneRounds);
    if (format == RecallFormat::trail_gif) {
        options.rounds = kTrailRounds;
    }
    Q_EMIT commandRequested(ExportRecall{.path = path.toStdString(),
                                         .format = format,
                                         .picture = subject_->picture,
                                         .hidden = subject_->hidden,
                                         .options = options,
                                         .scale = scaleOf(format, subject_->picture.shape)});
}

void RecallExports::saveMask(const Mask& mask) {
    const QString path = askName(RecallFormat::mask);
    if (!path.isEmpty()) {
        Q_EMIT commandRequested(SaveMask{path.toStdString(), mask});
    }
}

void RecallExports::exportMorph(ExportMorph request) {
    if (prompter_ == nullptr) {
        return;
    }
    const QString name = suggestion(QStringLiteral("morph.gif"));
    const QString path = remembered(prompter_->askMorphName(folder_, name, request.format));
    if (!path.isEmpty()) {
        request.path = path.toStdString();
        Q_EMIT commandRequested(std::move(request));
    }
}

QString RecallExports::askName(RecallFormat format) {
    if (prompter_ == nullptr) {
        return {};
    }
    return remembered(prompter_->askRecallName(folder_, suggestion(suffixOf(format)), format));
}

QString RecallExports::suggestion(const QString& suffix) const {
    const QString model = model_.isEmpty() ? QStringLiteral("recall") : model_;
    return QStringLiteral("%1-%2").arg(model, suffix);
}

QString RecallExports::askMask() {
    return prompter_ == nullptr ? QString() : remembered(prompter_->askMaskFile(folder_));
}

QString RecallExports::askPhoto() {
    return prompter_ == nullptr ? QString() : remembered(prompter_->askPictureFile(folder_));
}

QString RecallExports::remembered(const QString& path) {
    if (!path.isEmpty()) {
        folder_ = QFileInfo(path).path();
    }
    return path;
}

}  // namespace lmser::ui
