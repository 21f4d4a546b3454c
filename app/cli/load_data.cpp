// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/load_data.h"

#include <cstdint>
#include <iostream>
#include <optional>

#include "app/cli/interrupt.h"
#include "app/cli/progress.h"

namespace lmser::cli {

Result<std::shared_ptr<const Dataset>> load_data(const std::string& name,
                                                 const std::string& data_dir,
                                                 const std::optional<ImageShape>& shape) {
    std::optional<Progress> progress;
    auto dataset =
        load_dataset(name, LoadOptions{.data_dir = data_dir,
                                       .shape = shape,
                                       .progress = [&](std::size_t done, std::size_t all) {
                                           if (!progress) {
                                               progress.emplace("decoding " + name, 0,
                                                                static_cast<std::int64_t>(all));
                                           }
                                           progress->update(static_cast<std::int64_t>(done), "");
                                           return stop_signal() == 0;
                                       }});
    progress.reset();
    if (dataset) {
        for (const std::string& note : (*dataset)->notes) {
            std::cerr << "lmser: " << (*dataset)->title << ": " << note << std::endl;
        }
    }
    return dataset;
}

Result<int> ended_by(const Error& error) {
    if (stop_signal() != 0) {
        return exit_code_of(stop_signal());
    }
    return error;
}

}  // namespace lmser::cli
