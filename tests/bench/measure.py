"""What the benchmarks share: running a command and measuring it, medians, tables, invented input."""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time


class Run:
    """Wall and CPU seconds and peak memory in MB of one command that has ended."""

    def __init__(self, arguments, environment=None, allowed=(0,)):
        with open(os.devnull, "rb") as empty, open(os.devnull, "wb") as nothing:
            start = time.monotonic()
            child = subprocess.Popen(arguments, stdin=empty, stdout=nothing, stderr=subprocess.PIPE, env=environment)
            said = child.stderr.read().decode(errors="replace")
            _, status, usage = os.wait4(child.pid, 0)
            self.wall = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in allowed:
            sys.exit(f"{' '.join(map(str, arguments))} failed with {child.returncode}\n{said}")
        self.cpu = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / 1024


class Median:
    """The medians of several runs of one thing."""

    def __init__(self, runs):
        self.wall, self.cpu, self.memory = (statistics.median(getattr(run, name) for run in runs)
                                            for name in ("wall", "cpu", "memory"))


class Build:
    """The programs of a build folder."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.osler = self.program("osler")
        self.generator = self.program("tests/generate_pubmed")
        self.reference = self.program("tests/reference_extract")

    def program(self, name):
        path = self.folder / name
        if not path.exists():
            sys.exit(f"{path} is not there: build Osler with its tests, as released (README.md says how)")
        return str(path)

    def inflater(self):
        """The option that has the reference use the inflater that Osler is built with."""
        linked = subprocess.run(["ldd", self.osler], capture_output=True, text=True, check=True).stdout
        return ["--isal"] if "libisal" in linked else []

    def generate(self, path, count, first=1, level=6, seed=1):
        subprocess.run([self.generator, "--seed", str(seed), "--first", str(first), "--count", str(count),
                        "--level", str(level), "-o", str(path)], check=True)

    def count(self, path):
        """The records of a file, as the reference counts them."""
        said = subprocess.run([self.reference, path], capture_output=True, text=True, check=True).stdout
        return int(said.split(",")[1].split()[0])

    def library(self, path):
        return dict(os.environ, OSLER_LIBRARY=str(path))


def library_bytes(path):
    return sum(os.path.getsize(path + end) for end in ("", "-wal") if os.path.exists(path + end))


def library_remove(path):
    for end in ("", "-wal", "-shm"):
        if os.path.exists(path + end):
            os.remove(path + end)


def room_in(folder, needed):
    free = shutil.disk_usage(folder).free
    if free < needed:
        sys.exit(f"{folder} has {free / 1e9:.0f} GB free; this takes about {needed / 1e9:.0f} GB")


def load():
    """What else the machine does: said beside each table."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def table(columns, rows):
    """A Markdown table; columns after the first are numbers."""
    print("| " + " | ".join(columns) + " |")
    print("|---|" + "---:|" * (len(columns) - 1))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)
