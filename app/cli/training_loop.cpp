// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training_loop.h"

#include <algorithm>
#include <iostream>

#include "app/cli/command_line.h"
#include "app/cli/interrupt.h"
#include "app/cli/stoppable_evaluation.h"
#include "core/base/failure.h"
#include "core/base/text.h"

namespace lmser::cli {
namespace {

/// How much the newest batch counts in the error that the progress bar shows.
constexpr double kNewest = .05;

std::string title(const Run& run) {
    return run.experiment().preset + " on " + run.dataset().title;
}

}  // namespace

TrainingLoop::TrainingLoop(TrainingJob& job, const LoopOptions& options)
    : job_(job),
      options_(options),
      target_(std::min(job.run.experiment().training.iterations,
                       options.until.value_or(job.run.experiment().training.iterations))),
      first_(job.run.iteration()),
      progress_(title(job.run), job.run.iteration(), target_) {
    if (!job.history.evaluations.empty()) {
        last_evaluation_ = job.history.evaluations.back();
    }
}

Result<int> TrainingLoop::run() {
    // A first checkpoint at once: from here on the run can be resumed whatever happens.
    if (auto kept = save(); !kept) {
        return kept.error();
    }
    auto trained = train();
    if (trained) {
        trained = save();
    }
    const int signal = stop_signal();
    if (!trained) {
        progress_.clear();
        if (trained.error().code == ErrorCode::diverged) {
            return diverged(trained.error());
        }
        // The log may have failed where the checkpoint still finds room; what went wrong is told anyway.
        const bool kept = save().ok();
        return kept ? with_the_way_on(trained.error()) : trained.error();
    }
    finish(signal);
    return signal == 0 ? 0 : exit_code_of(signal);
}

Result<void> TrainingLoop::train() {
    if (auto evaluated = evaluate_if_due(); !evaluated) {
        return evaluated;
    }
    while (stop_signal() == 0 && job_.run.iteration() < target_) {
        if (auto done = step(); !done) {
            return done;
        }
        if (auto evaluated = evaluate_if_due(); !evaluated) {
            return evaluated;
        }
        if (job_.run.iteration() % options_.checkpoint_every == 0) {
            if (auto kept = save(); !kept) {
                return kept;
            }
        }
    }
    return {};
}

Result<void> TrainingLoop::step() {
    const auto report = job_.run.step();
    if (!report) {
        return report.error();
    }
    smooth_error_ = report->iteration == first_ + 1
                        ? report->error_per_pixel
                        : smooth_error_ + kNewest * (report->error_per_pixel - smooth_error_);
    progress_.update(report->iteration, "error " + four_digits(smooth_error_));
    if (report->iteration % kStepsPerRecord == 0) {
        return job_.folder.append(*report);
    }
    return {};
}

bool TrainingLoop::is_evaluation_due() const {
    const std::int64_t at = job_.run.iteration();
    if (at == 0 || (last_evaluation_ && last_evaluation_->iteration == at)) {
        return false;
    }
    return at >= target_ || at % job_.run.experiment().training.evaluate_every == 0;
}

Result<void> TrainingLoop::evaluate_if_due() {
    if (!is_evaluation_due()) {
        return {};
    }
    const Dataset& dataset = job_.run.dataset();
    std::optional<Evaluation> evaluation;
    try {
        evaluation = evaluate_unless_stopped(*job_.run.frozen(), dataset, dataset.test, "test",
                                             {0, dataset.test.count()});
    } catch (const Failure& lost) {
        return lost.error();
    }
    if (!evaluation) {
        return {};
    }
    if (auto written = job_.folder.append(*evaluation); !written) {
        return written;
    }
    last_evaluation_ = *std::move(evaluation);
    report(*last_evaluation_);
    return {};
}

Result<void> TrainingLoop::save() {
    if (saved_ == job_.run.iteration()) {
        return {};
    }
    const auto bytes = job_.run.checkpoint_bytes();
    if (!bytes) {
        return bytes.error();
    }
    auto kept = job_.folder.save(*bytes, job_.run.experiment());
    if (kept) {
        saved_ = job_.run.iteration();
    }
    return kept;
}

Error TrainingLoop::with_the_way_on(Error error) const {
    const std::string way = "The run is kept at iteration " + std::to_string(saved_) +
                            ": go on with --resume " +
                            in_quotes(job_.folder.path().string(), 4096) + ".";
    error.hint += (error.hint.empty() ? "" : " ") + way;
    return error;
}

Error TrainingLoop::diverged(const Error& reason) const {
    return {ErrorCode::diverged, reason.message,
            "The last good checkpoint, at iteration " + std::to_string(saved_) + ", is kept in " +
                in_quotes(job_.folder.checkpoint_file().string()) +
                ": resume it with a --learning-rate under " + shortest(job_.run.learning_rate()) +
                "."};
}

void TrainingLoop::report(const Evaluation& evaluation) {
    progress_.clear();
    if (options_.json) {
        Json line = {{"iteration", evaluation.iteration}};
        line.update(to_json(evaluation));
        line["learning_rate"] = job_.run.learning_rate();
        print(line);
        return;
    }
    std::cout << "iteration " << evaluation.iteration << "  test error per pixel "
              << four_digits(evaluation.error_per_pixel);
    if (evaluation.accuracy) {
        std::cout << "  accuracy " << percent(*evaluation.accuracy);
    }
    std::cout << std::endl;
}

void TrainingLoop::finish(int signal) {
    progress_.clear();
    const Experiment& experiment = job_.run.experiment();
    const std::int64_t at = job_.run.iteration();
    if (options_.json) {
        Json line = {{"done", signal == 0},
                     {"iteration", at},
                     {"stopped_by_signal", signal == 0 ? Json() : Json(signal)},
                     {"preset", experiment.preset},
                     {"data", experiment.dataset},
                     {"seed", experiment.seed},
                     {"seconds", progress_.seconds()},
                     {"iterations_per_second", progress_.rate(at)},
                     {"out", job_.folder.path().string()}};
        if (last_evaluation_ && last_evaluation_->iteration == at) {
            line.update(to_json(*last_evaluation_));
        }
        print(line);
    } else {
        std::cout << (signal == 0 ? "trained to iteration " : "stopped at iteration ") << at
                  << " in " << duration(progress_.seconds()) << "; the run is in "
                  << in_quotes(job_.folder.path().string(), 4096) << std::endl;
    }
    if (last_evaluation_ && last_evaluation_->iteration == at) {
        warn_of_dead_units(last_evaluation_->code_std);
    }
}

}  // namespace lmser::cli
