// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lmser {

/// Takes the places of standard input, output and error where a caller has closed them. The next file
/// opened would else be given such a place, and what is printed would be written into it. Using them stays
/// an error.
void keep_standard_streams();

}  // namespace lmser
