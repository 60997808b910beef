#!/usr/bin/env python3
"""Checks that every relative link of the Markdown files leads to a file and, with #, to a heading of it.

Usage: scripts/check_links.py [--self-test | ROOT]
"""
import pathlib
import re
import sys
import tempfile

LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)")
SKIPPED = {"build", "out", "node_modules", ".git"}


def anchors_of(text):
    """The anchors that headings get: lower case, spaces as hyphens, other signs dropped."""
    heads = re.findall(r"^#+\s+(.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def without_code(text):
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def check_link(file, target):
    """What is wrong with one link; None when nothing is."""
    if re.match(r"[a-z]+:", target):
        return None
    path, _, anchor = target.partition("#")
    found = file if not path else (file.parent / path)
    if not found.exists():
        return f"no file {path}"
    if anchor and found.suffix == ".md" and anchor not in anchors_of(found.read_text(encoding="utf-8")):
        return f"no heading #{anchor} in {path or file.name}"
    return None


def check(root):
    errors = []
    for file in sorted(root.rglob("*.md")):
        if SKIPPED & set(file.relative_to(root).parts):
            continue
        for target in LINK.findall(without_code(file.read_text(encoding="utf-8"))):
            problem = check_link(file, target)
            if problem:
                errors.append(f"{file.relative_to(root)}: [{target}]: {problem}")
    return errors


def self_test():
    with tempfile.TemporaryDirectory() as directory:
        root = pathlib.Path(directory)
        (root / "a.md").write_text("# A head, one\n[b](b.md) [c](c.md) [x](#a-head-one) [y](#none) `[d](d.md)`\n")
        (root / "b.md").write_text("[a](a.md#a-head-one) [web](https://example.org/none)\n")
        found = check(root)
    if len(found) != 2 or "c.md" not in found[0] or "#none" not in found[1]:
        print(f"links: self-test failed: {found}")
        return 1
    print("links: self-test passed")
    return 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent
    errors = check(root)
    print("\n".join(errors) if errors else "links: all lead somewhere")
    return 1 if errors else 0


sys.exit(main())
