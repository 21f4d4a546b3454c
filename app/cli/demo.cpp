// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iostream>
#include <memory>

#include "app/cli/command_line.h"
#include "app/cli/interrupt.h"
#include "app/cli/load_data.h"
#include "app/cli/outputs.h"
#include "app/cli/progress.h"
#include "core/base/text.h"
#include "core/checkpoint/run.h"
#include "core/data/dataset.h"
#include "core/files/image_file.h"
#include "core/spec/presets.h"

namespace lmser::cli {
namespace {

constexpr std::size_t kColumns = 10;     ///< pictures in a row of the sheet
constexpr std::size_t kMeasured = 2000;  ///< pictures that show how far a unit moves
constexpr int kScale = 3;
constexpr int kGap = 4;

struct DemoOptions {
    std::string out = "lmser-demo.png";
    double seconds = 10;
    bool json = false;
};

/// The units of a code move most where neurons are not shared: shortcuts would carry the picture past it.
Result<Experiment> demo_experiment() {
    auto experiment = preset("lmser-un-n");
    if (experiment) {
        experiment->dataset = "strokes";
    }
    return experiment;
}

/// Trains until the time is over or a signal comes; the smoothed error per pixel.
Result<double> train_for(Run& run, double seconds) {
    Progress progress(run.experiment().preset + " on " + run.dataset().title, 0, 0);
    double error = 0;
    for (double passed = 0; passed < seconds && stop_signal() == 0; passed = progress.seconds()) {
        const auto report = run.step();
        if (!report) {
            return report.error();
        }
        error = report->iteration == 1 ? report->error_per_pixel
                                       : .95 * error + .05 * report->error_per_pixel;
        progress.update_by_time(run.iteration(), passed / seconds, seconds - passed,
                                "error " + four_digits(error));
    }
    return error;
}

/// The first test picture of every class.
Images one_of_every_class(const Dataset& dataset) {
    Images pictures{dataset.shape, {}};
    for (std::size_t label = 0; label < std::min(kColumns, dataset.classes.size()); ++label) {
        const auto& labels = dataset.test.labels;
        const auto found = std::find(labels.begin(), labels.end(), label);
        if (found != labels.end()) {
            const auto index = static_cast<std::size_t>(found - labels.begin());
            const Images picture = images_of(dataset, dataset.test, index, 1);
            pictures.values.insert(pictures.values.end(), picture.values.begin(),
                                   picture.values.end());
        }
    }
    return pictures;
}

struct Sweep {
    std::size_t unit = 0;
    float low = 0;
    float high = 0;
    Images pictures;
};

/// The first picture's code with its liveliest unit moved over 1–99 % of what the data makes it do.
Sweep sweep_liveliest(const FrozenNet& net, const Dataset& dataset, const Images& start) {
    const auto units =
        net.unit_statistics(dataset, dataset.test, std::min(kMeasured, dataset.test.count()));
    const auto liveliest = std::max_element(
        units.begin(), units.end(),
        [](const UnitStatistics& a, const UnitStatistics& b) { return a.std < b.std; });
    Sweep sweep{static_cast<std::size_t>(liveliest - units.begin()),
                liveliest->percentile_1,
                liveliest->percentile_99,
                {}};
    const Images first{start.shape, {start.at(0).begin(), start.at(0).end()}};
    const std::vector<float> code = net.encode(first);
    std::vector<float> codes;
    for (std::size_t i = 0; i < kColumns; ++i) {
        const float along = static_cast<float>(i) / static_cast<float>(kColumns - 1);
        codes.insert(codes.end(), code.begin(), code.end());
        codes[i * code.size() + sweep.unit] = sweep.low + along * (sweep.high - sweep.low);
    }
    sweep.pictures = net.decode(codes);
    return sweep;
}

void report(const DemoOptions& options, const Run& run, double error, const Sweep& sweep) {
    if (options.json) {
        print({{"iteration", run.iteration()},
               {"error_per_pixel", error},
               {"unit", sweep.unit},
               {"low", sweep.low},
               {"high", sweep.high},
               {"out", options.out}});
        return;
    }
    std::cout << run.iteration() << " steps, error per pixel " << four_digits(error)
              << ".\nThe sheet " << in_quotes(options.out, 4096)
              << " shows ten digits, what the network makes of them, and the first one with unit "
              << sweep.unit << " of its code moved from " << four_digits(double{sweep.low})
              << " to " << four_digits(double{sweep.high}) << "." << std::endl;
}

Result<int> demo(const DemoOptions& options) {
    catch_stop_signals();
    apply(EngineOptions{});
    if (auto place = check_outputs({{"--out", options.out, {".png"}}}, {}); !place) {
        return place.error();
    }
    auto experiment = demo_experiment();
    if (!experiment) {
        return experiment.error();
    }
    auto dataset = load_data(experiment->dataset, {});
    if (!dataset) {
        return dataset.error();
    }
    auto run = Run::create(*experiment, *dataset);
    if (!run) {
        return run.error();
    }
    const auto error = train_for(*run, options.seconds);
    if (!error) {
        return error.error();
    }
    const auto net = run->frozen();
    const Images originals = one_of_every_class(**dataset);
    const Sweep sweep = sweep_liveliest(*net, **dataset, originals);
    if (auto written = write_sheet(
            options.out, {originals, net->reconstruct(originals), sweep.pictures}, kScale, kGap);
        !written) {
        return written.error();
    }
    report(options, *run, *error, sweep);
    return exit_code_when_done();
}

}  // namespace

void add_demo(CLI::App& app, Action& action) {
    auto options = std::make_shared<DemoOptions>();
    CLI::App* command =
        app.add_subcommand("demo", "Train for ten seconds on built-in digits and draw the result");
    command->add_option("--out", options->out, "PNG to write")->capture_default_str();
    command->add_option("--seconds", options->seconds, "How long to train")
        ->check(CLI::Range(.1, 3600.0))
        ->capture_default_str();
    command->add_flag("--json", options->json, "Print the result as JSON");
    command->callback([options, &action] { action = [options] { return demo(*options); }; });
}

}  // namespace lmser::cli
