// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QStringList>
#include <QWidget>
#include <cstddef>
#include <optional>
#include <vector>

namespace lmser::ui {

class PictureThumb;

/// Small pictures in rows, with or without a caption under each. One may be framed. Pointing at a picture
/// previews it, a click or Enter chooses it; the arrow keys go from picture to picture.
///
/// With a fixed number of columns it is a grid; else the pictures stand in one row and go on in further rows
/// of the same length where the row would make them too small or cut a caption.
class PictureSheet : public QWidget {
    Q_OBJECT
public:
    /// `stem` names the pictures for tests: "<stem>1", "<stem>2", …
    explicit PictureSheet(QString stem, QWidget* parent = nullptr);
    ~PictureSheet() override;

    /// 0: as many as the width allows.
    void setColumns(std::size_t columns);
    /// The sides of a picture at 100 % text between which the layout chooses.
    void setSides(int least, int largest);
    /// Words under the pictures; without pictures they keep the room that the pictures will take.
    void setCaptions(const QStringList& captions);
    [[nodiscard]] const QStringList& captions() const { return captions_; }

    /// `names` tell each picture in words.
    void setPictures(std::vector<QImage> pictures, const QStringList& names);
    void clear();
    /// Frames a picture.
    void setPresent(std::optional<std::size_t> place);
    [[nodiscard]] std::optional<std::size_t> present() const { return present_; }
    [[nodiscard]] std::vector<QImage> pictures() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The pointer or the focus is on a picture.
    void previewStarted(const QImage& picture, std::size_t place);
    void previewEnded();
    void chosen(std::size_t place);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// Where things stand at a width.
    struct Plan {
        int columns = 1;
        int rows = 1;
        double cell = 0;  ///< width of a cell
        int side = 0;     ///< of a picture
        int caption = 0;  ///< height
        [[nodiscard]] int rowHeight() const { return side + caption; }
    };

    [[nodiscard]] int count() const;
    [[nodiscard]] Plan planFor(int width) const;
    [[nodiscard]] int leastCell() const;
    [[nodiscard]] int captionHeight(int width) const;
    [[nodiscard]] QRect cellOf(const Plan& plan, int place) const;
    void resizeThumbs(std::size_t count);
    void place();
    void markPresent();
    [[nodiscard]] bool moveFocus(std::size_t from, int key);

    QString stem_;
    QStringList captions_;
    std::vector<PictureThumb*> thumbs_;  ///< children
    std::optional<std::size_t> present_;
    std::size_t columns_ = 0;
    int leastSide_ = 40;
    int largestSide_ = 96;
    bool previewing_ = false;
};

}  // namespace lmser::ui
