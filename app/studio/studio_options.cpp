// SPDX-License-Identifier: GPL-3.0-or-later
// CLI11's code, inlined here, trips a warning that is not ours to heed.
#pragma GCC diagnostic ignored "-Wnull-dereference"
#include "app/studio/studio_options.h"

#include <CLI/CLI.hpp>
#include <map>
#include <sstream>

#include "core/base/result.h"

namespace lmser {

ParsedOptions parse_studio_options(int argc, const char* const* argv) {
    ParsedOptions parsed;
    CLI::App app("Train Lmser networks, watch them learn, and slide their code.", "lmser-studio");
    app.set_version_flag("--version", "lmser-studio " LMSER_VERSION);
    app.add_option("MODEL", parsed.options.model, "A checkpoint or run folder to open");
    app.add_option("--data-dir", parsed.options.data_dir,
                   "Where datasets are searched first (else $LMSER_DATA_DIR, then "
                   "~/.local/share/lmser-studio)");
    app.add_option("--device", parsed.options.device,
                   "What trains: cpu, or cuda where the LibTorch at hand has it")
        ->capture_default_str();
    ui::ThemeChoice theme = ui::ThemeChoice::system;
    const std::map<std::string, ui::ThemeChoice> themes{{"system", ui::ThemeChoice::system},
                                                        {"light", ui::ThemeChoice::light},
                                                        {"dark", ui::ThemeChoice::dark}};
    auto* chosen = app.add_option("--theme", theme, "system, light or dark")
                       ->transform(CLI::CheckedTransformer(themes, CLI::ignore_case))
                       ->option_text("THEME");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& stop) {
        std::ostringstream out;
        const int code = app.exit(stop, out, out);
        parsed.exit_code = code == 0 ? 0 : static_cast<int>(ErrorCode::usage);
        parsed.text = out.str();
        return parsed;
    }
    if (chosen->count() > 0) {
        parsed.options.theme = theme;
    }
    return parsed;
}

}  // namespace lmser
