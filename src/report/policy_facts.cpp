// Gathers the facts of the policy gate from a table and its audit.
#include "throng/report/policy_facts.hpp"

#include <algorithm>

#include "throng/data/hierarchy.hpp"

namespace throng {

namespace {

ColumnFact fact_of(const Column& column) {
  std::vector<Count> counts(column.dictionary.size(), 0);
  for (const Code code : column.codes) ++counts[code];
  ColumnFact fact{column.name, 0, 0};
  for (std::size_t v = 0; v < counts.size(); ++v) {
    if (counts[v] == 0) continue;
    fact.smallest_count = fact.smallest_count == 0 ? counts[v] : std::min(fact.smallest_count, counts[v]);
    if (column.dictionary[v] != kSuppressed) ++fact.num_values;
  }
  return fact;
}

std::string names_of(const std::vector<std::string>& qi, Combination combination) {
  std::string text;
  for (std::size_t j = 0; j < qi.size(); ++j)
    if ((combination >> j & 1) != 0) text += (text.empty() ? "`" : " + `") + qi[j] + "`";
  return text;
}

}  // namespace

PolicyFacts policy_facts(const Table& table, const std::vector<std::string>& qi, const AuditResult& result) {
  PolicyFacts facts;
  facts.rows = table.num_rows;
  facts.classes = result.classes;
  facts.smallest_class = result.smallest_class;
  facts.num_qi = qi.size();
  for (const SizeSummary& size : result.by_size)
    facts.by_size.push_back(
        {size.size, size.max, size.worst.empty() ? "" : names_of(qi, size.worst.front().qi)});
  for (const Column& column : table.columns) facts.columns.push_back(fact_of(column));
  return facts;
}

}  // namespace throng
