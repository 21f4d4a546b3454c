// SPDX-License-Identifier: GPL-3.0-or-later
// From the mouse to the painted pixel: bench_brush [SECONDS] [MODEL]. The real window recalls under a brush that moves
// every 16 ms; the time runs from the mouse event until a paint event has drawn the answer to a request whose mask
// holds what that event hid. Offscreen unless QT_QPA_PLATFORM is set. MODEL: a shipped model, else celeba-recall.
#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <functional>
#include <vector>

#include "ui/bridge/session_bridge.h"
#include "ui/main_window.h"
#include "ui/recall/mask_canvas.h"
#include "ui/recall/recall_panel.h"

namespace lmser::ui {
namespace {

constexpr int kMoveMs = 16;  // 60 a second, and a few more
constexpr int kMovesAStroke = 45;
constexpr int kStrokesAMask = 4;
constexpr int kDeadlineMs = 60000;
constexpr int kRecall = 2;  // of the workspaces

double milliseconds(const QElapsedTimer& clock) {
    return static_cast<double>(clock.nsecsElapsed()) * 1e-6;
}

void report(const char* what, std::vector<double> values) {
    if (values.empty()) {
        std::printf("%-44s nothing was measured\n", what);
        return;
    }
    std::sort(values.begin(), values.end());
    const auto at = [&values](double part) {
        return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
    };
    std::printf("%-44s median %7.2f   95 %% %7.2f   largest %7.2f ms   (%zu)\n", what, at(.5),
                at(.95), at(1), values.size());
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

/// Follows every request from its mouse event to the paint event that draws it.
class BrushClock : public QObject {
public:
    BrushClock(MainWindow& window, QWidget* picture) : bridge_(window.bridge()) {
        clock_.start();
        connect(window.findChild<RecallPanel*>(), &RecallPanel::commandRequested, this,
                [this](const Command& command) {
                    if (const auto* asked = std::get_if<RecallPicture>(&command)) {
                        ask(*asked);
                    }
                });
        connect(&window.bridge(), &SessionBridge::recalled, this,
                [this](const RecalledPicture& answer) { take(answer); });
        picture->installEventFilter(this);
    }

    /// What is asked from now on is of a mouse event of this moment.
    void begin() {
        event_ = milliseconds(clock_);
        // An answer that is there already is neither in work nor waiting.
        QCoreApplication::sendPostedEvents(&bridge_, QEvent::MetaCall);
    }
    /// What is asked from now on is of no mouse event.
    void end() { event_ = -1; }
    [[nodiscard]] bool idle() const { return undrawn_.empty(); }

    void tell() const {
        const auto own = static_cast<std::size_t>(std::count_if(
            requests_.begin(), requests_.end(), [](const Request& one) { return one.answer > 0; }));
        std::printf("%zu requests of mouse events: %zu drawn, %zu by an answer of their own\n",
                    requests_.size(), latencies_.size(), own);
        std::printf("most that waited behind the one in work: %zu\n", most_waiting());
        report("mouse event -> recalled pixels painted", latencies_);
        report("of it fill, network and membrane alone", alone_);
    }

protected:
    bool eventFilter(QObject* /*watched*/, QEvent* event) override {
        if (event->type() == QEvent::Paint) {
            // The filter runs before the painting; what is queued now runs after it.
            QMetaObject::invokeMethod(
                this, [this, drawn = taken_] { painted(drawn); }, Qt::QueuedConnection);
        }
        return false;
    }

private:
    struct Request {
        std::uint64_t id;
        double event;  ///< when the mouse moved
        double asked;
        double answer = 0;  ///< when its own came; 0: a newer one overtook it
    };

    void ask(const RecallPicture& asked) {
        // What a stroke's end compares has the same mask once more.
        if (event_ >= 0 && !asked.settle) {
            requests_.push_back({asked.id, event_, milliseconds(clock_)});
            undrawn_.push_back(requests_.back());
        }
    }
    void take(const RecalledPicture& answer) {
        taken_ = answer.id;
        alone_.push_back(answer.milliseconds);
        const auto own = std::find_if(requests_.rbegin(), requests_.rend(),
                                      [&](const Request& one) { return one.id == answer.id; });
        if (own != requests_.rend()) {
            own->answer = milliseconds(clock_);
        }
    }
    /// A mask only grows until it is cleared, which waits until all is drawn: a later one holds the earlier strokes.
    void painted(std::uint64_t drawn) {
        while (!undrawn_.empty() && undrawn_.front().id <= drawn) {
            latencies_.push_back(milliseconds(clock_) - undrawn_.front().event);
            undrawn_.pop_front();
        }
    }
    /// How many were on their way to an answer of their own when another one joined them; the first of them is in work.
    [[nodiscard]] std::size_t most_waiting() const {
        std::size_t most = 0;
        for (const Request& joining : requests_) {
            const auto before =
                std::count_if(requests_.begin(), requests_.end(), [&joining](const Request& one) {
                    return one.id < joining.id && one.answer > joining.asked;
                });
            most = std::max(most, joining.answer > 0 ? static_cast<std::size_t>(before) : 0);
        }
        return most;
    }

    SessionBridge& bridge_;
    QElapsedTimer clock_;
    double event_ = -1;
    std::uint64_t taken_ = 0;
    std::vector<Request> requests_;
    std::deque<Request> undrawn_;
    std::vector<double> latencies_;
    std::vector<double> alone_;
};

void send_mouse(QWidget* widget, QEvent::Type type, const QPointF& at) {
    const auto buttons = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
    QMouseEvent event(type, at, widget->mapToGlobal(at),
                      type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton, buttons,
                      Qt::NoModifier);
    QApplication::sendEvent(widget, &event);
}

/// Where the brush is: it wanders over the middle of the picture.
QPointF brush_at(const MaskCanvas& canvas, int tick) {
    const QRectF place = canvas.pictureRect();
    const double angle = .1 * tick;
    return {place.center().x() + .3 * place.width() * std::cos(angle),
            place.center().y() + .3 * place.height() * std::sin(1.3 * angle)};
}

/// One stroke after another, without a pause between them.
void paint_strokes(MaskCanvas& canvas, BrushClock& clock, int& tick) {
    QEventLoop loop;
    QTimer mouse;
    mouse.setTimerType(Qt::PreciseTimer);
    const int first = tick;
    QObject::connect(&mouse, &QTimer::timeout, &canvas, [&] {
        const int move = (tick - first) % kMovesAStroke;
        const QPointF at = brush_at(canvas, tick++);
        clock.begin();
        if (move == 0) {
            send_mouse(&canvas, QEvent::MouseButtonPress, at);
        } else if (move + 1 < kMovesAStroke) {
            send_mouse(&canvas, QEvent::MouseMove, at);
        } else {
            send_mouse(&canvas, QEvent::MouseButtonRelease, at);
        }
        clock.end();
        if (tick - first == kStrokesAMask * kMovesAStroke) {
            loop.quit();
        }
    });
    mouse.start(kMoveMs);
    loop.exec();
}

int run(int seconds, const QString& model) {
    const QTemporaryDir folder;
    WindowOptions options;
    options.settingsPath = folder.filePath("settings.ini");
    options.recovery = folder.filePath("recovery").toStdString();
    options.model = model;
    MainWindow window(options);
    window.resize(1440, 900);
    window.show();
    window.findChild<QTabBar*>("workspaceTabs")->setCurrentIndex(kRecall);
    SessionOptions session;
    session.recovery = options.recovery;
    session.wake = [&window] { window.bridge().wake(); };
    QObject::connect(&window.bridge(), &SessionBridge::failed, &window, [](const Failed& failure) {
        std::fprintf(stderr, "%s\n", sentence(failure.error).c_str());
    });
    const auto binaries = QCoreApplication::applicationDirPath().toStdString();
    window.bridge().load(session, binaries + "/lmser-engine.so");
    auto* canvas = window.findChild<MaskCanvas*>("maskCanvas");
    wait_until("a face to paint on", [&] { return canvas->hasPicture(); });
    BrushClock clock(window, window.findChild<QWidget*>("comparedView"));
    const int moves = seconds * 1000 / kMoveMs;
    for (int tick = 0; tick < moves;) {
        paint_strokes(*canvas, clock, tick);
        wait_until("the last pixels", [&] { return clock.idle(); });
        canvas->editor()->clear();
    }
    std::printf("%s, %d x %d\n", qPrintable(model), canvas->mask().width, canvas->mask().height);
    clock.tell();
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
    const QStringList arguments = QCoreApplication::arguments();
    return lmser::ui::run(std::max(1, arguments.value(1, QStringLiteral("10")).toInt()),
                          arguments.value(2, QStringLiteral("celeba-recall")));
}
