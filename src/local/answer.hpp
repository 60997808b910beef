// What rank 0 found, in the numbering of the problem, as bytes for the other ranks and as the public answer.
#pragma once

#include <string>
#include <string_view>

#include "local/recoding.hpp"
#include "throng/local/plan.hpp"

namespace throng::local {

struct LocalAnswer {
  LocalRecoding recoding;
  Cost bound = 0;
  std::uint64_t rounds = 0;
  PlanDrift drift;
};

/// Classes in the order of their values, shares by class.
void fill_answer(const Recoding& recoding, const Problem& problem, LocalAnswer& answer);

std::string pack(const LocalAnswer& answer);
LocalAnswer unpack(std::string_view bytes);

/// Losses, levels and bound of the answer; no recoding when it suppresses more than the options allow.
LocalResult make_result(const LocalAnswer& answer, const Problem& problem, const LossModel& loss,
                        const LocalOptions& options);

}  // namespace throng::local
