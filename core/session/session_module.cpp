// SPDX-License-Identifier: GPL-3.0-or-later
#include <utility>

#include "core/session/module.h"

extern "C" {

__attribute__((visibility("default"))) const char* lmser_module_version() {
    return LMSER_VERSION;
}

__attribute__((visibility("default"))) lmser::Session* lmser_module_make_session(
    lmser::SessionOptions&& options) {
    return lmser::make_session(std::move(options)).release();
}
}
