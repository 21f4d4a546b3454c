// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/code_model.h"

#include <QGuiApplication>
#include <QStyleHints>
#include <QUndoCommand>
#include <chrono>
#include <utility>

namespace lmser::ui {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kNudgesJoinWithin{800};

}  // namespace

/// One change of the code.
class CodeModel::Step : public QUndoCommand {
public:
    Step(CodeModel* model, CodeState before, CodeState after, StepKind kind, std::size_t unit)
        : model_(model),
          before_(std::move(before)),
          after_(std::move(after)),
          kind_(kind),
          unit_(unit),
          when_(Clock::now()) {}

    void undo() override { model_->show(before_); }
    void redo() override { model_->show(after_); }
    [[nodiscard]] int id() const override {
        return kind_ == StepKind::whole ? -1 : static_cast<int>(unit_);
    }

    bool mergeWith(const QUndoCommand* other) override {
        const auto& next = static_cast<const Step&>(*other);
        const auto passed = next.when_ - when_;
        const std::chrono::milliseconds doubleClick{
            QGuiApplication::styleHints()->mouseDoubleClickInterval()};
        const bool nudges =
            kind_ == StepKind::nudge && next.kind_ == StepKind::nudge && passed < kNudgesJoinWithin;
        const bool clicks =
            kind_ == StepKind::drag && next.kind_ == StepKind::reset && passed < doubleClick;
        const bool drawings = kind_ == StepKind::drawing && next.kind_ == StepKind::drawing;
        if (!nudges && !clicks && !drawings) {
            return false;
        }
        after_ = next.after_;
        when_ = next.when_;
        kind_ = next.kind_;
        setText(next.text());
        setObsolete(after_ == before_);
        return true;
    }

private:
    CodeModel* model_;
    CodeState before_;
    CodeState after_;
    StepKind kind_;
    std::size_t unit_;
    Clock::time_point when_;
};

CodeModel::CodeModel(QObject* parent) : QObject(parent) {
    constexpr int kStepsKept = 1000;
    undo_.setUndoLimit(kStepsKept);
}

void CodeModel::begin(CodeState start) {
    undo_.clear();
    drag_.reset();
    state_ = std::move(start);
    start_ = state_.code;
    locked_.assign(state_.code.size(), false);
    Q_EMIT startChanged();
    Q_EMIT codeChanged();
}

CodeState CodeModel::with(std::vector<float> code) const {
    return {std::move(code), state_.reflections};
}

void CodeModel::show(const CodeState& state) {
    if (state.code.size() == units() && state != state_) {
        state_ = state;
        Q_EMIT codeChanged();
    }
}

void CodeModel::moveStart(std::vector<float> start) {
    const bool untouched = code() == start_ && !drag_;
    start_ = std::move(start);
    Q_EMIT startChanged();
    if (untouched) {
        show(with(start_));
    }
}

void CodeModel::startFrom(std::vector<float> start, const QString& step) {
    start_ = std::move(start);
    Q_EMIT startChanged();
    assign(start_, step);
}

void CodeModel::startFromDrawing(std::vector<float> start) {
    endDrag();
    start_ = std::move(start);
    Q_EMIT startChanged();
    push(state_, with(start_), tr("draw"), StepKind::drawing, 0);
}

void CodeModel::beginDrag(std::size_t unit) {
    endDrag();
    drag_ = Drag{unit, state_};
}

void CodeModel::endDrag() {
    if (!drag_) {
        return;
    }
    const Drag drag = *std::exchange(drag_, std::nullopt);
    push(drag.before, state_, tr("drag"), StepKind::drag, drag.unit);
}

void CodeModel::setUnit(std::size_t unit, float value) {
    std::vector<float> next = code();
    next.at(unit) = value;
    move(unit, std::move(next));
}

void CodeModel::move(std::size_t unit, std::vector<float> code) {
    if (drag_) {
        show(with(std::move(code)));
    } else {
        push(state_, with(std::move(code)), tr("move"), StepKind::nudge, unit);
    }
}

void CodeModel::resetUnit(std::size_t unit) {
    std::vector<float> next = code();
    next.at(unit) = start_.at(unit);
    reset(unit, std::move(next));
}

void CodeModel::reset(std::size_t unit, std::vector<float> code) {
    endDrag();
    push(state_, with(std::move(code)), tr("reset"), StepKind::reset, unit);
}

void CodeModel::assign(std::vector<float> code, const QString& step) {
    restore(with(std::move(code)), step);
}

void CodeModel::restore(CodeState state, const QString& step) {
    endDrag();
    push(state_, std::move(state), step, StepKind::whole, 0);
}

void CodeModel::setReflections(int reflections) {
    restore({code(), reflections}, tr("reflections"));
}

void CodeModel::resetAll() {
    std::vector<float> next = code();
    for (std::size_t i = 0; i < next.size(); ++i) {
        next[i] = locked_[i] ? next[i] : start_[i];
    }
    assign(std::move(next), tr("reset all"));
}

void CodeModel::push(CodeState before, CodeState after, const QString& text, StepKind kind,
                     std::size_t unit) {
    if (before == after) {
        return;
    }
    auto* step = new Step(this, std::move(before), std::move(after), kind, unit);
    step->setText(text);
    undo_.push(step);  // shows `after`
}

void CodeModel::setLocked(std::size_t unit, bool locked) {
    locked_.at(unit) = locked;
}

}  // namespace lmser::ui
