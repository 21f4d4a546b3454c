// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/ui_settings.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <QFile>
#include <QTemporaryDir>

#include "tests/ui/support/window_bench.h"
#include "ui/widgets/banner.h"

namespace lmser::ui {
namespace {

void write(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

class UiSettingsTest : public testing::Test {
protected:
    QTemporaryDir folder_;
    QString path_ = folder_.filePath(QStringLiteral("deep/studio.ini"));
};

TEST_F(UiSettingsTest, ComeBackAsTheyWereWritten) {
    UiSettings settings;
    settings.theme = ThemeChoice::dark;
    settings.geometry = QByteArray("\0\1\xff,;\n", 6);
    settings.layout = "layout";
    settings.dataFolder = QStringLiteral("/data/ä ö");
    settings.pictureFolder = QStringLiteral("/pictures");
    settings.lastFolder = QStringLiteral("/last");
    settings.recent = {QStringLiteral("/a, b"), QStringLiteral("/c")};
    ASSERT_TRUE(SettingsFile(path_).write(settings));
    const auto read = SettingsFile(path_).read();
    EXPECT_FALSE(read.problem.has_value());
    EXPECT_EQ(read.settings, settings);
}

TEST_F(UiSettingsTest, AreDefaultsWithoutAFile) {
    const auto read = SettingsFile(path_).read();
    EXPECT_FALSE(read.problem.has_value());
    EXPECT_EQ(read.settings, UiSettings());
}

TEST_F(UiSettingsTest, ABrokenFileIsReportedAndDefaultsAreUsed) {
    const QString path = folder_.filePath(QStringLiteral("broken.ini"));
    for (const QByteArray& bytes :
         {QByteArray("\x00\xff\xfe garbage\nno equals sign", 27), QByteArray("[view\ntheme"),
          QByteArray("version=99\n[view]\ntheme=dark\n"),
          QByteArray("version=1\n[view]\ntheme=purple\n"), QByteArray(2 << 20, 'x')}) {
        write(path, bytes);
        const auto read = SettingsFile(path).read();
        ASSERT_TRUE(read.problem.has_value()) << bytes.left(40).toStdString();
        EXPECT_EQ(read.problem->code, ErrorCode::settings);
        EXPECT_NE(read.problem->message.find(path.toStdString()), std::string::npos);
        EXPECT_EQ(read.settings, UiSettings());
    }
}

TEST_F(UiSettingsTest, AFolderInTheirPlaceIsReported) {
    EXPECT_TRUE(SettingsFile(folder_.path()).read().problem.has_value());
}

TEST_F(UiSettingsTest, APipeInTheirPlaceKeepsNobodyWaiting) {
    const QString path = folder_.filePath(QStringLiteral("pipe.ini"));
    ASSERT_EQ(::mkfifo(path.toUtf8().constData(), 0600), 0);
    EXPECT_TRUE(SettingsFile(path).read().problem.has_value());
    EXPECT_FALSE(SettingsFile(path).write({}).ok());
}

TEST_F(UiSettingsTest, AFileThatIsFarTooLargeIsWrittenAnew) {
    const QString path = folder_.filePath(QStringLiteral("large.ini"));
    write(path, "version=1\n");
    ASSERT_TRUE(QFile::resize(path, qint64{4} << 30));
    EXPECT_TRUE(SettingsFile(path).read().problem.has_value());
    EXPECT_TRUE(SettingsFile(path).write({}).ok());
    EXPECT_FALSE(SettingsFile(path).read().problem.has_value());
}

TEST_F(UiSettingsTest, TheWindowSaysSoInABannerAndOpens) {
    const QString path = folder_.filePath(QStringLiteral("broken.ini"));
    write(path, "version=1\n[view]\ntheme=dark\ngeometry=@ByteArray(nonsense)\nlayout=nonsense\n");
    WindowOptions options;
    options.settingsPath = path;
    const WindowBench bench(options);
    EXPECT_TRUE(bench.window->isVisible()) << "a layout that cannot be restored is left out";

    write(path, "version=7");
    const WindowBench reported(options);
    EXPECT_EQ(reported.find<BannerArea>("bannerArea")->banners().size(), 1);
}

TEST_F(UiSettingsTest, KeepTheNewestOfTheRecentFiles) {
    UiSettings settings;
    for (int i = 0; i < 2 * kRecentLimit; ++i) {
        remember(settings, QString::number(i));
    }
    remember(settings, QString::number(kRecentLimit + 1));
    EXPECT_EQ(settings.recent.size(), kRecentLimit);
    EXPECT_EQ(settings.recent.constFirst(), QString::number(kRecentLimit + 1));
    EXPECT_EQ(settings.recent.count(settings.recent.constFirst()), 1);
}

}  // namespace
}  // namespace lmser::ui
