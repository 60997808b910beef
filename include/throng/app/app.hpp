// The command line as a function: arguments in, exit code out.
#pragma once

#include <string>
#include <vector>

#include "throng/core/communicator.hpp"
#include "throng/core/error.hpp"

namespace throng {

/// *Collective.* Runs the verb that `arguments` (without the program's name) name. Only rank 0 prints; every
/// rank returns the same code.
ExitCode run_app(const std::vector<std::string>& arguments, Communicator& communicator);

}  // namespace throng
