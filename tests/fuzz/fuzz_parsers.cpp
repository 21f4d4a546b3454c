// SPDX-License-Identifier: GPL-3.0-or-later
// The entry point of libFuzzer; LMSER_FUZZ_PARSER is the parser under test.
#include "tests/fuzz/parsers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    lmser::fuzz::LMSER_FUZZ_PARSER({data, size});
    return 0;
}
