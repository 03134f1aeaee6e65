#!/usr/bin/env python3
"""bench_ingest.py BUILD [--records N] [--rounds K] [FILE.xml.gz]
bench_ingest.py BUILD --grow 30000,300000,3000000 [--never] [--batch FILES]

Import N invented records (or a file of yours) into a new library, in rounds that alternate with the
reference: gunzip and SAX2 extraction of 25 fields, one thread, the same inflater.  Prints medians.

--grow imports file after file of 30,000 records into one library and prints what a record costs
along the way.  Each batch of files (one command) is generated just before and deleted after."""
import argparse
import os
import subprocess
import sys
import tempfile

from measure import Build, Median, Run, library_bytes, library_remove, load, room_in, table

FILE_RECORDS = 30000


def rounds(build, options, folder):
    path = options.file
    if not path:
        path = f"{folder}/invented.xml.gz"
        build.generate(path, options.records)
    count = build.count(path)
    inflater = build.inflater()
    runs = {"gunzip": [], "reference": [], "import": [], "import again": [], "import, originals never": []}
    bytes_of = {}
    for _ in range(options.rounds):
        runs["gunzip"].append(Run([build.reference, "--gunzip", *inflater, path]))
        runs["reference"].append(Run([build.reference, *inflater, path]))
        for name, extra in (("import", []), ("import, originals never", ["--keep-original", "never"])):
            library = f"{folder}/library.db"
            command = [build.osler, "import", "-q", *extra, path]
            runs[name].append(Run(command, build.library(library), allowed=(0, 8)))
            bytes_of[name] = library_bytes(library)
            if not extra:
                runs["import again"].append(Run(command, build.library(library), allowed=(0, 8)))
            library_remove(library)
    medians = {name: Median(many) for name, many in runs.items()}
    base = medians["reference"]
    print(f"{count} records, {os.path.getsize(path) / 1e6:.0f} MB, {options.rounds} rounds, medians; "
          f"{'ISA-L' if inflater else 'zlib'}; {load()}\n")
    table(["what", "wall s", "cpu s", "records/s", "peak MB", "x reference, wall", "x reference, cpu", "kB a record"],
          [[name, f"{m.wall:.2f}", f"{m.cpu:.2f}", f"{count / m.wall:,.0f}", f"{m.memory:.0f}", f"{m.wall / base.wall:.2f}",
            f"{m.cpu / base.cpu:.2f}", f"{bytes_of[name] / count / 1000:.2f}" if name in bytes_of else ""]
           for name, m in medians.items()])
    print(f"\nimporting again is {medians['import'].wall / medians['import again'].wall:.1f} times as fast as importing")


def grow(build, options, folder):
    steps = sorted(int(step) for step in options.grow.split(","))
    room_in(folder, steps[-1] * (5000 if options.never else 8500))
    library = options.keep or f"{folder}/library.db"
    if os.path.exists(library):
        sys.exit(f"{library} is there already: it would not grow")
    print(f"{'originals never; ' if options.never else ''}{load()}\n")
    columns = ["records", "all, s", "all, µs a record", "the last, µs", "x the first", "cpu, µs", "x the first",
               "x reference, cpu", "library MB", "kB a record", "peak MB"]
    print("| " + " | ".join(columns) + " |\n" + "|---:" * len(columns) + "|")
    done, wall, memory, first, answers = 0, 0.0, 0.0, None, []
    while done < steps[-1]:
        goal = next(step for step in steps if step > done)
        count = min(goal - done, options.batch * FILE_RECORDS)
        run, base = import_batch(build, options, folder, library, range(done + 1, done + count + 1))
        done, wall, memory = done + count, wall + run.wall, max(memory, run.memory)
        first = first or (run.wall / count, run.cpu / count)
        size = library_bytes(library)
        row = [f"{done:,}", f"{wall:.0f}", f"{wall / done * 1e6:.0f}", f"{run.wall / count * 1e6:.0f}",
               f"{run.wall / count / first[0]:.2f}", f"{run.cpu / count * 1e6:.0f}", f"{run.cpu / count / first[1]:.2f}",
               f"{run.cpu / base.cpu:.2f}", f"{size / 1e6:,.0f}", f"{size / done / 1000:.2f}", f"{memory:.0f}"]
        print("| " + " | ".join(row) + " |", flush=True)
        if options.query and done == goal:
            answers.append(f"\n{done:,} records\n\n{ask(build, library, options.query)}")
    print("".join(answers))


def import_batch(build, options, folder, library, numbers):
    """One command for the files of these records, and the reference on the same files."""
    paths = []
    for first in numbers[::FILE_RECORDS]:
        paths.append(f"{folder}/part{first:010}.xml.gz")
        build.generate(paths[-1], min(FILE_RECORDS, numbers[-1] + 1 - first), first, level=1)
    extra = ["--keep-original", "never"] if options.never else []
    base = Run([build.reference, *build.inflater(), *paths])
    run = Run([build.osler, "import", "-q", *extra, *paths], build.library(library))
    for path in paths:
        os.remove(path)
    return run, base


def ask(build, library, clock):
    command = [build.program("tests/bench_query"), "--osler", build.osler, "--rounds", "11", "--clock", clock, library]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", help="the build folder")
    parser.add_argument("file", nargs="?")
    parser.add_argument("--records", type=int, default=FILE_RECORDS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--grow", metavar="N,N,...", help="sizes at which to print, at most the last is reached")
    parser.add_argument("--never", action="store_true", help="with --grow: --keep-original never")
    parser.add_argument("--batch", type=int, default=10, help="with --grow: files of 30,000 records a command")
    parser.add_argument("--query", choices=("wall", "cpu"), help="with --grow: bench_query by that clock at each of the sizes")
    parser.add_argument("--keep", metavar="PATH", help="with --grow: the library, which then stays")
    parser.add_argument("--folder", help="where the scratch files go (default: the system's)")
    options = parser.parse_args()
    build = Build(options.build)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        (grow if options.grow else rounds)(build, options, folder)


if __name__ == "__main__":
    main()
