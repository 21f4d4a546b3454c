// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <optional>

#include "core/base/result.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {

/// What the window remembers from one start to the next.
struct UiSettings {
    ThemeChoice theme = ThemeChoice::system;
    QByteArray geometry;    ///< of the window; empty: the first start
    QByteArray layout;      ///< of docks and bars
    QString dataFolder;     ///< searched first for datasets; empty: the usual places
    QString pictureFolder;  ///< of one's own pictures that were the data last
    QString lastFolder;     ///< where the last file was opened or saved
    QStringList recent;     ///< checkpoints and run folders, newest first, at most kRecentLimit

    bool operator==(const UiSettings&) const = default;
};

inline constexpr int kRecentLimit = 8;

/// Puts a path first in UiSettings::recent.
void remember(UiSettings& settings, const QString& path);

/// The settings file: the only place that knows its keys.
class SettingsFile {
public:
    /// path: empty is the user's own, lmser-studio/studio.ini in the configuration folder.
    explicit SettingsFile(const QString& path = {});

    /// What was read, or defaults with the reason why. Never fails and never throws.
    struct Read {
        UiSettings settings;
        std::optional<Error> problem;
    };
    [[nodiscard]] Read read() const;

    /// settings where it cannot be written.
    [[nodiscard]] Result<void> write(const UiSettings& settings) const;

    [[nodiscard]] QString path() const { return path_; }

private:
    QString path_;
};

}  // namespace lmser::ui
