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
};

/// The QIs with small domains first; among those of equal domains the ones where most records differ from
/// the commonest value: they make groups small, so bounds rise early.
std::vector<std::size_t> varied_domains_first(const Problem& problem);

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
