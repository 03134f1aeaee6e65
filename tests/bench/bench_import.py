#!/usr/bin/env python3
"""bench_import.py OSLER [--records N] [--rounds K] [FILE.xml.gz]

Import N invented records (generate_pubmed.py) or a file of yours into a fresh library, K rounds, side by
side with two references in the same run: gunzip alone, and `osler classify` (parse and appraise, no
store).  Prints the median wall time, CPU time, records a second, peak memory, bytes of library a record,
and the ratio to gunzip; then an import of the same file again, where nothing is new."""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent


def measure(arguments, environment=None):
    """Wall seconds, CPU seconds and peak memory in MB of one run."""
    start = time.monotonic()
    with open(os.devnull, "w") as nothing:
        child = subprocess.Popen(arguments, stdout=nothing, stderr=nothing, env=environment)
        _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    if os.waitstatus_to_exitcode(status) not in (0, 8):
        sys.exit(f"{' '.join(arguments)} failed with {os.waitstatus_to_exitcode(status)}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("osler")
    parser.add_argument("file", nargs="?")
    parser.add_argument("--records", type=int, default=30000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.file
        if not path:
            path = f"{folder}/invented.xml.gz"
            with open(path, "wb") as out:
                subprocess.run([sys.executable, HERE / "generate_pubmed.py", str(options.records)], stdout=out, check=True)
            count = options.records
        else:
            count = subprocess.run(f"gzip -dc {path!r} | grep -o '<PubmedArticle[ >]' | wc -l", shell=True,
                                   capture_output=True, text=True, check=True).stdout
            count = int(count)
        rows = {"gunzip": [], "classify": [], "import": [], "import again": []}
        size = 0
        for number in range(options.rounds):
            library = f"{folder}/{number}.db"
            environment = dict(os.environ, OSLER_LIBRARY=library)
            rows["gunzip"].append(measure(["gzip", "-dc", path]))
            rows["classify"].append(measure([options.osler, "classify", "--json", path]))
            rows["import"].append(measure([options.osler, "import", "-q", path], environment))
            size = os.path.getsize(library)
            rows["import again"].append(measure([options.osler, "import", "-q", path], environment))
            os.remove(library)
        base = statistics.median(row[0] for row in rows["gunzip"])
        print(f"{count} records, {options.rounds} rounds, medians; library {size / count:.0f} bytes a record")
        print(f"{'':14}{'wall s':>8}{'cpu s':>8}{'records/s':>11}{'peak MB':>9}{'x gunzip':>10}")
        for name, row in rows.items():
            wall, cpu, memory = (statistics.median(column) for column in zip(*row))
            print(f"{name:14}{wall:8.2f}{cpu:8.2f}{count / wall:11.0f}{memory:9.0f}{wall / base:10.1f}")


if __name__ == "__main__":
    main()
