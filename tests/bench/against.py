#!/usr/bin/env python3
"""AD20 and Poland by this build and by that of another commit, in turns: what a change costs or saves.

    tests/bench/against.py COMMIT [--pairs 9] [--program build/release/dronewall]

Builds COMMIT's program in build/against/COMMIT (once), runs both on one thread in turns, and prints the median of the
ratios of processor time, this build's over the other's. Below 1: quicker than it was. Each program reads the scenarios of
its own commit; where these differ, the ratio compares the scenarios, too.
"""
import argparse
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = {"tests/bench/ad20.yaml": 80_000, "scenarios/poland-2025-09-10.yaml": 10_000}


def build(commit: str) -> Path:
    """A checkout of the commit with its program in build/release."""
    name = subprocess.check_output(["git", "-C", ROOT, "rev-parse", "--short", commit + "^{commit}"], text=True).strip()
    tree = ROOT / "build/against" / name
    if not tree.exists():
        subprocess.run(["git", "clone", "--quiet", "--shared", ROOT, tree], check=True)
        subprocess.run(["git", "-C", tree, "checkout", "--quiet", name], check=True)
    folder = tree / "build/release"
    options = ["-DCMAKE_BUILD_TYPE=Release", "-DDRONEWALL_TESTS=OFF"]
    subprocess.run(["cmake", "-G", "Ninja", "-S", tree, "-B", folder, *options], check=True, stdout=sys.stderr)
    subprocess.run(["ninja", "-C", folder, "dronewall"], check=True, stdout=sys.stderr)
    return tree


def processor_time(program: Path, scenario: Path, replications: int) -> float:
    line = [program, "run", scenario, "--replications", str(replications), "--threads", "1", "--quiet"]
    before = os.times()
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("commit")
    options.add_argument("--pairs", type=int, default=9)
    options.add_argument("--program", type=Path, default=ROOT / "build/release/dronewall")
    given = options.parse_args()
    other = build(given.commit)
    for case, replications in CASES.items():
        pairs = [
            (
                processor_time(other / "build/release/dronewall", other / case, replications),
                processor_time(given.program, ROOT / case, replications),
            )
            for _ in range(given.pairs)
        ]
        ratios = sorted(now / then for then, now in pairs)
        print(
            f"{case}: {statistics.median(ratios):.3f} of {given.commit}"
            f" (pairs from {ratios[0]:.3f} to {ratios[-1]:.3f}; {replications} replications in"
            f" {min(now for _, now in pairs):.2f} s, then {min(then for then, _ in pairs):.2f} s)"
        )


if __name__ == "__main__":
    main()
