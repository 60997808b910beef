#!/usr/bin/python3
"""Ranks that take tasks of known cost by an atomic ticket, as an event simulation; used by simulate_scaling.py.

Usage: scripts/ticket_model.py --self-test    against closed forms
"""
import argparse
import heapq
import math

SERVICE = 0.2e-6  # seconds between two tickets of one word
NODE = 20e-6  # seconds per node: no piece of a cut subtree is smaller
LOST_SPEED = 0.5  # of the slow rank


class Word:
    """The shared word: answers one request after the other."""

    def __init__(self, latency, service=SERVICE):
        self.latency, self.service, self.free = latency, service, 0.0

    def ask(self, now):
        """When the answer to a request of `now` is there; requests come in ascending order of `now`."""
        begin = max(now + self.latency / 2, self.free)
        self.free = begin + self.service
        return begin + max(self.service, self.latency / 2)


def pieces_of(rest):
    """What a cut subtree leaves: siblings along its path, down to those of one node."""
    pieces = []
    while rest > 2 * NODE:
        rest /= 2
        pieces.append(rest)
    return pieces + [rest]


def share(batches, speeds, word, until=math.inf, arrival_of=None):
    """Batches (lists of costs) by ticket, in their order, from time 0 on.

    `arrival_of`: the batch that finds the best node, if any; what others do before it ends counts as lost.
    Returns the time when the last rank has been told that nothing is left, and the batches cut by `until` as lists.
    """
    waiting = [(0.0, rank) for rank in range(len(speeds))]
    ticket, end, arrival, cut = 0, 0.0, math.inf if arrival_of is not None else 0.0, []
    while waiting:
        now, rank = heapq.heappop(waiting)
        now = word.ask(now)
        if ticket >= len(batches):
            end = max(end, now)
            continue
        batch, number = batches[ticket], ticket
        ticket += 1
        if number == arrival_of:
            arrival = now + sum(batch) / speeds[rank]
        elif arrival_of is not None and number > arrival_of:
            now = max(now, min(arrival, until))
        for place, cost in enumerate(batch):
            if now + cost / speeds[rank] > until:
                done = max(0.0, until - now) * speeds[rank]
                # Only a subtree that was begun is in pieces.
                cut.append((pieces_of(cost - done) if done > 0 else [cost]) + batch[place + 1:])
                now = max(now, until)
                break
            now += cost / speeds[rank]
        heapq.heappush(waiting, (now, rank))
    return end, cut


def in_batches(costs, size, extra=0.0):
    batches = [costs[i:i + size] for i in range(0, len(costs), size)]
    return [[batch[0] + extra, *batch[1:]] for batch in batches]


def speeds_of(ranks, has_slow):
    return [LOST_SPEED if has_slow and rank == ranks - 1 else 1.0 for rank in range(ranks)]


def check(name, found, wanted):
    if not math.isclose(found, wanted, rel_tol=1e-9):
        raise SystemExit(f"self-test: {name}: {found}, not {wanted}")


def self_test():
    """Equal costs, where the answer is known."""
    cost, latency = 1e-3, 1e-5
    for ranks in (1, 2, 7, 64):
        for count in (1, 64, 100, 1000):
            end, cut = share([[cost]] * count, [1.0] * ranks, Word(latency, 0.0))
            # Each asks once more to learn that nothing is left.
            check("equal costs", end, math.ceil(count / ranks) * (cost + latency) + latency)
            check("nothing is cut", len(cut), 0)
    # Tasks that cost nothing: the word is the limit, one service per batch and per rank that is refused.
    end, _ = share([[0.0]] * 1000, [1.0] * 50, Word(0.0, SERVICE))
    check("no costs", end, 1050 * SERVICE)
    # A rank of half the speed takes one of every three.
    end, _ = share([[cost]] * 300, [1.0, 0.5], Word(0.0, 0.0))
    check("a slow rank", end, 200 * cost)
    # A cut loses no work.
    end, cut = share([[cost, cost]] * 10, [1.0, 1.0], Word(0.0, 0.0), until=3.5 * cost)
    check("work after a cut", sum(map(sum, cut)), (20 - 7) * cost)
    check("end of a cut", end, 3.5 * cost)
    check("pieces", sum(pieces_of(cost)), cost)
    # What others do before the best node is found is lost.
    end, _ = share([[3 * cost], [cost]], [1.0, 1.0], Word(0.0, 0.0), arrival_of=0)
    check("a late incumbent", end, 4 * cost)
    print("self-test: passed")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--self-test", action="store_true", required=True)
    parser.parse_args()
    self_test()


if __name__ == "__main__":
    main()
