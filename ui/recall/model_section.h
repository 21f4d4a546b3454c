// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QWidget>
#include <vector>

#include "core/session/snapshot.h"

class QLabel;

namespace lmser::ui {

class Card;
class ChipButton;

/// The ways to an associative memory, one sentence each: what comes with the program or was trained is opened, the rest
/// is trained. Each tells how well it recalled the present hole, so that one is compared with another.
class ModelSection : public QWidget {
    Q_OBJECT
public:
    explicit ModelSection(QWidget* parent = nullptr);

    /// The names of the models that come with the program.
    void setShipped(const QStringList& names);
    /// A run of this preset can be opened from there.
    void addRun(const QString& preset, const QString& path);
    /// The network at hand is of this preset.
    void setPresent(const QString& preset);
    /// How well the network at hand recalled the present hole, in decibel.
    void setScore(double psnr);
    /// Another hole or picture: what was recalled before does not compare with it.
    void forgetScores();

Q_SIGNALS:
    /// A path, or the name of a model that comes with the program.
    void modelWanted(const QString& path);
    void trainingWanted(const QString& preset);

private:
    struct Way {
        QString preset;
        Card* card;
        QLabel* state;
        ChipButton* button;
    };
    Card* addWay(const char* preset, const QString& title, const QString& why);
    void act(const QString& preset);
    void refresh();
    [[nodiscard]] QString stateOf(const QString& preset) const;

    std::vector<Way> ways_;
    QMap<QString, QString> paths_;  ///< of every preset that can be opened
    QMap<QString, double> scores_;  ///< in the present hole
    QString present_;
};

}  // namespace lmser::ui
