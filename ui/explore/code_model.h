// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QUndoStack>
#include <cstddef>
#include <optional>
#include <vector>

namespace lmser::ui {

/// What a picture is made of.
struct CodeState {
    std::vector<float> code;  ///< one value a top unit
    int reflections = 0;      ///< how often the picture is perceived again, the code held
    bool operator==(const CodeState&) const = default;
};

/// The code that is being explored with its reflections, the start that a reset leads to, the locks, and
/// every step that can be undone. One drag is one step.
class CodeModel : public QObject {
    Q_OBJECT
public:
    explicit CodeModel(QObject* parent = nullptr);

    /// Another network: it begins at `start`, nothing is locked, nothing to undo.
    void begin(CodeState start);

    [[nodiscard]] const CodeState& state() const { return state_; }
    [[nodiscard]] const std::vector<float>& code() const { return state_.code; }
    [[nodiscard]] int reflections() const { return state_.reflections; }
    [[nodiscard]] const std::vector<float>& start() const { return start_; }
    [[nodiscard]] std::size_t units() const { return state_.code.size(); }

    /// The start moved because weights or statistics did. A code that was not touched goes along, and there
    /// is nothing to undo; a touched one stays.
    void moveStart(std::vector<float> start);
    /// The user chose another start: the code begins there, as a step that can be undone.
    void startFrom(std::vector<float> start, const QString& step);
    /// The same while the start is being drawn: what follows on a drawing joins its step.
    void startFromDrawing(std::vector<float> start);

    void beginDrag(std::size_t unit);
    void endDrag();
    [[nodiscard]] bool isDragging() const { return drag_.has_value(); }

    /// Outside of a drag each call is a step; quick ones on the same unit are joined.
    void setUnit(std::size_t unit, float value);
    /// The same where moving `unit` moves others with it: the whole code after the move.
    void move(std::size_t unit, std::vector<float> code);
    /// Takes the first press of a double-click, which moved the unit, back with it.
    void resetUnit(std::size_t unit);
    /// The same where others go with it.
    void reset(std::size_t unit, std::vector<float> code);
    /// Replaces the whole code in one step named `step`.
    void assign(std::vector<float> code, const QString& step);
    /// Code and reflections in one step.
    void restore(CodeState state, const QString& step);
    void setReflections(int reflections);
    /// Every unlocked unit to its start.
    void resetAll();

    void setLocked(std::size_t unit, bool locked);
    [[nodiscard]] bool isLocked(std::size_t unit) const { return locked_.at(unit); }

    [[nodiscard]] QUndoStack* undoStack() { return &undo_; }

Q_SIGNALS:
    /// The code or its reflections.
    void codeChanged();
    void startChanged();

private:
    class Step;
    enum class StepKind { whole, drag, nudge, reset, drawing };
    struct Drag {
        std::size_t unit;
        CodeState before;
    };

    [[nodiscard]] CodeState with(std::vector<float> code) const;
    void show(const CodeState& state);
    void push(CodeState before, CodeState after, const QString& text, StepKind kind,
              std::size_t unit);

    CodeState state_;
    std::vector<float> start_;
    std::vector<bool> locked_;
    std::optional<Drag> drag_;
    QUndoStack undo_;
};

}  // namespace lmser::ui
