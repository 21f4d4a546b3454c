// SPDX-License-Identifier: GPL-3.0-or-later
// How the real window feels while its engine trains: bench_window [SECONDS]. Medians and extremes of one run,
// on MNIST where LMSER_DATA_DIR has it, else on the built-in digits. Offscreen unless QT_QPA_PLATFORM is set.
#include <unistd.h>
#include <QAction>

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QMouseEvent>
#include <QRegularExpression>
#include <QSlider>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "core/spec/presets.h"
#include "ui/bridge/session_bridge.h"
#include "ui/explore/explore_panel.h"
#include "ui/main_window.h"
#include "ui/training/custom_plot.h"
#include "ui/training/train_panel.h"

namespace lmser::ui {
namespace {

constexpr int kDragsASecond = 240;
constexpr int kDeadlineMs = 60000;

double milliseconds(const QElapsedTimer& clock) {
    return static_cast<double>(clock.nsecsElapsed()) * 1e-6;
}

void report(const char* what, std::vector<double> values, const char* unit) {
    if (values.empty()) {
        std::printf("%-44s nothing was measured\n", what);
        return;
    }
    std::sort(values.begin(), values.end());
    const auto at = [&values](double part) {
        return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
    };
    std::printf("%-44s median %8.3f   95 %% %8.3f   largest %8.3f %s   (%zu)\n", what, at(.5),
                at(.95), at(1), unit, values.size());
    std::fflush(stdout);
}

/// Runs the event loop until the condition holds; ends the program at the deadline.
void wait_until(const char* what, const std::function<bool()>& condition) {
    QElapsedTimer clock;
    clock.start();
    QEventLoop loop;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (condition()) {
            loop.quit();
        } else if (clock.elapsed() > kDeadlineMs) {
            std::printf("gave up waiting for %s\n", what);
            std::exit(EXIT_FAILURE);
        }
    });
    poll.start(1);
    loop.exec();
}

void run_for(int ms) {
    QEventLoop loop;
    QTimer::singleShot(ms, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Times between beats of a timer in the GUI thread: a long one is a block.
class Heartbeat : public QObject {
public:
    Heartbeat() {
        connect(&timer_, &QTimer::timeout, this, [this] {
            gaps_.push_back(milliseconds(clock_));
            clock_.restart();
        });
        clock_.start();
        timer_.start(1);
    }
    [[nodiscard]] std::vector<double> gaps() const { return gaps_; }

private:
    QTimer timer_;
    QElapsedTimer clock_;
    std::vector<double> gaps_;
};

/// From a mouse move on a slider to the decoded picture painted.
class DragClock : public QObject {
public:
    DragClock(MainWindow& window, QWidget* picture) {
        clock_.start();
        connect(window.findChild<ExplorePanel*>(), &ExplorePanel::commandRequested, this,
                [this](const Command& command) {
                    if (const auto* decode = std::get_if<Decode>(&command)) {
                        waiting_.emplace_back(decode->id, moved_);
                    }
                });
        connect(
            &window.bridge(), &SessionBridge::decoded, this,
            [this](const DecodedPicture& decoded) { decoded_ = std::max(decoded_, decoded.id); });
        picture->installEventFilter(this);
    }
    void moved() { moved_ = milliseconds(clock_); }
    [[nodiscard]] const std::vector<double>& latencies() const { return latencies_; }

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint) {
            // The filter runs before the painting; what is queued now runs after it.
            QMetaObject::invokeMethod(
                this, [this] { painted(); }, Qt::QueuedConnection);
        }
        return false;
    }

private:
    void painted() {
        while (!waiting_.empty() && waiting_.front().first <= decoded_) {
            latencies_.push_back(milliseconds(clock_) - waiting_.front().second);
            waiting_.pop_front();
        }
    }

    QElapsedTimer clock_;
    double moved_ = 0;
    std::uint64_t decoded_ = 0;
    std::deque<std::pair<std::uint64_t, double>> waiting_;
    std::vector<double> latencies_;
};

void send_mouse(QWidget* widget, QEvent::Type type, double x) {
    const QPointF position(x, widget->height() / 2.0);
    const auto buttons = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
    QMouseEvent event(type, position, widget->mapToGlobal(position),
                      type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton, buttons,
                      Qt::NoModifier);
    QApplication::sendEvent(widget, &event);
}

/// The first slider that is shown.
QWidget* first_slider(MainWindow& window) {
    for (auto* widget : window.findChildren<QWidget*>(QRegularExpression("^unitSlider\\d+$"))) {
        if (widget->isVisible()) {
            return widget;
        }
    }
    std::printf("no slider is shown\n");
    std::exit(EXIT_FAILURE);
}

void bench_drag(MainWindow& window, const char* what, int seconds) {
    window.findChild<QTabBar*>("workspaceTabs")->setCurrentIndex(1);
    run_for(500);
    QWidget* slider = first_slider(window);
    DragClock drag(window, window.findChild<QWidget*>("explorePicture"));
    const Heartbeat heartbeat;
    int tick = 0;
    QTimer mouse;
    mouse.setTimerType(Qt::PreciseTimer);
    QObject::connect(&mouse, &QTimer::timeout, slider, [&] {
        const double phase = 2 * M_PI * tick++ / (2.0 * kDragsASecond);
        drag.moved();
        send_mouse(slider, QEvent::MouseMove, slider->width() * (.5 + .4 * std::sin(phase)));
    });
    send_mouse(slider, QEvent::MouseButtonPress, slider->width() / 2.0);
    mouse.start(1000 / kDragsASecond);
    run_for(seconds * 1000);
    mouse.stop();
    send_mouse(slider, QEvent::MouseButtonRelease, slider->width() / 2.0);
    report(what, drag.latencies(), "ms");
    report("heartbeat of the GUI thread, Explore", heartbeat.gaps(), "ms");
}

/// Shipped models while nothing trains: from picking one to its first picture, then a drag.
void bench_models(MainWindow& window, int seconds) {
    constexpr int kPicks = 6;
    const std::array names = {"mnist-gen", "mnist-cnn-gen", "fashion-cnn-gen", "mnist-un-n"};
    bool pictured = false;
    const auto watch = QObject::connect(&window.bridge(), &SessionBridge::decoded, &window,
                                        [&] { pictured = true; });
    std::vector<double> picks;
    for (int i = 0; i < kPicks; ++i) {
        for (const char* name : names) {
            pictured = false;
            QElapsedTimer clock;
            clock.start();
            window.bridge().post(OpenModel{name});
            wait_until("a shipped model's picture", [&] { return pictured; });
            picks.push_back(milliseconds(clock));
            run_for(700);  // its dataset is loaded by then
        }
    }
    QObject::disconnect(watch);
    report("shipped model picked to first picture", picks, "ms");
    for (const char* name : names) {
        window.bridge().post(OpenModel{name});
        run_for(1500);
        bench_drag(window, (std::string("drag while nothing trains: ") + name).c_str(), seconds);
    }
}

void bench_heartbeat(MainWindow& window, int seconds) {
    window.findChild<QTabBar*>("workspaceTabs")->setCurrentIndex(0);
    run_for(500);
    const Heartbeat heartbeat;
    run_for(seconds * 1000);
    report("heartbeat of the GUI thread, Train", heartbeat.gaps(), "ms");
}

void bench_pause(MainWindow& window, Snapshot& newest) {
    std::vector<double> times;
    std::vector<double> rates;
    constexpr int kPauses = 40;
    for (int i = 0; i < kPauses; ++i) {
        window.bridge().post(Start{});
        wait_until("training", [&] { return newest.state == RunState::training; });
        run_for(250 + 7 * i);
        rates.push_back(newest.iterations_per_second);
        QElapsedTimer clock;
        clock.start();
        QEventLoop loop;
        const auto watch = QObject::connect(&window.bridge(), &SessionBridge::snapshotArrived,
                                            &loop, [&](const Snapshot& snapshot) {
                                                if (snapshot.state == RunState::paused) {
                                                    loop.quit();
                                                }
                                            });
        window.bridge().post(Pause{});
        loop.exec();
        QObject::disconnect(watch);
        times.push_back(milliseconds(clock));
    }
    report("Pause posted to 'paused' shown", times, "ms");
    report("training meanwhile", rates, "it/s");
}

void bench_replot() {
    TrainPanel panel;
    panel.resize(1100, 800);
    panel.show();
    RunOpened run;
    run.run = 1;
    run.experiment = preset("lmser-un").value();
    constexpr int kPoints = 100000;
    for (int i = 1; i <= kPoints; ++i) {
        const double error = .05 / std::sqrt(i) * (1 + .2 * std::sin(i * .7) * std::cos(i * .13));
        run.steps.push_back({i, error, error, 0, 1e-3});
    }
    panel.openRun(run);
    auto* plot = panel.findChild<QCustomPlot*>();
    run_for(200);
    std::vector<double> times;
    for (int i = 0; i < 50; ++i) {
        QElapsedTimer clock;
        clock.start();
        plot->replot(QCustomPlot::rpImmediateRefresh);
        times.push_back(milliseconds(clock));
    }
    report("replot of 100,000 points", times, "ms");
}

/// Milliseconds since the program was started, by the kernel's clock (in steps of 10).
double since_start() {
    const auto text_of = [](const QString& path) {
        QFile file(path);
        file.open(QIODevice::ReadOnly);
        return file.readAll();
    };
    constexpr int kStartTime =
        19;  // proc(5): field 22, counted from the third, which follows the name
    const QByteArray stat = text_of(QStringLiteral("/proc/self/stat"));
    const double started = stat.mid(stat.lastIndexOf(')') + 2).split(' ')[kStartTime].toDouble();
    const double up = text_of(QStringLiteral("/proc/uptime")).split(' ')[0].toDouble();
    return 1000 * (up - started / static_cast<double>(sysconf(_SC_CLK_TCK)));
}

int run(int seconds) {
    const QTemporaryDir folder;
    WindowOptions options;
    options.settingsPath = folder.filePath("settings.ini");
    options.recovery = folder.filePath("recovery").toStdString();
    MainWindow window(options);
    window.resize(1440, 900);
    Snapshot newest;
    QObject::connect(&window.bridge(), &SessionBridge::snapshotArrived, &window,
                     [&newest](const Snapshot& snapshot) { newest = snapshot; });
    window.show();
    run_for(0);
    std::printf("started to first paint                       %8.0f ms\n", since_start());
    QObject::connect(&window.bridge(), &SessionBridge::engineReady, &window, [] {
        std::printf("started to engine ready                      %8.0f ms\n", since_start());
    });
    SessionOptions session;
    session.recovery = options.recovery;
    session.wake = [&window] { window.bridge().wake(); };
    const auto binaries = QCoreApplication::applicationDirPath().toStdString();
    window.bridge().load(session, binaries + "/lmser-engine.so");
    bool pictured = false;
    QObject::connect(&window.bridge(), &SessionBridge::decoded, &window, [&] { pictured = true; });
    wait_until("a picture", [&] { return pictured; });
    std::printf("started to first pictures                    %8.0f ms\n", since_start());
    bench_models(window, seconds / 2);
    window.bridge().post(NewRun{preset("lmser-un").value()});
    wait_until("a new run",
               [&] { return newest.state == RunState::paused && newest.iteration == 0; });
    window.bridge().post(SetTarget{10000000});
    bench_pause(window, newest);
    window.bridge().post(Start{});
    wait_until("training", [&] { return newest.state == RunState::training; });
    bench_heartbeat(window, seconds);
    bench_drag(window, "drag while training: mouse move to painted", seconds);
    window.bridge().post(Pause{});
    wait_until("the pause", [&] { return newest.state == RunState::paused; });
    bench_replot();
    window.closeForSignal();
    return EXIT_SUCCESS;
}

}  // namespace
}  // namespace lmser::ui

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    lmser::set_engine_environment();
    QApplication application(argc, argv);
    return lmser::ui::run(argc > 1 ? std::max(1, std::atoi(argv[1])) : 10);
}
