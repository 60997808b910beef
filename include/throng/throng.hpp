// throng: the verbs of the library in one include. Read a table, state the problem, search, recode, write,
// verify.
#pragma once

#include "throng/core/communicator.hpp"  // IWYU pragma: export
#include "throng/data/table.hpp"         // IWYU pragma: export
#include "throng/lattice/problem.hpp"    // IWYU pragma: export
#include "throng/release/bundle.hpp"     // IWYU pragma: export
#include "throng/release/recode.hpp"     // IWYU pragma: export
#include "throng/release/verify.hpp"     // IWYU pragma: export
#include "throng/search/search.hpp"      // IWYU pragma: export
