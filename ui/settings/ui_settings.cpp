// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/ui_settings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <algorithm>
#include <array>
#include <utility>

namespace lmser::ui {
namespace {

constexpr int kVersion = 1;
constexpr qint64 kLargestFile = 1 << 20;
constexpr auto kVersionKey = "version";
constexpr auto kTheme = "view/theme";
constexpr auto kGeometry = "view/geometry";
constexpr auto kLayout = "view/layout";
constexpr auto kDataFolder = "files/data";
constexpr auto kPictureFolder = "files/pictures";
constexpr auto kLastFolder = "files/last";
constexpr auto kRecent = "files/recent";

const std::array<std::pair<ThemeChoice, const char*>, 3> kThemes{{
    {ThemeChoice::system, "system"},
    {ThemeChoice::light, "light"},
    {ThemeChoice::dark, "dark"},
}};

QString key(const char* name) {
    return QString::fromLatin1(name);
}

Error unusable(const QString& path, const QString& reason) {
    return {ErrorCode::settings,
            QStringLiteral("cannot use the settings '%1': %2").arg(path, reason).toStdString(),
            "The window starts with its defaults and writes the file anew when it closes."};
}

Error cannotWrite(const QString& path) {
    return {ErrorCode::settings,
            QStringLiteral("cannot write the settings '%1'").arg(path).toStdString(),
            "The window's layout and recent files are not remembered."};
}

std::optional<ThemeChoice> themeNamed(const QString& name) {
    for (const auto& [choice, word] : kThemes) {
        if (name == QLatin1String(word)) {
            return choice;
        }
    }
    return std::nullopt;
}

QString nameOf(ThemeChoice choice) {
    const auto* found = std::find_if(kThemes.begin(), kThemes.end(),
                                     [choice](const auto& entry) { return entry.first == choice; });
    return QString::fromLatin1(found->second);
}

}  // namespace

void remember(UiSettings& settings, const QString& path) {
    settings.recent.removeAll(path);
    settings.recent.prepend(path);
    settings.recent = settings.recent.mid(0, kRecentLimit);
}

SettingsFile::SettingsFile(const QString& path)
    : path_(path.isEmpty()
                ? QDir(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation))
                      .filePath(QStringLiteral("lmser-studio/studio.ini"))
                : path) {}

SettingsFile::Read SettingsFile::read() const {
    const QFileInfo file(path_);
    if (!file.exists()) {
        return {};
    }
    if (!file.isFile() || !file.isReadable()) {
        return {{}, unusable(path_, QStringLiteral("it is not a file that can be read"))};
    }
    if (file.size() > kLargestFile) {
        return {{}, unusable(path_, QStringLiteral("it has %1 bytes").arg(file.size()))};
    }
    const QSettings stored(path_, QSettings::IniFormat);
    if (stored.status() != QSettings::NoError) {
        return {{}, unusable(path_, QStringLiteral("it is not a settings file"))};
    }
    const int version = stored.value(key(kVersionKey)).toInt();
    if (version != kVersion) {
        return {{},
                unusable(path_,
                         QStringLiteral("its version is %1, not %2").arg(version).arg(kVersion))};
    }
    const QString word = stored.value(key(kTheme)).toString();
    const std::optional<ThemeChoice> theme = themeNamed(word);
    if (!theme) {
        return {{}, unusable(path_, QStringLiteral("it names the theme '%1'").arg(word))};
    }
    UiSettings settings;
    settings.theme = *theme;
    settings.geometry = stored.value(key(kGeometry)).toByteArray();
    settings.layout = stored.value(key(kLayout)).toByteArray();
    settings.dataFolder = stored.value(key(kDataFolder)).toString();
    settings.pictureFolder = stored.value(key(kPictureFolder)).toString();
    settings.lastFolder = stored.value(key(kLastFolder)).toString();
    settings.recent = stored.value(key(kRecent)).toStringList().mid(0, kRecentLimit);
    return {settings, std::nullopt};
}

Result<void> SettingsFile::write(const UiSettings& settings) const {
    // QSettings reads what is there before it writes: a pipe would keep it waiting.
    const QFileInfo before(path_);
    if (before.exists() && !before.isFile()) {
        return cannotWrite(path_);
    }
    if (before.size() > kLargestFile) {
        QFile::remove(path_);
    }
    QSettings stored(path_, QSettings::IniFormat);
    stored.clear();
    stored.setValue(key(kVersionKey), kVersion);
    stored.setValue(key(kTheme), nameOf(settings.theme));
    stored.setValue(key(kGeometry), settings.geometry);
    stored.setValue(key(kLayout), settings.layout);
    stored.setValue(key(kDataFolder), settings.dataFolder);
    stored.setValue(key(kPictureFolder), settings.pictureFolder);
    stored.setValue(key(kLastFolder), settings.lastFolder);
    stored.setValue(key(kRecent), settings.recent);
    stored.sync();
    if (stored.status() != QSettings::NoError) {
        return cannotWrite(path_);
    }
    return {};
}

}  // namespace lmser::ui
