// The lower bound of a whole problem, from one walk or from sets of columns whose bounds add up.
#pragma once

#include "local/clock.hpp"
#include "local/recoding.hpp"
#include "throng/local/local.hpp"

namespace throng::local {

/// A cost that no recoding of `problem` stays below. Small sets of columns come first, so that something is
/// proved soon; larger ones follow as long as there is time. `start`: a recoding whose costs become the first
/// prices. `on_proved` is told what is proved so far.
Cost prove(const Problem& problem, const LossModel& loss, const LocalOptions& options, const Recoding& start,
           const Clock& clock, const std::function<void(Cost)>& on_proved);

}  // namespace throng::local
