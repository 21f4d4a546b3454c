// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/morph_end.h"

#include <QDropEvent>
#include <QMimeData>
#include <QPainter>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/bridge/qimage_conversion.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

/// The one file that is dragged; empty for anything else.
QString draggedFile(const QMimeData& data) {
    const QList<QUrl> urls = data.urls();
    const bool one = urls.size() == 1 && urls.constFirst().isLocalFile();
    return one ? urls.constFirst().toLocalFile() : QString();
}

}  // namespace

MorphEnd::MorphEnd(const QString& letter, QWidget* parent)
    : QWidget(parent), view_(new ImageView(this)) {
    setAcceptDrops(true);
    setToolTip(tr("End %1 of the way. Drop a picture here to begin or end with it.").arg(letter));
    view_->setAccessibleName(tr("picture of end %1").arg(letter));
    view_->setPlaceholder(letter);
    view_->setSides(kMorphTile, kMorphTile);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(kMorphFrame, kMorphFrame, kMorphFrame, kMorphFrame);
    all->addWidget(view_);
    setFixedSize(kMorphTile + 2 * kMorphFrame, kMorphTile + 2 * kMorphFrame);
}

void MorphEnd::setPicture(const QImage& picture) {
    view_->setImage(picture);
}

QImage MorphEnd::picture() const {
    return view_->image();
}

void MorphEnd::setAwaiting(bool awaiting) {
    awaiting_ = awaiting;
    update();
}

void MorphEnd::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasImage() || !draggedFile(*event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
        setAwaiting(true);
    }
}

void MorphEnd::dragLeaveEvent(QDragLeaveEvent* /*event*/) {
    setAwaiting(false);
}

// A file before its pixels: it may carry its code.
void MorphEnd::dropEvent(QDropEvent* event) {
    setAwaiting(false);
    event->acceptProposedAction();
    if (const QString path = draggedFile(*event->mimeData()); !path.isEmpty()) {
        Q_EMIT fileDropped(path);
        return;
    }
    const auto image = qvariant_cast<QImage>(event->mimeData()->imageData());
    if (!image.isNull()) {
        Q_EMIT pictureDropped(toImages(image));
    }
}

void MorphEnd::paintEvent(QPaintEvent* /*event*/) {
    if (awaiting_) {
        QPainter painter(this);
        paintFocusRing(painter, rect(), kCardRadius + kMorphFrame, this);
    }
}

}  // namespace lmser::ui
