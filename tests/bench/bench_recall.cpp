// SPDX-License-Identifier: GPL-3.0-or-later
// From a stroke to its recall, through the session: bench_recall [SECONDS] [MODEL]. A brush moves 60 times a second over
// a picture of 128x128 pixels; each time everything that is hidden so far is recalled (fill, network, 20 rounds of the
// membrane). MODEL: a checkpoint or a shipped model; without it a new network of the preset celeba-recall.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/mask.h"
#include "core/base/random.h"
#include "core/checkpoint/run.h"
#include "core/files/atomic_save.h"
#include "core/session/session.h"
#include "core/spec/presets.h"

namespace {

using namespace lmser;
using Clock = std::chrono::steady_clock;

constexpr int kStrokesASecond = 60;
constexpr int kSide = 128;

double milliseconds(Clock::duration time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

void report(const char* what, std::vector<double> values) {
    if (values.empty()) {
        std::printf("%-36s nothing was measured\n", what);
        return;
    }
    std::sort(values.begin(), values.end());
    const auto at = [&values](double part) {
        return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
    };
    std::printf("%-36s median %7.2f   95 %% %7.2f   largest %7.2f ms   (%zu)\n", what, at(.5),
                at(.95), at(1), values.size());
}

Images noise() {
    Random random(1, RandomPurpose::exploration, 0);
    Images picture{{3, kSide, kSide}, std::vector<float>(std::size_t{3} * kSide * kSide)};
    std::generate(picture.values.begin(), picture.values.end(),
                  [&random] { return static_cast<float>(random.uniform()); });
    return picture;
}

/// A network that has seen nothing costs what any costs.
std::filesystem::path new_model() {
    Dataset dataset;
    dataset.name = "celeba";
    dataset.title = "CelebA";
    dataset.shape = {3, kSide, kSide};
    dataset.classes = {"face"};
    constexpr std::size_t kPictures = 32;
    Random random(2, RandomPurpose::exploration, 0);
    for (LabelledImages* split : {&dataset.train, &dataset.test}) {
        split->labels.resize(kPictures);
        split->pixels.resize(kPictures * dataset.shape.pixels());
        std::generate(split->pixels.begin(), split->pixels.end(),
                      [&random] { return static_cast<std::uint8_t>(random.below(256)); });
    }
    const auto experiment = preset("celeba-recall");
    const auto run = Run::create(*experiment, std::make_shared<const Dataset>(std::move(dataset)));
    if (!run) {
        std::fprintf(stderr, "%s\n", sentence(run.error()).c_str());
        std::exit(EXIT_FAILURE);
    }
    const auto file = std::filesystem::temp_directory_path() / "lmser-bench-recall.safetensors";
    if (auto saved = atomic_save(file, *run->checkpoint_bytes()); !saved) {
        std::fprintf(stderr, "%s\n", sentence(saved.error()).c_str());
        std::exit(EXIT_FAILURE);
    }
    return file;
}

/// A session whose news are waited for.
class Watched {
public:
    Watched() {
        SessionOptions options;
        options.wake = [this] {
            {
                const std::lock_guard lock(mutex_);
                news_ = true;
            }
            rung_.notify_one();
        };
        session_ = make_session(std::move(options));
    }

    void post(Command command) { session_->post(std::move(command)); }
    /// What came by then; nothing new at the deadline.
    News take_until(Clock::time_point deadline) {
        {
            std::unique_lock lock(mutex_);
            rung_.wait_until(lock, deadline, [this] { return news_; });
            news_ = false;
        }
        return session_->take_news();
    }
    void open(const std::string& model) {
        post(OpenModel{model});
        while (true) {
            for (const Reply& reply : take_until(Clock::now() + std::chrono::seconds(1)).replies) {
                if (std::holds_alternative<RunOpened>(reply)) {
                    return;
                }
                if (const auto* failed = std::get_if<Failed>(&reply)) {
                    std::fprintf(stderr, "%s\n", sentence(failed->error).c_str());
                    std::exit(EXIT_FAILURE);
                }
            }
        }
    }

private:
    std::mutex mutex_;
    std::condition_variable rung_;
    bool news_ = false;
    std::unique_ptr<Session> session_;
};

void measure(Watched& session, double seconds) {
    const Images picture = noise();
    Mask hidden = nothing_hidden(kSide, kSide);
    std::map<std::uint64_t, Clock::time_point> asked;
    std::vector<double> latency;
    std::vector<double> alone;
    const auto count = static_cast<std::uint64_t>(seconds * kStrokesASecond);
    auto next = Clock::now();
    PicturePoint brush{64, 64};
    for (std::uint64_t id = 1; id <= count; ++id) {
        const double angle = static_cast<double>(id) * .1;
        const PicturePoint to{64 + 40 * std::cos(angle), 64 + 40 * std::sin(angle * 1.3)};
        if (id % 120 == 0) {
            hidden = nothing_hidden(kSide, kSide);  // a new picture
        }
        paint(hidden, brush, to, 14, MaskChange::hide);
        brush = to;
        asked[id] = Clock::now();
        session.post(RecallPicture{id, picture, hidden, {}, false});
        next += std::chrono::microseconds(1'000'000 / kStrokesASecond);
        while (Clock::now() < next) {
            const News news = session.take_until(next);
            if (news.recalled) {
                latency.push_back(milliseconds(Clock::now() - asked[news.recalled->id]));
                alone.push_back(news.recalled->milliseconds);
            }
        }
    }
    std::printf("%llu strokes, %zu answers\n", static_cast<unsigned long long>(count),
                latency.size());
    report("stroke -> recalled picture", latency);
    report("fill, network and membrane alone", alone);
}

}  // namespace

int main(int argc, char** argv) {
    set_engine_environment();
    const double seconds = argc > 1 ? std::atof(argv[1]) : 10;
    const std::string model = argc > 2 ? argv[2] : new_model().string();
    Watched session;
    session.open(model);
    measure(session, seconds);
    return 0;
}
