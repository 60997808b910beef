#!/usr/bin/python3
"""Draws the figures of `throng bench` as SVG: python3-matplotlib of Debian, nothing else.

Usage: scripts/plot_bench.py BENCH_DIRECTORY IMAGE_DIRECTORY, where BENCH_DIRECTORY holds size/, k/ and anytime/ as
scripts/compare.sh makes them. The same figures give the same bytes.
"""
import csv
import pathlib
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as pyplot  # noqa: E402  (the backend must be chosen first)

# One look per strategy in every plot: exact ones in strong colours, heuristics dashed.
LOOKS = {
    "optimal": ("#d62728", "o", "-"),
    "exhaustive": ("#000000", "s", "-"),
    "flash": ("#1f77b4", "^", "-"),
    "incognito": ("#2ca02c", "v", "-"),
    "ola": ("#9467bd", "D", "-"),
    "samarati": ("#8c564b", "P", "--"),
    "datafly": ("#7f7f7f", "x", "--"),
    "top_down": ("#ff7f0e", "+", "--"),
    "redact": ("#bcbd22", "*", ":"),
    "mondrian": ("#17becf", "h", ":"),
}


def cases(directory, name):
    with open(pathlib.Path(directory) / name / "bench.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def draw(axes, rows, x, y, spread=None):
    """One line per strategy; rows without the figure are left out."""
    for strategy, (color, marker, line) in LOOKS.items():
        points = sorted((float(row[x]), float(row[y]), row) for row in rows
                        if row["strategy"] == strategy and row[y] != "")
        if not points:
            continue
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        axes.plot(xs, ys, color=color, marker=marker, linestyle=line, label=strategy, markersize=4, linewidth=1)
        if spread:
            low, high = ([float(point[2][name]) for point in points] for name in spread)
            axes.fill_between(xs, low, high, color=color, alpha=0.2, linewidth=0)
    axes.grid(True, linewidth=0.3)
    axes.legend(fontsize=7, frameon=False)


def save(figure, path):
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    pyplot.close(figure)


def limited(rows, limit):
    return [row for row in rows if float(row["max_suppressed"]) == limit]


def plot_size(source, target):
    figure, panels = pyplot.subplots(1, 2, figsize=(9, 4), sharey=True)
    for axes, limit in zip(panels, (0.05, 1.0)):
        rows = [row for row in limited(cases(source, "size"), limit) if row["status"] != "time limit"]
        draw(axes, rows, "lattice_nodes", "seconds_median", ("seconds_lower_quartile", "seconds_upper_quartile"))
        axes.set(xscale="log", yscale="log", xlabel="nodes of the lattice",
                 title=f"at most {100 * limit:.0f} % suppressed", ylabel="seconds (median, quartiles)")
    save(figure, target / "time-versus-lattice.svg")


def plot_k(source, target):
    for y, label, name in (("loss", "loss", "loss-versus-k.svg"),
                           ("retained", "records retained", "retained-versus-k.svg")):
        figure, panels = pyplot.subplots(1, 2, figsize=(9, 4), sharey=True)
        for axes, limit in zip(panels, (0.05, 1.0)):
            draw(axes, limited(cases(source, "k"), limit), "k", y)
            axes.set(xscale="log", xlabel="k", ylabel=label, title=f"at most {100 * limit:.0f} % suppressed")
        save(figure, target / name)


def plot_anytime(source, target):
    figure, axes = pyplot.subplots(figsize=(5, 4))
    rows = [row for row in cases(source, "anytime") if row["gap"] != ""]
    for num_qi in sorted({int(row["num_qi"]) for row in rows}):
        points = sorted((float(row["time_limit_seconds"]), float(row["gap"])) for row in rows
                        if int(row["num_qi"]) == num_qi)
        axes.plot(*zip(*points), marker="o", markersize=4, linewidth=1, label=f"{num_qi} quasi-identifiers")
    axes.set(xscale="log", ylim=(-0.02, 1.02), xlabel="time limit in seconds", ylabel="proven gap of \"optimal\"")
    axes.grid(True, linewidth=0.3)
    axes.legend(fontsize=7, frameon=False)
    save(figure, target / "gap-versus-time.svg")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    matplotlib.rcParams.update({"font.size": 9, "svg.hashsalt": "throng", "svg.fonttype": "none",
                                "path.simplify": True})
    source, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    for plot in (plot_size, plot_k, plot_anytime):
        plot(source, target)


main()
