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
    Step(CodeModel* model, std::vector<float> before, std::vector<float> after, StepKind kind,
         std::size_t unit)
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
        if (!nudges && !clicks) {
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
    std::vector<float> before_;
    std::vector<float> after_;
    StepKind kind_;
    std::size_t unit_;
    Clock::time_point when_;
};

CodeModel::CodeModel(QObject* parent) : QObject(parent) {
    constexpr int kStepsKept = 1000;
    undo_.setUndoLimit(kStepsKept);
}

void CodeModel::begin(std::size_t units) {
    undo_.clear();
    drag_.reset();
    code_.assign(units, 0);
    start_ = code_;
    locked_.assign(units, false);
    Q_EMIT startChanged();
    Q_EMIT codeChanged();
}

void CodeModel::show(const std::vector<float>& code) {
    if (code.size() == code_.size() && code != code_) {
        code_ = code;
        Q_EMIT codeChanged();
    }
}

void CodeModel::moveStart(std::vector<float> start) {
    const bool untouched = code_ == start_ && !drag_;
    start_ = std::move(start);
    Q_EMIT startChanged();
    if (untouched) {
        show(start_);
    }
}

void CodeModel::startFrom(std::vector<float> start, const QString& step) {
    start_ = std::move(start);
    Q_EMIT startChanged();
    assign(start_, step);
}

void CodeModel::beginDrag(std::size_t unit) {
    endDrag();
    drag_ = Drag{unit, code_};
}

void CodeModel::endDrag() {
    if (!drag_) {
        return;
    }
    const Drag drag = *std::exchange(drag_, std::nullopt);
    push(drag.before, code_, tr("drag"), StepKind::drag, drag.unit);
}

void CodeModel::setUnit(std::size_t unit, float value) {
    std::vector<float> next = code_;
    next.at(unit) = value;
    if (drag_) {
        show(next);
    } else {
        push(code_, std::move(next), tr("move"), StepKind::nudge, unit);
    }
}

void CodeModel::resetUnit(std::size_t unit) {
    endDrag();
    std::vector<float> next = code_;
    next.at(unit) = start_.at(unit);
    push(code_, std::move(next), tr("reset"), StepKind::reset, unit);
}

void CodeModel::assign(std::vector<float> code, const QString& step) {
    endDrag();
    push(code_, std::move(code), step, StepKind::whole, 0);
}

void CodeModel::resetAll() {
    std::vector<float> next = code_;
    for (std::size_t i = 0; i < next.size(); ++i) {
        next[i] = locked_[i] ? next[i] : start_[i];
    }
    assign(std::move(next), tr("reset all"));
}

void CodeModel::push(std::vector<float> before, std::vector<float> after, const QString& text,
                     StepKind kind, std::size_t unit) {
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
