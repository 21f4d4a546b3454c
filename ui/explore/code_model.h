// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QUndoStack>
#include <cstddef>
#include <optional>
#include <vector>

namespace lmser::ui {

/// The code that is being explored: one value a top unit, the start that a reset leads to, the locks, and
/// every step that can be undone. One drag is one step.
class CodeModel : public QObject {
    Q_OBJECT
public:
    explicit CodeModel(QObject* parent = nullptr);

    /// Another network: all zero, nothing locked, nothing to undo.
    void begin(std::size_t units);

    [[nodiscard]] const std::vector<float>& code() const { return code_; }
    [[nodiscard]] const std::vector<float>& start() const { return start_; }
    [[nodiscard]] std::size_t units() const { return code_.size(); }

    /// The start moved because weights or statistics did. A code that was not touched goes along, and there
    /// is nothing to undo; a touched one stays.
    void moveStart(std::vector<float> start);
    /// The user chose another start: the code begins there, as a step that can be undone.
    void startFrom(std::vector<float> start, const QString& step);

    void beginDrag(std::size_t unit);
    void endDrag();
    [[nodiscard]] bool isDragging() const { return drag_.has_value(); }

    /// Outside of a drag each call is a step; quick ones on the same unit are joined.
    void setUnit(std::size_t unit, float value);
    /// Takes the first press of a double-click, which moved the unit, back with it.
    void resetUnit(std::size_t unit);
    /// Replaces the whole code in one step named `step`.
    void assign(std::vector<float> code, const QString& step);
    /// Every unlocked unit to its start.
    void resetAll();

    void setLocked(std::size_t unit, bool locked);
    [[nodiscard]] bool isLocked(std::size_t unit) const { return locked_.at(unit); }

    [[nodiscard]] QUndoStack* undoStack() { return &undo_; }

Q_SIGNALS:
    void codeChanged();
    void startChanged();

private:
    class Step;
    enum class StepKind { whole, drag, nudge, reset };
    struct Drag {
        std::size_t unit;
        std::vector<float> before;
    };

    void show(const std::vector<float>& code);
    void push(std::vector<float> before, std::vector<float> after, const QString& text,
              StepKind kind, std::size_t unit);

    std::vector<float> code_;
    std::vector<float> start_;
    std::vector<bool> locked_;
    std::optional<Drag> drag_;
    QUndoStack undo_;
};

}  // namespace lmser::ui
