// What search and audit start from: the quasi-identifiers' lattice and the records' distinct tuples.
#pragma once

#include <string>
#include <vector>

#include "throng/core/communicator.hpp"
#include "throng/data/distinct.hpp"
#include "throng/data/table.hpp"
#include "throng/lattice/lattice.hpp"

namespace throng {

/// Axis j of the lattice is QI j of the tuples is column `columns[j]` of the table, all in file order.
struct Problem {
  Lattice lattice;
  DistinctTuples tuples;
  std::vector<std::size_t> columns;

  [[nodiscard]] Count num_records() const { return tuples.num_records(); }
  /// Records per leaf of QI j.
  [[nodiscard]] std::vector<Count> records_of_leaves(std::size_t j) const;
};

/// The order in which searches and proofs decide the QIs: flags first, then by levels, fewest first, then by
/// leaves; among equal ones those first where most records differ from the commonest value. Many records stay
/// together and few children are made while little is decided, and bounds rise early.
std::vector<std::size_t> decision_order(const Problem& problem);

/// Binds every quasi-identifier of `table` to the hierarchy `input` describes and packs the distinct tuples.
/// Appends what a user should know (identical hierarchy rows, ...) to `warnings`.
/// Errors: as make_hierarchy(), leaf_of_code(); usage_error when there is no quasi-identifier.
Problem make_problem(const Table& table, const InputSpec& input, int num_threads,
                     std::vector<std::string>& warnings);

/// *Collective.* The same from the input, read by all ranks together and without a table: the problem of
/// make_problem(read_table()) but for the order of the tuples, and without tuple_of_record.
/// Errors: as read_table() and make_problem(), the same on every rank.
Problem read_problem(const InputSpec& input, int num_threads, Communicator& communicator,
                     std::vector<std::string>& warnings);

}  // namespace throng
