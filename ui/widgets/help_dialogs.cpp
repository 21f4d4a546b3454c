// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/help_dialogs.h"

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QTextBrowser>

#include "ui/training/custom_plot.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

QLabel* paragraph(const QString& text) {
    auto* label = new QLabel(text);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextBrowserInteraction);
    return label;
}

QString versionsOf(const SessionInfo& engine) {
    QStringList lines{
        QStringLiteral("Lmser Studio %1").arg(QStringLiteral(LMSER_VERSION)),
        QStringLiteral("Qt %1").arg(QString::fromLatin1(qVersion())),
        QStringLiteral("QCustomPlot %1").arg(QStringLiteral(QCUSTOMPLOT_VERSION_STR))};
    if (engine.torch_version.empty()) {
        lines << AboutDialog::tr("The engine is not loaded.");
    } else {
        lines << QStringLiteral("LibTorch %1").arg(QString::fromStdString(engine.torch_version))
              << QString::fromStdString(engine.blas)
              << (engine.threads == 1 ? AboutDialog::tr("1 thread")
                                      : AboutDialog::tr("%1 threads").arg(engine.threads))
              << QString::fromStdString(engine.processor_features);
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

AboutDialog::AboutDialog(const SessionInfo& engine, QWidget* parent)
    : QDialog(parent), versions_(versionsOf(engine)) {
    setObjectName(QStringLiteral("aboutDialog"));
    setWindowTitle(tr("About Lmser Studio"));
    auto* mark = new QLabel;
    constexpr int kMark = 64;
    mark->setPixmap(applicationIcon().pixmap(scaled(kMark)));
    auto* name = new QLabel(QStringLiteral("Lmser Studio"));
    QFont large = textFont();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    large.setWeight(QFont::DemiBold);
    name->setFont(large);

    auto* words = new QVBoxLayout;
    words->setSpacing(3 * kSpace);
    words->addWidget(name);
    words->addWidget(paragraph(
        tr("Trains Lmser networks and lets you watch, slide and question what they learn. After "
           "Huang, Tu, Xu, “Revisit Lmser and its further development based on convolutional "
           "layers” (arXiv:1904.06307).")));
    words->addWidget(paragraph(versions_));
    words->addWidget(paragraph(
        tr("Free software under the GNU General Public License, version 3 or later. It comes with "
           "no warranty.")));
    words->addStretch(1);

    auto* row = new QHBoxLayout;
    row->setSpacing(5 * kSpace);
    row->addWidget(mark, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* copy = buttons->addButton(tr("Copy versions"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copyVersions"));
    connect(copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(versions_); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6 * kSpace, 5 * kSpace, 6 * kSpace, 4 * kSpace);
    column->setSpacing(4 * kSpace);
    column->addLayout(row);
    column->addWidget(buttons);
    constexpr int kWidth = 480;
    setMinimumWidth(scaled(kWidth));
}

ModelCardDialog::ModelCardDialog(const QString& name, const QString& file, QWidget* parent)
    : QDialog(parent) {
    setObjectName(QStringLiteral("modelCardDialog"));
    setWindowTitle(name);
    auto* text = new QTextBrowser;
    text->setObjectName(QStringLiteral("modelCardText"));
    text->setAccessibleName(tr("Description of %1").arg(name));
    text->setOpenLinks(false);
    text->setFrameShape(QFrame::NoFrame);
    text->document()->setDocumentMargin(3 * kSpace);
    constexpr qint64 kMostBytes = 1 << 20;
    QFile card(file);
    if (card.open(QIODevice::ReadOnly)) {
        text->setMarkdown(QString::fromUtf8(card.read(kMostBytes)));
    } else {
        text->setPlainText(tr("%1 came without a description.").arg(name));
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4 * kSpace, 4 * kSpace, 4 * kSpace, 4 * kSpace);
    column->setSpacing(3 * kSpace);
    column->addWidget(text);
    column->addWidget(buttons);
    constexpr QSize kSize(620, 560);
    resize(scaled(kSize.width()), scaled(kSize.height()));
}

ShortcutsDialog::ShortcutsDialog(const QList<Entry>& entries, QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("shortcutsDialog"));
    setWindowTitle(tr("Keyboard shortcuts"));
    auto* table = new QTableWidget(static_cast<int>(entries.size()), 2);
    table->setAccessibleName(windowTitle());
    table->setHorizontalHeaderLabels({tr("What"), tr("Keys")});
    table->verticalHeader()->hide();
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    for (int row = 0; row < table->rowCount(); ++row) {
        table->setItem(row, 0, new QTableWidgetItem(entries.at(row).first));
        table->setItem(row, 1, new QTableWidgetItem(entries.at(row).second));
    }
    table->resizeColumnsToContents();
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4 * kSpace, 4 * kSpace, 4 * kSpace, 4 * kSpace);
    column->addWidget(table);
    column->addWidget(buttons);
    constexpr QSize kSize(560, 520);
    resize(scaled(kSize.width()), scaled(kSize.height()));
}

}  // namespace lmser::ui
