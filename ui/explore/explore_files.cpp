// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/explore_files.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <utility>

#include "ui/explore/contact_sheet.h"
#include "ui/widgets/prompter.h"

namespace lmser::ui {
namespace {

constexpr int kScale = 8;  // pixels of a PNG a pixel of the network

/// Words as part of a file name.
QString inName(const QString& words) {
    static const QRegularExpression others(QStringLiteral("[^\\w.-]+"));
    return QString(words).toLower().replace(others, QStringLiteral("-"));
}

}  // namespace

void ExploreFiles::setModel(const QString& name) {
    model_ = inName(name);
}

QString ExploreFiles::suggestion(const QString& what, const QString& suffix) const {
    const QString model = model_.isEmpty() ? QStringLiteral("lmser") : model_;
    return QStringLiteral("%1-%2.%3").arg(model, inName(what), suffix);
}

QString ExploreFiles::remembered(const QString& path) {
    if (!path.isEmpty()) {
        folder_ = QFileInfo(path).path();
    }
    return path;
}

void ExploreFiles::saveCode(const CodeState& state) {
    if (prompter_ == nullptr) {
        return;
    }
    const QString name = suggestion(QStringLiteral("code"), QStringLiteral("json"));
    const QString path = remembered(prompter_->askCodeName(folder_, name));
    if (!path.isEmpty()) {
        Q_EMIT commandRequested(SaveCode{path.toStdString(), state.code, state.reflections});
    }
}

QString ExploreFiles::askCode() {
    return prompter_ == nullptr ? QString() : remembered(prompter_->askCodeFile(folder_));
}

QString ExploreFiles::askPicture() {
    return prompter_ == nullptr ? QString() : remembered(prompter_->askPictureFile(folder_));
}

void ExploreFiles::exportPicture(const CodeState& state, bool shortcuts, const QString& what) {
    if (prompter_ == nullptr) {
        return;
    }
    const QString name = suggestion(what, QStringLiteral("png"));
    const QString path = remembered(prompter_->askPictureName(folder_, name));
    if (!path.isEmpty()) {
        Q_EMIT commandRequested(ExportPicture{.file = path.toStdString(),
                                              .code = state.code,
                                              .shortcuts = shortcuts,
                                              .reflections = state.reflections,
                                              .scale = kScale});
    }
}

void ExploreFiles::exportSheet(const std::vector<QImage>& pictures, std::size_t columns,
                               const QString& what) {
    const QImage sheet = contactSheet(pictures, columns, kScale);
    if (prompter_ == nullptr || sheet.isNull()) {
        return;
    }
    const QString name = suggestion(what, QStringLiteral("png"));
    const QString path = remembered(prompter_->askSheetName(folder_, name));
    if (path.isEmpty()) {
        return;
    }
    if (const auto done = writePng(path, sheet); !done) {
        Q_EMIT failed(done.error());
    } else {
        Q_EMIT written(path);
    }
}

void ExploreFiles::exportMorph(ExportMorph request) {
    if (prompter_ == nullptr) {
        return;
    }
    const bool frames = request.format == MorphFormat::frames;
    const bool gif = request.format == MorphFormat::gif;
    const QString suffix = gif ? QStringLiteral("gif") : QStringLiteral("png");
    QString name = suggestion(QStringLiteral("morph"), suffix);
    if (frames) {
        name.chop(suffix.size() + 1);
    }
    const QString path = remembered(prompter_->askMorphName(folder_, name, request.format));
    if (!path.isEmpty()) {
        request.path = path.toStdString();
        Q_EMIT commandRequested(std::move(request));
    }
}

}  // namespace lmser::ui
