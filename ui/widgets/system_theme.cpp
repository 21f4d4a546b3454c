// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/system_theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QPalette>

namespace lmser::ui {
namespace {

const auto kService = QStringLiteral("org.freedesktop.portal.Desktop");
const auto kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const auto kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const auto kGroup = QStringLiteral("org.freedesktop.appearance");
const auto kKey = QStringLiteral("color-scheme");

/// The portal wraps its answer in one variant or two.
uint schemeOf(QVariant value) {
    while (value.canConvert<QDBusVariant>()) {
        value = value.value<QDBusVariant>().variant();
    }
    return value.toUInt();
}

}  // namespace

SystemTheme& SystemTheme::instance() {
    static const auto kName = QStringLiteral("systemTheme");
    auto* there = qApp->findChild<SystemTheme*>(kName, Qt::FindDirectChildrenOnly);
    if (there == nullptr) {
        there = new SystemTheme(qApp);
        there->setObjectName(kName);
    }
    return *there;
}

SystemTheme::SystemTheme(QObject* parent) : QObject(parent) {
    constexpr int kMiddle = 128;
    dark_ = QPalette().color(QPalette::Window).lightness() < kMiddle;
    ask();
}

void SystemTheme::ask() {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage question =
        QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    question << kGroup << kKey;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this](QDBusPendingCallWatcher* call) {
                const QDBusPendingReply<QDBusVariant> answer = *call;
                if (!answer.isError()) {
                    setScheme(schemeOf(answer.value().variant()));
                }
                call->deleteLater();
            });
}

void SystemTheme::onSettingChanged(const QString& group, const QString& key,
                                   const QDBusVariant& value) {
    if (group == kGroup && key == kKey) {
        setScheme(schemeOf(value.variant()));
    }
}

void SystemTheme::setScheme(uint scheme) {
    constexpr uint kNoPreference = 0;
    constexpr uint kPrefersDark = 1;
    const bool dark = scheme == kPrefersDark;
    if (scheme != kNoPreference && dark != dark_) {
        dark_ = dark;
        Q_EMIT changed();
    }
}

}  // namespace lmser::ui
