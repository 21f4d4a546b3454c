// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/status_line.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/training/number_text.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

constexpr int kBarWidth = 220;
constexpr int kBarHeight = 6;
constexpr int kDot = 8;

/// A round spot in the colour of a run's state.
class Dot : public QWidget {
public:
    Dot() { setFixedSize(scaled(kDot), scaled(kDot)); }
    void setState(RunState state) {
        state_ = state;
        update();
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        const Tokens& tokens = tokensOf(this);
        QColor colour = tokens.muted;
        if (state_ == RunState::training) {
            colour = tokens.good;
        } else if (state_ == RunState::diverged) {
            colour = tokens.warning;
        } else if (state_ == RunState::finished) {
            colour = tokens.accent;
        }
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawEllipse(rect());
    }

private:
    RunState state_ = RunState::none;
};

QString wordFor(RunState state) {
    switch (state) {
        case RunState::none:
            return StatusLine::tr("no run");
        case RunState::paused:
            return StatusLine::tr("paused");
        case RunState::training:
            return StatusLine::tr("training");
        case RunState::finished:
            return StatusLine::tr("finished");
        case RunState::diverged:
            break;
    }
    return StatusLine::tr("diverged");
}

/// Parts between dots, of which the last are left out where there is no room: no word is ever cut.
class PartsLabel : public QLabel {
public:
    /// Shows as many of the first parts as fit, and takes no more room than they do; tells how much.
    int fit(int room) {
        int parts = static_cast<int>(text().count(dot())) + 1;
        while (parts > 0 && widthOf(parts) > room) {
            --parts;
        }
        if (parts != shown_) {
            shown_ = parts;
            updateGeometry();
            update();
        }
        return widthOf(shown_);
    }

    [[nodiscard]] QSize sizeHint() const override {
        return {widthOf(shown_), QLabel::sizeHint().height()};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        QPainter painter(this);
        painter.setPen(palette().color(foregroundRole()));
        painter.drawText(rect(), static_cast<int>(alignment()), first(shown_));
    }

private:
    static QString dot() { return QStringLiteral(" · "); }

    [[nodiscard]] QString first(int parts) const {
        return parts <= 0 ? QString() : text().section(dot(), 0, parts - 1);
    }
    [[nodiscard]] int widthOf(int parts) const {
        const QString words = first(parts);
        return words.isEmpty() ? 0 : fontMetrics().horizontalAdvance(words) + 1;
    }

    int shown_ = 1;
};

/// Two digits where whole numbers would say too little.
QString speedText(double perSecond) {
    constexpr double kWhole = 10;
    return perSecond < kWhole ? shortNumber(perSecond, 2) : grouped(std::llround(perSecond));
}

QLabel* numbers(const QString& name, QLabel* label = new QLabel) {
    label->setObjectName(name);
    label->setFont(numberFont());
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

}  // namespace

QString durationText(double seconds) {
    constexpr std::int64_t kMinute = 60;
    constexpr std::int64_t kHour = 3600;
    const auto whole = static_cast<std::int64_t>(std::ceil(std::max(0.0, seconds)));
    if (whole < kMinute) {
        return StatusLine::tr("%1 s").arg(whole);
    }
    if (whole < kHour) {
        return StatusLine::tr("%1 min %2 s").arg(whole / kMinute).arg(whole % kMinute);
    }
    return StatusLine::tr("%1 h %2 min").arg(whole / kHour).arg(whole % kHour / kMinute);
}

StatusLine::StatusLine(QWidget* parent)
    : QWidget(parent),
      dot_(new Dot),
      state_(new QLabel(tr("starting the engine…"))),
      iteration_(numbers(QStringLiteral("statusIteration"))),
      progress_(new QProgressBar),
      figures_(numbers(QStringLiteral("statusFigures"), new PartsLabel)),
      decode_(numbers(QStringLiteral("statusDecode"), new PartsLabel)),
      stroke_(numbers(QStringLiteral("statusStroke"), new PartsLabel)),
      weights_(numbers(QStringLiteral("statusWeights"), new PartsLabel)),
      engine_(numbers(QStringLiteral("statusEngine"), new PartsLabel)) {
    setObjectName(QStringLiteral("statusLine"));
    state_->setObjectName(QStringLiteral("statusState"));
    state_->setForegroundRole(QPalette::WindowText);  // the role that showState() colours
    progress_->setObjectName(QStringLiteral("statusProgress"));
    progress_->setAccessibleName(tr("Progress of the run"));
    progress_->setTextVisible(false);
    progress_->setFixedHeight(scaled(kBarHeight));
    progress_->setMinimumWidth(scaled(kBarWidth) / 3);
    progress_->setMaximumWidth(scaled(kBarWidth));
    progress_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    progress_->hide();
    for (QLabel* sometimes : {decode_, stroke_, weights_}) {
        sometimes->hide();
    }
    stroke_->setToolTip(tr("From the pointer's move to the recalled pixels on the screen"));
    engine_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(3 * kSpace + 2, kSpace, 3 * kSpace + 2, kSpace);
    row->setSpacing(5 * kSpace);
    auto* stateRow = new QHBoxLayout;
    stateRow->setSpacing(kSpace + 2);
    stateRow->addWidget(dot_);
    stateRow->addWidget(state_);
    row->addLayout(stateRow);
    row->addWidget(iteration_);
    row->addWidget(progress_, 1);
    row->addWidget(figures_);
    row->addStretch(3);
    row->addWidget(decode_);
    row->addWidget(stroke_);
    row->addWidget(weights_);
    row->addWidget(engine_);
}

// The state, the iteration and the least bar stand firm; of the rest the most needed comes first.
void StatusLine::fit() {
    const int gap = layout()->spacing();
    const QMargins sides = layout()->contentsMargins();
    int room = width() - sides.left() - sides.right() - dot_->width() - kSpace - 2 -
               state_->sizeHint().width();
    room -= 2 * gap + iteration_->sizeHint().width();  // and of the stretch
    if (!progress_->isHidden()) {
        room -= gap + progress_->minimumWidth();
    }
    for (QLabel* label : {figures_, weights_, stroke_, decode_, engine_}) {
        if (!label->isHidden()) {
            room -= gap + static_cast<PartsLabel*>(label)->fit(room - gap);
        }
    }
}

bool StatusLine::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest) {
        fit();
    }
    return QWidget::event(event);
}

void StatusLine::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

// The window may be narrower than what the line now says.
QSize StatusLine::minimumSizeHint() const {
    return {0, layout()->minimumSize().height()};
}

void StatusLine::showState(RunState state) {
    shown_ = state;
    static_cast<Dot*>(dot_)->setState(state);
    state_->setText(busy_.isEmpty() ? wordFor(state) : busy_);
    QPalette own;
    const Tokens& tokens = tokensOf(this);
    if (state == RunState::training) {
        own.setColor(QPalette::WindowText, tokens.goodText);
    } else if (state == RunState::diverged) {
        own.setColor(QPalette::WindowText, tokens.warningText);
    }
    if (state_->palette().color(QPalette::WindowText) != own.color(QPalette::WindowText)) {
        state_->setPalette(own);
    }
}

void StatusLine::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        showState(shown_);
    }
}

void StatusLine::showSnapshot(const Snapshot& snapshot, double bestError) {
    showState(snapshot.state);
    if (std::exchange(run_, snapshot.run) != snapshot.run) {
        decode_->clear();  // what was measured was another network
        stroke_->clear();
    }
    const bool there = snapshot.state != RunState::none;
    progress_->setVisible(there);
    if (there) {
        constexpr int kSteps = 10000;
        iteration_->setText(
            tr("%1 of %2").arg(grouped(snapshot.iteration), grouped(snapshot.target)));
        const double share = snapshot.target > 0 ? static_cast<double>(snapshot.iteration) /
                                                       static_cast<double>(snapshot.target)
                                                 : 0;
        progress_->setRange(0, kSteps);
        progress_->setValue(static_cast<int>(kSteps * std::clamp(share, 0.0, 1.0)));
    } else {
        iteration_->clear();
    }
    QStringList parts;
    if (snapshot.iterations_per_second > 0) {
        parts << tr("%1 it/s").arg(speedText(snapshot.iterations_per_second));
        parts << tr("%1 left").arg(durationText(snapshot.seconds_left));
    }
    if (bestError > 0) {
        parts << tr("best %1").arg(shortNumber(bestError));
    }
    figures_->setText(parts.join(QStringLiteral(" · ")));
    figures_->setToolTip(
        tr("%1\nIterations a second, time left, lowest test error per pixel so far")
            .arg(figures_->text())
            .trimmed());
}

void StatusLine::showDecode(double milliseconds) {
    decode_->setText(tr("decode %1 ms").arg(shortNumber(milliseconds, 2)));
}

void StatusLine::setDecodeVisible(bool visible) {
    decode_->setVisible(visible);
}

void StatusLine::showStroke(double milliseconds) {
    stroke_->setText(tr("stroke to pixels %1 ms").arg(shortNumber(milliseconds, 2)));
}

void StatusLine::setStrokeVisible(bool visible) {
    stroke_->setVisible(visible);
}

void StatusLine::showWeights(const QString& words) {
    weights_->setText(words);
    weights_->setVisible(!words.isEmpty());
}

void StatusLine::showEngine(const SessionInfo& info) {
    QStringList parts{QString::fromStdString(info.blas)};
    parts << (info.threads == 1 ? tr("1 thread") : tr("%1 threads").arg(info.threads));
    parts << tr("LibTorch %1").arg(QString::fromStdString(info.torch_version));
    engine_->setText(parts.join(QStringLiteral(" · ")));
    parts << QString::fromStdString(info.processor_features);
    engine_->setToolTip(parts.join(QStringLiteral(" · ")));
    showState(shown_);
}

void StatusLine::showNoEngine() {
    state_->setText(tr("the engine could not be loaded"));
}

void StatusLine::showBusy(const QString& word) {
    busy_ = word;
    showState(shown_);
}

QString StatusLine::text() const {
    QStringList parts;
    for (const QLabel* label : {state_, iteration_, figures_, weights_, engine_}) {
        if (!label->text().isEmpty()) {
            parts << label->text();
        }
    }
    return parts.join(QStringLiteral(", "));
}

}  // namespace lmser::ui
