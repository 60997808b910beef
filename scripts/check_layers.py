#!/usr/bin/env python3
"""Checks who includes whom: layers point one way, and MPI, HDF5 and thread libraries stay behind one file each.

Usage: scripts/check_layers.py [--self-test | ROOT]
"""
import pathlib
import re
import sys
import tempfile

# A layer may include itself and the layers named here, and what those may include.
BELOW = {
    "core": [],
    "data": ["core"],
    "generate": ["data"],
    "lattice": ["data"],
    "privacy": ["lattice"],
    "loss": ["lattice"],
    "search": ["privacy", "loss"],
    "audit": ["privacy", "loss"],
    "utility": ["lattice"],
    "policy": ["core"],
    "local": ["privacy", "loss"],
    "proof": ["privacy", "loss"],
    "release": ["search", "audit", "local", "proof"],
    "report": ["release", "utility", "policy"],
    "app": ["report", "generate"],
}
# External header -> the files of src/ that may include it; include/throng may include none of them.
EXTERNAL = {
    r"mpi\.h": r"core/mpi_communicator\.cpp",
    r"hdf5(_hl)?\.h|H5\w*\.h": r"(data|release|audit)/hdf5\w*\.(cpp|hpp)",
    r"tbb/.*|oneapi/.*|omp\.h": r"core/parallel\w*\.cpp",
}
MAX_LINES = 250
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def reachable(layer):
    """The layer and every layer it may include."""
    found = {layer}
    for lower in BELOW[layer]:
        found |= reachable(lower)
    return found


def layer_of(path):
    """The layer of a path below src/ or include/throng/; None for a file that stands above the layers."""
    return path.parts[0] if len(path.parts) > 1 else None


def included_file(root, base, target):
    """The project file an include names, relative to its tree; None for headers from outside."""
    if target.startswith("throng/"):
        return pathlib.PurePosixPath(target.removeprefix("throng/"))
    if (base / target).is_file():
        tree = next(t for t in (root / "src", root / "include/throng") if base.is_relative_to(t))
        resolved = (base / target).resolve()
        return pathlib.PurePosixPath(resolved.relative_to(tree.resolve())) if resolved.is_relative_to(
            tree.resolve()) else None
    return pathlib.PurePosixPath(target) if (root / "src" / target).is_file() else None


def check_include(root, tree, path, target):
    """What is wrong with one include; None when nothing is."""
    for header, allowed in EXTERNAL.items():
        if re.fullmatch(header, target):
            is_private = tree == "src" and re.fullmatch(allowed, path.as_posix())
            return None if is_private else f"<{target}> belongs behind src/{allowed} only"
    layer = layer_of(path)
    included = included_file(root, (root / tree / path).parent, target)
    if layer is None or included is None:
        return None
    if layer not in BELOW:
        return f"`{layer}` is no layer; scripts/check_layers.py names them"
    if layer_of(included) is None:
        return f"{target} stands above the layers" if layer != "app" else None
    if layer_of(included) in reachable(layer):
        return None
    return f"{layer} must not include {layer_of(included)} ({target})"


def check(root):
    """Errors and warnings of the project below root."""
    errors, warnings = [], []
    for tree in ("include/throng", "src"):
        for file in sorted((root / tree).rglob("*.[ch]pp")):
            path = pathlib.PurePosixPath(file.relative_to(root / tree))
            lines = file.read_text(encoding="utf-8").splitlines()
            if len(lines) > MAX_LINES:
                warnings.append(f"{tree}/{path}: {len(lines)} lines, more than {MAX_LINES}")
            for number, line in enumerate(lines, 1):
                match = INCLUDE.match(line)
                problem = match and check_include(root, tree, path, match[2])
                if problem:
                    errors.append(f"{tree}/{path}:{number}: {problem}")
    return errors, warnings


def self_test():
    """Each seeded violation is found, and what is allowed is not."""
    bad = {
        "include/throng/core/types.hpp": '#include "throng/data/table.hpp"',
        "include/throng/search/search.hpp": '#include "throng/audit/audit.hpp"',
        "include/throng/audit/audit.hpp": "#include <mpi.h>",
        "include/throng/privacy/model.hpp": '#include "throng/loss/metric.hpp"',
        "src/data/csv.cpp": "#include <hdf5.h>",
        "src/lattice/groups.cpp": '#include "../search/walk.hpp"',
        "src/loss/metric.cpp": '#include "throng/throng.hpp"',
        "src/util/misc.cpp": '#include "throng/core/types.hpp"',
    }
    good = {
        "include/throng/throng.hpp": '#include "throng/search/search.hpp"',
        "include/throng/data/table.hpp": '#include "throng/core/types.hpp"',
        "src/core/mpi_communicator.cpp": "#include <mpi.h>",
        "src/data/hdf5.cpp": "#include <hdf5.h>",
        "src/search/walk.hpp": '#include "throng/loss/metric.hpp"',
        "src/app/main.cpp": '#include "throng/throng.hpp"',
    }
    with tempfile.TemporaryDirectory() as directory:
        root = pathlib.Path(directory)
        for name, text in {**bad, **good}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text + "\n", encoding="utf-8")
        found = {error.split(":")[0] for error in check(root)[0]}
    if found != set(bad):
        print(f"layers: self-test failed: not found {set(bad) - found}, wrongly found {found - set(bad)}")
        return 1
    print("layers: self-test passed")
    return 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent
    errors, warnings = check(root)
    for warning in warnings:
        print(f"warning: {warning}")
    for error in errors:
        print(error)
    print("layers: no violation" if not errors else f"layers: {len(errors)} violations")
    return 1 if errors else 0


sys.exit(main())
