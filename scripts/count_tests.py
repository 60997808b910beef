#!/usr/bin/env python3
"""Counts single test cases in a JUnit file of ctest; the last line printed reads `N passed, N failed`.

A test that is itself a GoogleTest program (an MPI test: all cases on every rank) counts case by case; a case passes
when it passes on all ranks. Exit code 1 when a case failed or there was none.
"""
import re
import sys
import xml.etree.ElementTree as ElementTree

CASE = re.compile(r"\[ +(OK|FAILED|SKIPPED) +\] ([\w/]+\.[\w/]+)")


def count(testcase):
    """Passed, failed and skipped cases of one ctest test."""
    status = testcase.get("status")
    if status != "run" and status != "fail":
        return 0, 0, 1
    cases = {"OK": set(), "FAILED": set(), "SKIPPED": set()}
    for outcome, name in CASE.findall(testcase.findtext("system-out") or ""):
        cases[outcome].add(name)
    failed = cases["FAILED"]
    skipped = cases["SKIPPED"] - failed
    passed = cases["OK"] - failed - skipped
    if status == "fail" and not failed:  # a crash, a timeout or a sanitizer's report names no case
        return max(0, len(passed) - 1), 1, len(skipped)
    if not cases["OK"] and not failed and not skipped:  # not a GoogleTest program
        return 1, 0, 0
    return len(passed), len(failed), len(skipped)


def main():
    counts = [count(testcase) for testcase in ElementTree.parse(sys.argv[1]).iter("testcase")]
    passed, failed, skipped = (sum(column) for column in zip(*counts)) if counts else (0, 0, 0)
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 0 if failed == 0 and passed > 0 else 1


sys.exit(main())
