// The least and the most a cell of each QI can cost, and whether the cells of a level cost the same.
#pragma once

#include <cstdint>
#include <vector>

#include "throng/proof/certificate.hpp"

namespace throng {

struct CostBounds {
  explicit CostBounds(const ProofTask& task);

  std::vector<std::uint32_t> any;                ///< per QI: at any level
  std::vector<std::uint32_t> raised;             ///< above level 0; the full cost when there is no such level
  std::vector<std::vector<std::uint32_t>> most;  ///< per QI and level
  std::vector<bool> is_uneven;                   ///< some level has values of different costs
};

}  // namespace throng
