// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QEvent>
#include <QTemporaryDir>
#include <memory>

#include "core/spec/presets.h"
#include "tests/ui/support/fake_prompter.h"
#include "tests/ui/support/fake_session.h"
#include "ui/bridge/session_bridge.h"
#include "ui/main_window.h"

namespace lmser::ui {

/// The whole window over a session that only records, with settings of its own.
class WindowBench {
public:
    explicit WindowBench(WindowOptions options = {})
        : record(std::make_shared<FakeSession::Record>()),
          answers(std::make_shared<FakePrompter::Answers>()) {
        if (options.settingsPath.isEmpty()) {
            options.settingsPath = folder.filePath(QStringLiteral("studio.ini"));
        }
        options.theme = options.theme.value_or(ThemeChoice::light);
        window = std::make_unique<MainWindow>(options, std::make_unique<FakePrompter>(answers));
        window->show();
    }

    void startEngine() { window->bridge().use(std::make_unique<FakeSession>(record)); }

    /// Hands news to the window as the session would.
    template <class... Replies>
    void reply(Replies... replies) {
        (record->news.replies.emplace_back(std::move(replies)), ...);
        deliver();
    }
    void show(const Snapshot& snapshot) {
        record->news.snapshot = snapshot;
        deliver();
    }

    /// Opens run `number` as the answer to the newest NewRun.
    void openRun(std::uint64_t number, std::int64_t iteration = 0) {
        RunOpened run;
        run.run = number;
        run.experiment = commandsOf<NewRun>(*record).back().experiment;
        run.iteration = iteration;
        reply(run);
        show(at(number, iteration));
    }

    static Snapshot at(std::uint64_t run, std::int64_t iteration,
                       RunState state = RunState::paused) {
        Snapshot snapshot;
        snapshot.run = run;
        snapshot.state = state;
        snapshot.iteration = iteration;
        snapshot.target = 5000;
        snapshot.learning_rate = 2e-3;
        return snapshot;
    }

    template <class Kind>
    std::vector<Kind> commands() const {
        return commandsOf<Kind>(*record);
    }
    template <class Widget>
    Widget* find(const char* name) const {
        return window->findChild<Widget*>(QString::fromLatin1(name));
    }

    QTemporaryDir folder;
    std::shared_ptr<FakeSession::Record> record;
    std::shared_ptr<FakePrompter::Answers> answers;
    std::unique_ptr<MainWindow> window;

private:
    void deliver() {
        window->bridge().wake();
        QCoreApplication::sendPostedEvents(&window->bridge(), QEvent::MetaCall);
    }
};

}  // namespace lmser::ui
