#!/usr/bin/python3
"""Simulates ranks that take measured tasks by an atomic ticket: python3-matplotlib of Debian for the plot, nothing else.

Usage: scripts/simulate_scaling.py [--plot FILE.svg] COSTS.csv...    files of bench_task_costs
One thread per rank. The model (ticket_model.py) and what it leaves out: docs/cluster.md, "Scaling". The same costs give the same bytes.
"""
import argparse
import collections
import csv
import math
import pathlib

from ticket_model import Word, in_batches, share, speeds_of

RANKS = (2, 4, 16, 64, 256, 1024, 4096, 10000)
LATENCIES = (2e-6, 10e-6)  # seconds from asking for a ticket to having it
BATCH = 4  # tasks per ticket, as in src/core/tickets.cpp for one thread
ROUND = 0.5  # seconds between two meetings of a search on several ranks, as in src/search/parallel_search.cpp


class Costs:
    """What one file of bench_task_costs says, in seconds."""

    def __init__(self, path):
        self.name = pathlib.Path(path).stem
        self.fixed = collections.Counter()
        self.apart, self.num_subtrees, self.found = {}, {}, {}
        self.tasks = collections.defaultdict(list)
        with open(path, newline="", encoding="ascii") as file:
            for row in csv.DictReader(file):
                self.add(row["what"], int(row["workers"]), int(row["first"]), int(row["count"]),
                         1e-6 * float(row["microseconds"]))

    def add(self, what, workers, first, count, seconds):
        if what == "task":
            self.tasks[workers] += [seconds / count] * count
        elif what == "apart":
            self.apart[workers] = max(0.0, seconds)
        elif what == "subtrees":
            self.num_subtrees[workers] = count
        elif what == "found":
            self.found[workers] = first  # the last one counts
        else:
            self.fixed[what, workers] += seconds

    @property
    def is_search(self):
        return bool(self.num_subtrees)

    def workers_for(self, ranks):
        """The recorded frontier for so many ranks: the next larger one, or the largest."""
        return min((w for w in self.num_subtrees if w >= ranks), default=max(self.num_subtrees))

    def extra(self, ranks):
        """Per batch: the next larger number of ranks measured, or the largest."""
        known = sorted(self.apart)
        return self.apart[next((r for r in known if r >= ranks), known[-1])] if known else 0.0

    def work(self):
        """Of one rank alone: the tasks in a row."""
        return sum(self.tasks[0] or self.tasks[min(self.num_subtrees)])

    def own(self, ranks):
        """What every rank does itself."""
        own = sum(seconds for (_, workers), seconds in self.fixed.items() if workers == 0)
        return own + (self.fixed["frontier", self.workers_for(ranks)] if self.is_search and ranks > 1 else 0.0)


def simulate_audit(costs, ranks, latency, has_slow=False, batch=BATCH, split=1):
    tasks = costs.tasks[0]
    if split > 1:
        tasks = [task / split for task in tasks for _ in range(split)]
    batches = in_batches(tasks, batch, costs.extra(ranks))
    return share(batches, speeds_of(ranks, has_slow), Word(latency))[0]


def simulate_search(costs, ranks, latency, has_slow=False):
    workers = costs.workers_for(ranks)
    subtrees, speeds, total = costs.tasks[workers], speeds_of(ranks, has_slow), 0.0
    # Pruned at once, but handed out all the same.
    subtrees = subtrees + [0.0] * (costs.num_subtrees[workers] - len(subtrees))
    found = costs.found.get(workers)
    arrival_of = None if found is None else found // BATCH
    meeting = 2 * math.ceil(math.log2(ranks)) * latency
    while subtrees:
        # Once the time is over all that is left is handed out too, and handed back as it is.
        end, cut = share(in_batches(subtrees, BATCH), speeds, Word(latency), ROUND, arrival_of)
        total += end + meeting
        subtrees = [subtree for batch in cut for subtree in batch if subtree > 0]
        arrival_of = None
    return total


def simulate(costs, ranks, latency, has_slow=False):
    run = simulate_search if costs.is_search else simulate_audit
    return run(costs, ranks, latency, has_slow)


def efficiencies(costs, ranks, latency, has_slow=False):
    """Of the shared work, and of all: against one rank alone, per rank that counts."""
    capacity = sum(speeds_of(ranks, has_slow))
    shared = simulate(costs, ranks, latency, has_slow)
    alone = costs.work() + costs.own(1)
    return costs.work() / (shared * capacity), alone / ((shared + costs.own(ranks)) * capacity)


def percent(value):
    return f"{100 * value:5.1f}"


def report(costs):
    fast, slow = LATENCIES
    print(f"\n{costs.name}: shared work {costs.work():.2f} s, what every rank does itself {costs.own(1):.3f} s")
    print("efficiency in %; work = shared work only, all = with what every rank does itself")
    print("  ranks | work  2 us | work 10 us | work, slow rank |  all  2 us | seconds in all")
    below = {}
    for ranks in RANKS:
        work, whole = efficiencies(costs, ranks, fast)
        late, _ = efficiencies(costs, ranks, slow)
        one_slow, _ = efficiencies(costs, ranks, fast, has_slow=True)
        seconds = (costs.work() + costs.own(1)) / (whole * ranks)
        print(f"{ranks:7d} |      {percent(work)} |      {percent(late)} |           {percent(one_slow)} |"
              f"      {percent(whole)} | {seconds:10.3f}")
        for name, value in (("work", work), ("all", whole)):
            if value < 0.8:
                below.setdefault(name, ranks)
    for name in ("work", "all"):
        print(f"{name} falls under 80 % at {below.get(name, 'none')} of these ranks")
    if not costs.is_search:
        report_sizes(costs)


def report_sizes(costs):
    """Shared work in smaller batches and tasks, as if the parts of a task were equal and their prefixes free."""
    tasks = costs.tasks[0]
    mean, largest = sum(tasks) / len(tasks), max(tasks)
    print(f"tasks: {len(tasks)}, mean {1e3 * mean:.3f} ms, largest {1e3 * largest:.3f} ms")
    print("  ranks | batch 4 | batch 1 | batch 1, tasks / 4 | batch 1, tasks / 16 | batch 4, tasks / 16")
    for ranks in RANKS:
        row = [costs.work() / (ranks * simulate_audit(costs, ranks, LATENCIES[0], batch=batch, split=split))
               for batch, split in ((4, 1), (1, 1), (1, 4), (1, 16), (4, 16))]
        print(f"{ranks:7d} |   {percent(row[0])} |   {percent(row[1])} |              {percent(row[2])} |"
              f"               {percent(row[3])} |               {percent(row[4])}")


def plot(all_costs, path):
    import matplotlib
    matplotlib.use("svg")
    from matplotlib import pyplot
    matplotlib.rcParams.update({"font.size": 9, "svg.hashsalt": "throng", "svg.fonttype": "none"})
    figure, panels = pyplot.subplots(1, 2, figsize=(9, 4), sharey=True)
    for color, costs in zip(("#d62728", "#1f77b4", "#2ca02c", "#9467bd"), all_costs):
        for has_slow, line in ((False, "-"), (True, "--")):
            both = [efficiencies(costs, ranks, LATENCIES[0], has_slow) for ranks in RANKS]
            for axes, values in zip(panels, zip(*both)):
                axes.plot(RANKS, values, color=color, linestyle=line, marker="o", markersize=3, linewidth=1,
                          label=costs.name + (", one slow rank" if has_slow else ""))
    for axes, title in zip(panels, ("shared work", "with what every rank does itself")):
        axes.axhline(0.8, color="#7f7f7f", linewidth=0.5)
        axes.set(xscale="log", ylim=(0, 1.05), xlabel="ranks", title=title)
        axes.grid(True, linewidth=0.3)
    panels[0].set(ylabel="efficiency")
    panels[0].legend(fontsize=7, frameon=False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None, "Creator": None})


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("costs", nargs="+", help="files of bench_task_costs")
    parser.add_argument("--plot", metavar="FILE.svg")
    options = parser.parse_args()
    all_costs = [Costs(path) for path in options.costs]
    for costs in all_costs:
        report(costs)
    if options.plot:
        plot(all_costs, options.plot)


main()
