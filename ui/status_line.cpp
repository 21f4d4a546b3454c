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
    /// How many of the first parts always have room.
    explicit PartsLabel(int kept) : kept_(kept) {}

    [[nodiscard]] QSize minimumSizeHint() const override {
        const QString least = first(kept_);
        return {least.isEmpty() ? 0 : fontMetrics().horizontalAdvance(least) + 1,
                QLabel::minimumSizeHint().height()};
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        auto parts = static_cast<int>(text().count(dot())) + 1;
        while (parts > 0 && fontMetrics().horizontalAdvance(first(parts)) > width()) {
            --parts;
        }
        QPainter painter(this);
        painter.setPen(palette().color(foregroundRole()));
        painter.drawText(rect(), static_cast<int>(alignment()), first(parts));
    }

private:
    static QString dot() { return QStringLiteral(" · "); }

    [[nodiscard]] QString first(int parts) const {
        return parts <= 0 ? QString() : text().section(dot(), 0, parts - 1);
    }

    int kept_;
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
      figures_(numbers(QStringLiteral("statusFigures"), new PartsLabel(2))),
      decode_(numbers(QStringLiteral("statusDecode"))),
      stroke_(numbers(QStringLiteral("statusStroke"))),
      weights_(numbers(QStringLiteral("statusWeights"), new PartsLabel(1))),
      engine_(numbers(QStringLiteral("statusEngine"), new PartsLabel(0))) {
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
    stroke_->setText(tr("stroke to recalled pixels %1 ms").arg(shortNumber(milliseconds, 2)));
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
