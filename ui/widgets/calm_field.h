// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWheelEvent>
#include <utility>

namespace lmser::ui {

/// A field that leaves the wheel to what it lies in unless it has the focus, which the wheel does not give it: so that
/// nothing changes where a list is scrolled under the pointer.
template <class Field>
class Calm : public Field {
public:
    template <class... Arguments>
    explicit Calm(Arguments&&... arguments) : Field(std::forward<Arguments>(arguments)...) {
        this->setFocusPolicy(Qt::StrongFocus);
    }

protected:
    void wheelEvent(QWheelEvent* event) override {
        if (this->hasFocus()) {
            Field::wheelEvent(event);
        } else {
            event->ignore();
        }
    }
};

}  // namespace lmser::ui
