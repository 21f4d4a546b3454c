// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/display_probe.h"

#include <dlfcn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <string_view>
#include <thread>
#include <utility>

namespace lmser {
namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

/// Asks libxcb, which Qt's plugin uses too: it knows every kind of DISPLAY and the keys to it. Found when
/// the program runs, so that building it needs no X. The connection, or nothing.
DisplayHold reach_x11(const std::string& display) {
    using Connect = void*(const char*, int*);
    using HasError = int(void*);
    using Disconnect = void(void*);
    void* library = ::dlopen("libxcb.so.1", RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        return {};
    }
    auto* connect = reinterpret_cast<Connect*>(::dlsym(library, "xcb_connect"));
    auto* has_error = reinterpret_cast<HasError*>(::dlsym(library, "xcb_connection_has_error"));
    auto* disconnect = reinterpret_cast<Disconnect*>(::dlsym(library, "xcb_disconnect"));
    if (connect == nullptr || has_error == nullptr || disconnect == nullptr) {
        return {};
    }
    DisplayHold connection(connect(display.c_str(), nullptr), disconnect);
    return has_error(connection.get()) == 0 ? connection : nullptr;
}

/// A server that hangs takes the connection and never answers: it is not waited for long.
DisplayHold reach_x11_soon(const std::string& display) {
    constexpr std::chrono::seconds kPatience{3};
    std::packaged_task<DisplayHold()> asking([display] { return reach_x11(display); });
    auto reached = asking.get_future();
    std::thread(std::move(asking)).detach();
    return reached.wait_for(kPatience) == std::future_status::ready ? reached.get() : nullptr;
}

/// Whether somebody listens at a Unix socket.
bool answers(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof(address.sun_path)) {
        return false;
    }
    std::copy(path.begin(), path.end(), address.sun_path);
    const int number = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    // The address of a socket is passed as that of its common beginning.
    const bool reached =
        number >= 0 &&
        ::connect(number, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    if (number >= 0) {
        ::close(number);
    }
    return reached;
}

bool reaches_wayland(const std::string& name) {
    const std::filesystem::path path(name);
    return answers(path.is_absolute() ? name : variable("XDG_RUNTIME_DIR") + "/" + name);
}

Error no_display(const std::string& reason) {
    return {ErrorCode::no_display, "no display" + reason,
            "Use the command lmser, or xvfb-run lmser-studio."};
}

}  // namespace

Result<DisplayHold> probe_display(const std::string& platform, const std::string& wayland,
                                  const std::string& x11) {
    constexpr std::array<std::string_view, 7> kWithoutDisplay{
        "offscreen", "minimal", "minimalegl", "vnc", "linuxfb", "eglfs", "vkkhrdisplay"};
    const std::string name = platform.substr(0, platform.find_first_of(":;"));
    if (std::find(kWithoutDisplay.begin(), kWithoutDisplay.end(), name) != kWithoutDisplay.end()) {
        return DisplayHold();
    }
    const bool wants_x11 = name == "xcb";
    if (!wants_x11 && !wayland.empty() && reaches_wayland(wayland)) {
        return DisplayHold();
    }
    if (name.rfind("wayland", 0) != 0 && !x11.empty()) {
        if (DisplayHold reached = reach_x11_soon(x11)) {
            return reached;
        }
        return no_display(": nothing answers at DISPLAY '" + x11 + "'");
    }
    if (!wants_x11 && !wayland.empty()) {
        return no_display(": nothing answers at WAYLAND_DISPLAY '" + wayland + "'");
    }
    return no_display("");
}

Result<void> probe_display(DisplayHold& hold) {
    auto probed = probe_display(variable("QT_QPA_PLATFORM"), variable("WAYLAND_DISPLAY"),
                                variable("DISPLAY"));
    if (!probed) {
        return probed.error();
    }
    hold = *std::move(probed);
    return {};
}

}  // namespace lmser
