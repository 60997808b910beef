#!/usr/bin/env python3
"""Compares generated records with the sample their model was fitted on, and fails when they differ too much.

Usage: scripts/check_model.py GENERATED.csv SAMPLE.csv [--k 11]
Prints, and checks: the largest difference of a single-column frequency (at most 1 percentage point), the largest
total variation distance of a pair of the seven quasi-identifiers (at most 0.08), the records at risk on the seven
(30 to 41 %), and the number of distinct records (within 25 %).
"""
import argparse
import csv
import itertools
import sys
from collections import Counter

QIS = ["yearOfRegistration", "gender", "ageBroad", "citizenship", "CountryOfExploitation", "isForcedLabour",
       "isSexualExploit"]


def read_rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    return header, rows


def distance(left, right):
    """Total variation distance of two lists of hashable cells."""
    p, q = Counter(left), Counter(right)
    return sum(abs(p[v] / len(left) - q[v] / len(right)) for v in p | q) / 2


def largest_frequency_difference(left, right):
    p, q = Counter(left), Counter(right)
    return max(abs(p[v] / len(left) - q[v] / len(right)) for v in p | q)


def at_risk_share(rows, columns, k):
    classes = Counter(tuple(row[c] for c in columns) for row in rows)
    return sum(size for size in classes.values() if size < k) / len(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("generated")
    parser.add_argument("sample")
    parser.add_argument("--k", type=int, default=11)
    options = parser.parse_args()
    header, generated = read_rows(options.generated)
    sample_header, sample = read_rows(options.sample)
    if header != sample_header or len(generated) != len(sample):
        sys.exit(f"{options.generated} and {options.sample} have other columns or another number of records")

    columns = list(zip(*generated)), list(zip(*sample))
    single = max((largest_frequency_difference(a, b), name) for a, b, name in zip(*columns, header))
    qis = [header.index(name) for name in QIS]
    pair = max((distance(list(zip(columns[0][a], columns[0][b])), list(zip(columns[1][a], columns[1][b]))),
                f"{header[a]} x {header[b]}") for a, b in itertools.combinations(qis, 2))
    risk = at_risk_share(generated, qis, options.k), at_risk_share(sample, qis, options.k)
    distinct = len(set(map(tuple, generated))), len(set(map(tuple, sample)))
    checks = [
        (single[0] <= 0.01, f"largest single-column difference {100 * single[0]:.2f} points ({single[1]}); at most 1"),
        (pair[0] <= 0.08, f"largest pair distance {pair[0]:.4f} ({pair[1]}); at most 0.08"),
        (0.30 <= risk[0] <= 0.41, f"at risk {100 * risk[0]:.1f} % (sample {100 * risk[1]:.1f} %); 30 to 41"),
        (abs(distinct[0] - distinct[1]) <= 0.25 * distinct[1],
         f"distinct records {distinct[0]} (sample {distinct[1]}); within 25 %"),
    ]
    for is_met, text in checks:
        print("ok  " if is_met else "FAIL", text)
    return 0 if all(is_met for is_met, _ in checks) else 1


if __name__ == "__main__":
    sys.exit(main())
