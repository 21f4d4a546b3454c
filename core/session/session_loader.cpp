// SPDX-License-Identifier: GPL-3.0-or-later
#include <dlfcn.h>

#include <cstdlib>
#include <exception>
#include <string>
#include <system_error>
#include <utility>

#include "core/base/text.h"
#include "core/session/module.h"

namespace lmser {
namespace {

Error cannot_load(const std::filesystem::path& module, ErrorCode code, const std::string& reason) {
    return {code, "cannot load the engine " + in_quotes(module.string(), 400) + ": " + reason,
            "Build or install Lmser Studio again."};
}

/// What dlopen or dlsym found wrong.
std::string loader_reason() {
    const char* reason = ::dlerror();
    return reason != nullptr ? reason : "unknown reason";
}

template <class Function>
Function* find(void* handle, const char* name) {
    return reinterpret_cast<Function*>(::dlsym(handle, name));
}

}  // namespace

void set_engine_environment() {
    constexpr int kKeepTheUsers = 0;
    for (const auto& [name, value] :
         {std::pair{"OMP_WAIT_POLICY", "passive"}, std::pair{"OMP_NUM_THREADS", "1"},
          std::pair{"OPENBLAS_NUM_THREADS", "1"}}) {
        if (std::getenv(name) == nullptr) {
            ::setenv(name, value, kKeepTheUsers);
        }
    }
}

Result<std::unique_ptr<Session>> load_session(SessionOptions options,
                                              const std::filesystem::path& module) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(module, error)) {
        return cannot_load(module, ErrorCode::not_found, "there is no such file");
    }
    set_engine_environment();
    // Never closed: LibTorch cannot be unloaded.
    void* handle = ::dlopen(module.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == nullptr) {
        return cannot_load(module, ErrorCode::bad_data, loader_reason());
    }
    auto* version = find<ModuleVersion>(handle, kModuleVersion);
    auto* make = find<ModuleFactory>(handle, kModuleFactory);
    if (version == nullptr || make == nullptr) {
        return cannot_load(module, ErrorCode::bad_data, "it is not an engine of Lmser Studio");
    }
    if (std::string(version()) != LMSER_VERSION) {
        return cannot_load(
            module, ErrorCode::bad_data,
            std::string("it is version ") + version() + ", but the program is " + LMSER_VERSION);
    }
    try {
        return std::unique_ptr<Session>(make(std::move(options)));
    } catch (const std::exception& exception) {
        return cannot_load(module, ErrorCode::bug, exception.what());
    }
}

}  // namespace lmser
