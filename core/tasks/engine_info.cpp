// SPDX-License-Identifier: GPL-3.0-or-later
#include <dlfcn.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/types.h>
#include <torch/version.h>

#include "core/tasks/frozen_net.h"

namespace lmser {

namespace {

/// A function that is loaded in this process under a name, or null.
template <class Function>
Function* loaded(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
}

/// The file, links resolved, that the matrix product of BLAS comes from; empty where LibTorch contains it.
std::string blas_file() {
    Dl_info found{};
    void* product = dlsym(RTLD_DEFAULT, "sgemm_");
    if (product == nullptr || dladdr(product, &found) == 0 || found.dli_fname == nullptr) {
        return {};
    }
    std::error_code failed;
    const auto file = std::filesystem::canonical(found.dli_fname, failed);
    return failed ? std::string(found.dli_fname) : file.string();
}

/// "OpenBLAS 0.3.21 (serial)"
std::string openblas_description() {
    std::string description = "OpenBLAS";
    if (auto* config = loaded<char*()>("openblas_get_config")) {
        const std::string text = config();  // "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH …"
        description = text.substr(0, text.find(' ', text.find(' ') + 1));
    }
    if (auto* parallel = loaded<int()>("openblas_get_parallel")) {
        constexpr int kSerial = 0;
        constexpr int kPthreads = 1;
        const int kind = parallel();
        description += kind == kSerial     ? " (serial)"
                       : kind == kPthreads ? " (pthread)"
                                           : " (openmp)";
    }
    return description;
}

std::string blas_description() {
    if (at::hasMKL()) {
        return "MKL";
    }
    const std::string file = blas_file();
    if (file.find("openblas") != std::string::npos ||
        (file.empty() && loaded<char*()>("openblas_get_config") != nullptr)) {
        return openblas_description();
    }
    for (const std::string_view name : {"blis", "atlas", "mkl", "armpl"}) {
        if (file.find(name) != std::string::npos) {
            return std::string(name);
        }
    }
    return "reference BLAS (slow: install libopenblas0-openmp)";
}

/// The instruction set that LibTorch chose, from the line "CPU capability usage: AVX2" of its own report.
std::string processor_features() {
    constexpr std::string_view kLabel = "CPU capability usage: ";
    const std::string report = at::show_config();
    const std::size_t label = report.find(kLabel);
    if (label == std::string::npos) {
        return "unknown";
    }
    const std::size_t start = label + kLabel.size();
    return report.substr(start, report.find('\n', start) - start);
}

}  // namespace

EngineInfo engine_info() {
    EngineInfo info{
        .torch_version = TORCH_VERSION,
        .blas = blas_description(),
        .processor_features = processor_features(),
        .threads = at::get_num_threads(),
        .devices = {"cpu"},
    };
    if (at::hasCUDA()) {
        info.devices.emplace_back("cuda");
    }
    return info;
}

void set_engine_threads(int threads) {
    at::set_num_threads(threads);
    // An OpenBLAS with threads of its own does not hear of LibTorch's setting.
    if (auto* set_blas_threads = loaded<void(int)>("openblas_set_num_threads")) {
        set_blas_threads(threads);
    }
}

}  // namespace lmser
