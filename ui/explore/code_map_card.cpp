// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/code_map_card.h"

#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QVBoxLayout>
#include <cmath>

#include "ui/bridge/qimage_conversion.h"
#include "ui/explore/class_legend.h"
#include "ui/explore/code_map_plot.h"
#include "ui/training/number_text.h"
#include "ui/widgets/calm_field.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/theme.h"

namespace lmser::ui {
namespace {

enum Kind { kPrincipalAxes, kTwoUnits };

QComboBox* combo(const QString& name, const QString& text, const QString& tip, QWidget* parent) {
    auto* box = new Calm<QComboBox>(parent);
    box->setObjectName(name);
    box->setAccessibleName(text);
    box->setToolTip(tip);
    return box;
}

}  // namespace

CodeMapCard::CodeMapCard(QWidget* parent)
    : Card(tr("Code map"), parent),
      kind_(combo(QStringLiteral("mapPlane"), tr("Plane of the map"),
                  tr("The plane that the codes are seen on: where they spread widest, or two "
                     "units of the top code against each other."),
                  this)),
      across_(combo(QStringLiteral("mapAcross"), tr("Unit across"), tr("The unit across."), this)),
      up_(combo(QStringLiteral("mapUp"), tr("Unit up"), tr("The unit up."), this)),
      refresh_(new ChipButton(tr("encode anew"), this, false)),
      empty_(mutedLabel({}, this)),
      plot_(new CodeMapPlot(this)),
      legend_(new ClassLegend(this)),
      status_(mutedLabel({}, this)),
      progress_(new QProgressBar(this)) {
    setObjectName(QStringLiteral("codeMapCard"));
    buildHead();
    empty_->setObjectName(QStringLiteral("mapEmpty"));
    empty_->setAlignment(Qt::AlignCenter);
    page_ = buildMap();
    constexpr int kLineWidth = 440;
    empty_->setMaximumWidth(scaled(kLineWidth));
    auto* middle = new QHBoxLayout;
    middle->addWidget(empty_);
    body()->addLayout(middle, 1);
    body()->addWidget(page_, 1);
    body()->addWidget(progress_);

    connect(legend_, &ClassLegend::shownChanged, this,
            [this] { plot_->setShown(legend_->shown()); });
    connect(plot_, &CodeMapPlot::pointedAt, this, &CodeMapCard::pictureWanted);
    connect(plot_, &CodeMapPlot::walkStarted, this, [this] {
        before_ = code_;
        Q_EMIT walkStarted();
    });
    connect(plot_, &CodeMapPlot::walkEnded, this, &CodeMapCard::walkEnded);
    connect(plot_, &CodeMapPlot::wentTo, this, &CodeMapCard::goTo);
    connect(plot_, &CodeMapPlot::clickTakenBack, this, [this] {
        Q_EMIT walkStarted();
        Q_EMIT codeWanted(before_);
        Q_EMIT walkEnded();
    });
    constexpr int kDescribeMilliseconds = 300;
    described_.setSingleShot(true);
    described_.setInterval(kDescribeMilliseconds);
    connect(&described_, &QTimer::timeout, this, &CodeMapCard::describe);
    showState();
}

void CodeMapCard::buildHead() {
    kind_->addItems({tr("principal axes"), tr("two units")});
    refresh_->setObjectName(QStringLiteral("refreshMap"));
    refresh_->setAccessibleName(tr("encode the map anew"));
    refresh_->setToolTip(tr("The weights have moved on since the pictures were encoded."));
    auto* row = new QWidget(this);
    auto* flow = new FlowLayout(row);
    for (QComboBox* part : {kind_, across_, up_}) {
        flow->addWidget(part);
    }
    headRow()->addWidget(refresh_);
    body()->addWidget(row);
    connect(kind_, &QComboBox::activated, this, &CodeMapCard::forget);
    connect(across_, &QComboBox::activated, this, [this] { chooseUnits(*up_, *across_); });
    connect(up_, &QComboBox::activated, this, [this] { chooseUnits(*across_, *up_); });
    connect(refresh_, &ChipButton::clicked, this, &CodeMapCard::ask);
}

QWidget* CodeMapCard::buildMap() {
    status_->setObjectName(QStringLiteral("mapStatus"));
    progress_->setObjectName(QStringLiteral("mapProgress"));
    progress_->setAccessibleName(tr("Encoding"));
    progress_->setRange(0, 100);
    progress_->setTextVisible(false);
    constexpr int kBarHeight = 6;
    progress_->setFixedHeight(scaled(kBarHeight));
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kSpace);
    column->addWidget(plot_, 1);
    column->addWidget(legend_);
    column->addWidget(status_);
    return page;
}

void CodeMapCard::openRun(std::uint64_t run, const QStringList& units) {
    run_ = run;
    code_.clear();
    if (units != unitNames_) {
        unitNames_ = units;
        kind_->setCurrentIndex(kPrincipalAxes);
        for (QComboBox* box : {across_, up_}) {
            box->clear();
            box->addItems(units);
        }
        up_->setCurrentIndex(std::min<int>(1, up_->count() - 1));
    }
    forget();
}

void CodeMapCard::setDataThere(bool there) {
    dataThere_ = there;
    forget();
}

void CodeMapCard::setIteration(std::int64_t iteration) {
    iteration_ = iteration;
    showState();
}

// The map of an earlier network, dataset or plane.
void CodeMapCard::forget() {
    map_.reset();
    asked_ = false;
    problem_.clear();
    plot_->clearPoints();
    showState();
    askIfNeeded();
}

void CodeMapCard::askIfNeeded() {
    if (isVisible() && dataThere_ && run_ != 0 && !asked_) {
        ask();
    }
}

void CodeMapCard::ask() {
    asked_ = true;
    problem_.clear();
    showState();
    Q_EMIT mapWanted(units());
}

CodeMapCard::Units CodeMapCard::units() const {
    if (kind_->currentIndex() != kTwoUnits) {
        return std::nullopt;
    }
    return std::pair(static_cast<std::size_t>(across_->currentIndex()),
                     static_cast<std::size_t>(up_->currentIndex()));
}

// A plane takes two different units: the other one gives way.
void CodeMapCard::chooseUnits(QComboBox& other, const QComboBox& chosen) {
    if (other.currentIndex() == chosen.currentIndex()) {
        other.setCurrentIndex((chosen.currentIndex() + 1) % chosen.count());
    }
    forget();
}

void CodeMapCard::showMap(const CodeMap& map) {
    if (map.run != run_ || !asked_) {
        return;
    }
    map_ = map;
    QStringList classes;
    for (const std::string& name : map.classes) {
        classes << QString::fromStdString(name);
    }
    legend_->setClasses(classes);
    const Units plane = units();
    plot_->setAxisNames(plane ? across_->currentText() : tr("principal axis 1"),
                        plane ? up_->currentText() : tr("principal axis 2"));
    plot_->setPoints(map.x, map.y, map.labels, classes);
    markPresent();
    showState();
}

void CodeMapCard::showMapped(const MappedPicture& mapped) {
    plot_->showPicture(mapped.index, toQImage(mapped.picture));
}

void CodeMapCard::showProblem(const QString& words) {
    problem_ = words;
    showState();
}

void CodeMapCard::setCode(const std::vector<float>& code) {
    code_ = code;
    markPresent();
}

bool CodeMapCard::placesCode() const {
    return map_ && !code_.empty() && map_->plane.origin.size() == code_.size();
}

void CodeMapCard::markPresent() {
    if (!described_.isActive()) {
        described_.start();
    }
    if (!placesCode()) {
        plot_->setPresent(std::nullopt);
        return;
    }
    const PlanePoint place = place_on(map_->plane, code_);
    plot_->setPresent(QPointF(static_cast<double>(place.x), static_cast<double>(place.y)));
}

void CodeMapCard::goTo(const QPointF& place) {
    if (placesCode()) {
        Q_EMIT codeWanted(moved_to(map_->plane, code_,
                                   {static_cast<float>(place.x()), static_cast<float>(place.y())}));
    }
}

QString CodeMapCard::summary() const {
    if (!map_) {
        return empty_->text();
    }
    QString words = tr("%1 codes of %2 in %n classes, %3 against %4.", nullptr,
                       static_cast<int>(map_->classes.size()))
                        .arg(grouped(static_cast<std::int64_t>(map_->x.size())),
                             QString::fromStdString(map_->dataset), plot_->yAxis->label(),
                             plot_->xAxis->label());
    if (placesCode()) {
        const PlanePoint place = place_on(map_->plane, code_);
        const double x = static_cast<double>(place.x);
        const double y = static_cast<double>(place.y);
        words += QLatin1Char(' ') + tr("The present code stands at %1, %2, nearest to class %3.")
                                        .arg(x, 0, 'f', 2)
                                        .arg(y, 0, 'f', 2)
                                        .arg(plot_->classNear({x, y}));
    }
    return words;
}

void CodeMapCard::showState() {
    const bool encoding = asked_ && problem_.isEmpty() && (!map_ || map_->progress < 1);
    const bool points = map_ && !map_->x.empty();
    page_->setVisible(points);
    empty_->setVisible(!points);
    if (!problem_.isEmpty()) {
        empty_->setText(problem_);
    } else if (encoding) {
        empty_->setText(tr("Encoding the pictures…"));
    } else {
        empty_->setText(
            tr("Where do the codes of real pictures lie? Choose data of the network's "
               "picture size in Project, and each picture becomes a point here."));
    }
    const bool twoUnits = kind_->currentIndex() == kTwoUnits;
    kind_->setVisible(dataThere_);
    kind_->setEnabled(unitNames_.size() > 1);
    across_->setVisible(dataThere_ && twoUnits);
    up_->setVisible(dataThere_ && twoUnits);
    refresh_->setVisible(points && !encoding && map_->iteration != iteration_);
    progress_->setVisible(encoding);
    constexpr double kPercent = 100;
    progress_->setValue(map_ ? static_cast<int>(std::lround(kPercent * map_->progress)) : 0);
    if (points) {
        status_->setText(tr("%1 pictures of %2 · iteration %3")
                             .arg(grouped(static_cast<std::int64_t>(map_->x.size())),
                                  QString::fromStdString(map_->dataset), grouped(map_->iteration)));
    }
    describe();
}

// It searches all points; so while the code moves it is told three times a second.
void CodeMapCard::describe() {
    const QString words = summary();
    setAccessibleDescription(words);
    plot_->setAccessibleDescription(words);
}

void CodeMapCard::showEvent(QShowEvent* event) {
    Card::showEvent(event);
    askIfNeeded();
}

}  // namespace lmser::ui
