#!/usr/bin/env python3
"""The goals of a sweep beside their figures; README.md says how each is measured.

    tests/bench/sweep_goals.py [--program build/release/dronewall] [--poland POINTS REPLICATIONS] [--without-poland]

Exit status 1 when a goal is missed. The whole takes some three minutes on two cores that have nothing else to do.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FEW, MANY = 2_000, 10_000  # points between which the slope of memory is taken


def tiny_study(points: int) -> str:
    """Points of the minimal scenario that differ, with one replication each."""
    speeds = ", ".join(f"{40 + level / 10:g} m/s" for level in range(points // 100))
    counts = ", ".join(str(count) for count in range(1, 101))
    return (
        f"study: {points} small points\nscenario: minimal.yaml\n"
        f"choices:\n  attacks.raid.count: [{counts}]\nuncertain:\n  threats.target-drone.speed: [{speeds}]\n"
        "replications: 1\nmeasure: [leakers, rounds.round]\n"
    )


def poland_study(folder: Path, points: int, replications: int) -> str:
    """Drones, fighters and desks over Poland: up to ten values of each, combined."""
    rows = [
        (count, fighters, desks) for count in range(13, 53, 4) for fighters in range(10) for desks in range(1, 11)
    ][:points]
    (folder / "poland.csv").write_text(
        "attacks.northern-axis.count,units.polish-f16.count,command.polish-aoc.desks\n"
        + "".join(f"{count},{fighters},{desks}\n" for count, fighters, desks in rows)
    )
    return (
        "study: Poland\nscenario: poland-2025-09-10.yaml\n"
        "choices:\n  units.polish-f16.count: listed\n  command.polish-aoc.desks: listed\n"
        "uncertain:\n  attacks.northern-axis.count: listed\n"
        f"design: {{list: poland.csv}}\nreplications: {replications}\nmeasure: [kills, cost.defender.full]\n"
    )


class Bench:
    def __init__(self, program: str, folder: Path):
        self.program, self.folder = program, folder
        self.peak_of = folder / "peak"
        subprocess.run(["c++", "-O1", "-o", self.peak_of, ROOT / "tests/bench/peak.cpp"], check=True)
        self.missed = 0

    def line(self, study: str, *more: str) -> list[str]:
        out = str(self.folder / "out")
        return [self.program, "sweep", str(self.folder / study), "--data", str(ROOT / "scenarios"), "--quiet",
                "--output", out, *more]

    def seconds(self, study: str, *more: str) -> float:
        begin = time.monotonic()
        subprocess.run(self.line(study, *more), check=True)
        return time.monotonic() - begin

    def peak_bytes(self, study: str, store: Path, *more: str) -> int:
        ended = subprocess.run([self.peak_of, *self.line(study, "--store", str(store), *more)], check=True,
                               stdout=subprocess.PIPE)
        return 1024 * int(ended.stdout.split()[-1])

    def tell(self, measure: str, figure: float, goal: float, unit: str, note: str = "", counts: bool = True) -> None:
        verdict = "not judged" if not counts else "met" if figure <= goal else "MISSED"
        self.missed += counts and figure > goal
        print(f"| {measure} | {figure:.4g} {unit} | <= {goal:g} {unit} | {verdict} | {note} |", flush=True)

    def poland(self, points: int, replications: int) -> None:
        (self.folder / "poland.yaml").write_text(poland_study(self.folder, points, replications))
        seconds = self.seconds("poland.yaml")
        size = (self.folder / "poland.db").stat().st_size / 1e6
        # At another size its share of the goal is shown, but starting takes its time: nothing is judged.
        goal = 120 * points * replications / 1e6
        self.tell(f"{points:,} points × {replications:,} replications of Poland, store included", seconds, goal, "s",
                  f"store of {size:.1f} MB, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
                  counts=(points, replications) == (1_000, 1_000))

    def resume(self) -> None:
        for points in (FEW, MANY):
            (self.folder / f"tiny{points}.yaml").write_text(tiny_study(points))
        self.seconds(f"tiny{MANY}.yaml")
        times = [self.seconds(f"tiny{MANY}.yaml") for _ in range(5)]
        self.tell(f"the same command on a finished sweep of {MANY:,} points", statistics.median(times), 2, "s",
                  f"the middle of 5; the quickest {min(times):.2f} s")

    def slope(self, what: str, *more: str, anew: bool = False) -> None:
        """The largest of three peaks each: what the allocator keeps differs from run to run."""
        peaks = {FEW: 0, MANY: 0}
        for points in (FEW, MANY):
            store = self.folder / f"slope{points}.db"
            for _ in range(3):
                if anew:
                    store.unlink(missing_ok=True)
                peaks[points] = max(peaks[points], self.peak_bytes(f"tiny{points}.yaml", store, *more))
        self.tell(f"memory of a sweep, {what}: bytes a point", (peaks[MANY] - peaks[FEW]) / (MANY - FEW), 200, "B",
                  f"peaks {peaks[FEW] / 2**20:.1f} and {peaks[MANY] / 2**20:.1f} MiB at {FEW:,} and {MANY:,} points")

    def memory(self) -> None:
        self.slope("run, then the table", anew=True)
        for form in ("table", "csv", "json"):
            self.slope(f"finished, {form}", "--format", form)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build/release/dronewall"))
    parser.add_argument("--poland", nargs=2, type=int, default=(1_000, 1_000), metavar=("POINTS", "REPLICATIONS"),
                        help="at most 1000 points")
    parser.add_argument("--without-poland", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dronewall-bench-") as folder:
        bench = Bench(options.program, Path(folder))
        print("| measure | figure | goal | verdict | how |\n|---|---|---|---|---|", flush=True)
        if not options.without_poland:
            bench.poland(*options.poland)
        bench.resume()
        bench.memory()
    return 1 if bench.missed else 0


if __name__ == "__main__":
    sys.exit(main())
