// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QImageReader>
#include <QStandardPaths>
#include <QTimer>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "app/studio/display_probe.h"
#include "app/studio/quit_signals.h"
#include "app/studio/studio_options.h"
#include "core/checkpoint/shipped_models.h"
#include "core/files/standard_streams.h"
#include "core/session/session.h"
#include "ui/bridge/session_bridge.h"
#include "ui/main_window.h"
#include "ui/widgets/icons.h"

namespace {

using lmser::ui::MainWindow;
using lmser::ui::WindowOptions;

std::filesystem::path recoveryFolder() {
    const QString state = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return QDir(state).filePath(QStringLiteral("lmser-studio/recovery")).toStdString();
}

std::filesystem::path enginePath() {
    return QDir(QCoreApplication::applicationDirPath())
        .filePath(QStringLiteral("lmser-engine.so"))
        .toStdString();
}

/// Only the files' headers are read, so that the window need not wait.
QList<lmser::ui::ShippedCard> shippedCards() {
    QList<lmser::ui::ShippedCard> cards;
    for (const lmser::ShippedModel& model : lmser::shipped_models()) {
        std::filesystem::path details = model.file;
        details.replace_extension(".md");
        cards.append({QString::fromStdString(model.name), QString::fromStdString(model.summary),
                      QString::fromStdString(details.string())});
    }
    return cards;
}

void nameApplication() {
    QCoreApplication::setApplicationName(QStringLiteral("Lmser Studio"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LMSER_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("lmser-studio"));
    QGuiApplication::setWindowIcon(lmser::ui::applicationIcon());
}

// Qt loads its plugins when they are first needed; were that while the engine is being loaded on its thread,
// the window would wait for it.
void loadQtPlugins() {
    QImageReader::supportedImageFormats();
}

int run(const lmser::StudioOptions& given, lmser::DisplayHold display, int argc, char** argv) {
    QApplication application(argc, argv);
    display.reset();  // Qt has a connection of its own now
    nameApplication();
    WindowOptions options;
    options.recovery = recoveryFolder();
    options.recoverable = lmser::find_recoverable(options.recovery);
    options.shipped = shippedCards();
    options.dataFolder = QString::fromStdString(given.data_dir);
    options.model = QString::fromStdString(given.model);
    options.theme = given.theme;
    MainWindow window(options);
    window.show();

    lmser::QuitSignals signalled;
    QObject::connect(&signalled, &lmser::QuitSignals::received, &window,
                     &MainWindow::closeForSignal);
    loadQtPlugins();
    // After the first paint: the window is there while LibTorch is loaded.
    QTimer::singleShot(0, &window, [&] {
        lmser::SessionOptions session;
        session.recovery = options.recovery;
        session.data_dir = given.data_dir;
        session.device = given.device;
        window.bridge().load(session, enginePath());
    });
    const int code = QApplication::exec();
    return signalled.number() == 0 ? code : signalled.exitCode();
}

}  // namespace

int main(int argc, char** argv) {
    lmser::set_engine_environment();
    lmser::keep_standard_streams();
    const auto parsed = lmser::parse_studio_options(argc, argv);
    if (parsed.exit_code) {
        (*parsed.exit_code == EXIT_SUCCESS ? std::cout : std::cerr) << parsed.text;
        return *parsed.exit_code;
    }
    lmser::DisplayHold display;
    if (const auto probed = lmser::probe_display(display); !probed) {
        std::cerr << "lmser-studio: " << lmser::sentence(probed.error()) << '\n';
        return static_cast<int>(probed.error().code);
    }
    return run(parsed.options, std::move(display), argc, argv);
}
