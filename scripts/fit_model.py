#!/usr/bin/env python3
"""Fits the statistical model from which `throng generate` draws synthetic case records.

Sequential synthesis with classification trees (Reiter, Using CART to generate partially synthetic public use
microdata, J. Off. Stat. 21, 2005; Nowok, Raab, Dibben, synthpop, J. Stat. Softw. 74(11), 2016): columns are
drawn one after the other, each from a tree over the columns drawn before it. A node asks whether one of these
columns holds one value; its table counts the values of the column among the records that reach it.

What leaves the private side is counts of at least --min-count records: smaller cells are pooled into the `rest`
of their node, which is drawn from the table of the node above; a rest below --min-count takes the smallest
cells with it, or is dropped where there is none. A branch is kept only if at least --min-leaf records take it,
--min-leaf-many for a column of more than two values: there more is pooled, and small leaves would drop too much.

Usage: scripts/fit_model.py SAMPLE.csv OUTPUT_DIRECTORY [options, see --help]; needs numpy
"""
import argparse
import csv
import json
import os
import sys

import numpy as np

# Columns that tell most about the others are drawn first; the others follow in file order.
FIRST = ["CountryOfExploitation", "citizenship", "yearOfRegistration", "isForcedLabour", "isSexualExploit",
         "gender", "ageBroad"]


def read_columns(path):
    """Returns (names, values, codes): sorted values per column, and an int array of codes per column."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    names, columns = rows[0], list(zip(*rows[1:]))
    values = [sorted(set(column)) for column in columns]
    codes = []
    for column, domain in zip(columns, values):
        code_of = {value: code for code, value in enumerate(domain)}
        codes.append(np.array([code_of[cell] for cell in column], dtype=np.int64))
    return names, values, codes


def entropy_sum(counts, axis=-1):
    """sum(total * entropy) in nats: total ln total - sum(c ln c)."""
    counts = counts.astype(float)
    total = counts.sum(axis=axis)
    return _xlogx(total) - _xlogx(counts).sum(axis=axis)


def _xlogx(x):
    return x * np.log(np.where(x > 0, x, 1.0))


def best_split(target, num_values, rows, predictors, options):
    """The test (column, value) with the largest gain of likelihood, or None when none pays."""
    min_leaf = options.min_leaf_many if num_values > 2 else options.min_leaf
    y = target[rows]
    parent = np.bincount(y, minlength=num_values)
    parent_entropy = entropy_sum(parent)
    best = (options.min_gain, None)
    for column, (codes, domain_size) in predictors.items():
        cross = np.bincount(codes[rows] * num_values + y, minlength=domain_size * num_values)
        cross = cross.reshape(domain_size, num_values)
        sizes = cross.sum(axis=1)
        allowed = (sizes >= min_leaf) & (len(rows) - sizes >= min_leaf)
        if not allowed.any():
            continue
        gain = np.where(allowed, parent_entropy - entropy_sum(cross) - entropy_sum(parent - cross), -1.0)
        value = int(gain.argmax())
        if gain[value] > best[0]:
            best = (float(gain[value]), (column, value))
    return best[1]


def releasable(counts, min_count):
    """Cells of at least min_count, largest first, and the rest, which is 0 or at least min_count."""
    order = [int(v) for v in np.argsort(-counts, kind="stable") if counts[v] > 0]
    kept = [v for v in order if counts[v] >= min_count]
    rest = int(sum(counts[v] for v in order[len(kept):]))
    while 0 < rest < min_count and len(kept) > 1:
        rest += int(counts[kept.pop()])
    return [(v, int(counts[v])) for v in kept], (rest if rest >= min_count else 0)


def grow(target, values, rows, predictors, options):
    """The tree below `rows` as nested dictionaries."""
    cells, rest = releasable(np.bincount(target[rows], minlength=len(values)), options.min_count)
    node = {"cells": {values[v]: count for v, count in cells}}
    if rest:
        node["rest"] = rest
    split = best_split(target, len(values), rows, predictors, options)
    if split is None:
        return node
    column, value = split
    is_yes = predictors[column][0][rows] == value
    node["column"], node["value"] = column, value
    node["yes"] = grow(target, values, rows[is_yes], predictors, options)
    node["no"] = grow(target, values, rows[~is_yes], predictors, options)
    return node


def name_tests(node, names, values):
    """Replaces column and value numbers in tests by their texts."""
    if "column" not in node:
        return
    column = node["column"]
    node["column"], node["value"] = names[column], values[column][node["value"]]
    name_tests(node["yes"], names, values)
    name_tests(node["no"], names, values)


def fit(names, values, codes, options):
    order = [names.index(name) for name in FIRST]
    order += [c for c in range(len(names)) if c not in order]
    rows = np.arange(len(codes[0]))
    trees = []
    for position, column in enumerate(order):
        predictors = {c: (codes[c], len(values[c])) for c in order[:position]}
        tree = grow(codes[column], values[column], rows, predictors, options)
        name_tests(tree, names, values)
        trees.append({"name": names[column], "tree": tree})
    return {"format": "throng model 1", "min_count": options.min_count, "columns": names, "draw": trees}


def model_text(model):
    """JSON with one line per drawn column, so that a changed column is one changed line."""
    compact = {"ensure_ascii": False, "separators": (",", ":")}
    head = json.dumps({key: value for key, value in model.items() if key != "draw"}, **compact)
    trees = ",\n".join(json.dumps(tree, **compact) for tree in model["draw"])
    return f'{head[:-1]},\n"draw":[\n{trees}\n]}}\n'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sample")
    parser.add_argument("output")
    parser.add_argument("--min-count", type=int, default=11)
    parser.add_argument("--min-leaf", type=int, default=16)
    parser.add_argument("--min-leaf-many", type=int, default=60)
    parser.add_argument("--min-gain", type=float, default=4.0, help="in nats of log-likelihood")
    options = parser.parse_args()
    sys.setrecursionlimit(10000)
    model = fit(*read_columns(options.sample), options)
    os.makedirs(options.output, exist_ok=True)
    with open(os.path.join(options.output, "model.json"), "w", encoding="utf-8") as file:
        file.write(model_text(model))


if __name__ == "__main__":
    main()
