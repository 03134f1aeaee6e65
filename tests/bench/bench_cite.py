#!/usr/bin/env python3
"""bench_cite.py BUILD [--counts N,N] [--styles NAME,NAME] [--rounds K] [--node DIR]

Make bibliographies in HTML of N invented works (CSL-JSON, six authors each) by whole commands, in
rounds that alternate: osler cite; citeproc-js by Node, where npm's package `citeproc` is in DIR (a
node_modules folder; default: $NODE_PATH); pandoc --citeproc, where pandoc is installed.  Prints the
medians of wall and CPU seconds and peak memory, and how many times Osler's the others' are."""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from measure import Build, Median, Run, load, table

STYLES = pathlib.Path("/usr/share/citation-style-language")
JAVASCRIPT = """
const fs = require('fs'), CSL = require('citeproc'), [items, style, locales] = process.argv.slice(2);
const list = JSON.parse(fs.readFileSync(items, 'utf8')), byId = {};
for (const item of list) byId[item.id] = item;
const system = {
    retrieveItem: id => byId[id],
    retrieveLocale: name => { try { return fs.readFileSync(`${locales}/locales-${name}.xml`, 'utf8'); }
                              catch (e) { return false; } },
};
const engine = new CSL.Engine(system, fs.readFileSync(style, 'utf8'));
engine.updateItems(list.map(item => item.id));
process.stdout.write(engine.makeBibliography()[1].join(''));
"""


def pandoc_document(path, bibliography):
    path.write_text(f"---\nbibliography: {bibliography}\nnocite: '@*'\n---\n")
    return str(path)


def contestants(options, build, folder, items, style):
    """Name, command, environment of those that are here."""
    file = STYLES / "styles" / f"{style}.csl"
    yield "osler cite", [build.osler, "cite", "--input", items, "--style", style, "-f", "html"], None
    if options.node and (pathlib.Path(options.node) / "citeproc").exists() and shutil.which("node"):
        script = folder / "run.js"
        script.write_text(JAVASCRIPT)
        yield ("citeproc-js", ["node", str(script), items, str(file), str(STYLES / "locales")],
               dict(os.environ, NODE_PATH=options.node))
    if shutil.which("pandoc"):
        document = pandoc_document(folder / "all.md", items)
        yield "pandoc --citeproc", ["pandoc", "--citeproc", "--csl", str(file), "-t", "html", document], None


def measure(options, build, folder, style, count):
    items = str(folder / f"{count}.json")
    if not os.path.exists(items):
        with open(items, "wb") as out:
            subprocess.run([build.program("tests/bench_cite"), "--write", str(count)], stdout=out, check=True)
    competitors = list(contestants(options, build, folder, items, style))
    runs = {name: [] for name, _, _ in competitors}
    for _ in range(options.rounds):
        for name, command, environment in competitors:
            runs[name].append(Run(command, environment))
    medians = {name: Median(all_runs) for name, all_runs in runs.items()}
    ours = medians["osler cite"]
    for name, median in medians.items():
        yield [style, f"{count:,}", name, f"{median.wall:.2f}", f"{median.cpu:.2f}", f"{median.memory:.0f}",
               f"{median.wall / ours.wall:.1f}", f"{median.cpu / ours.cpu:.1f}", f"{median.memory / ours.memory:.1f}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", help="the build folder")
    parser.add_argument("--counts", default="1000,10000")
    parser.add_argument("--styles", default="vancouver,apa")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--node", default=os.environ.get("NODE_PATH"))
    options = parser.parse_args()
    build = Build(options.build)
    if not (STYLES / "styles").exists():
        print("SKIPPED: no styles are installed (Debian: citation-style-language-styles)")
        sys.exit(77)
    for name, found in (("citeproc-js", options.node and shutil.which("node")), ("pandoc", shutil.which("pandoc"))):
        if not found:
            print(f"SKIPPED: {name} is not here")
    with tempfile.TemporaryDirectory() as folder:
        rows = [row for style in options.styles.split(",") for count in options.counts.split(",")
                for row in measure(options, build, pathlib.Path(folder), style, int(count))]
    print(f"Medians of {options.rounds} rounds, {load()}; the last three columns: how many times Osler's.\n")
    table(["style", "works", "program", "wall s", "CPU s", "peak MB", "× wall", "× CPU", "× peak"], rows)


main()
