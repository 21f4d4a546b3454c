// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QDBusVariant;

namespace lmser::ui {

/// Whether the desktop is dark, as its settings portal tells over D-Bus; without a portal, as the palette that
/// Qt came up with tells. Asking never blocks: until the answer is there, the palette counts.
class SystemTheme : public QObject {
    Q_OBJECT
public:
    /// The one of the application, a child of it. Must first be called before a theme is applied.
    static SystemTheme& instance();

    [[nodiscard]] bool isDark() const { return dark_; }

Q_SIGNALS:
    void changed();

private:
    explicit SystemTheme(QObject* parent);
    void ask();
    void setScheme(uint scheme);

private Q_SLOTS:
    void onSettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    bool dark_;
};

}  // namespace lmser::ui
