#!/usr/bin/env python3
"""bench_convert.py BUILD [--records N] [--rounds K] [FILE.xml.gz]

Convert N invented records (or a file of yours) to JSON Lines with all their fields, in rounds that
alternate with the reference (gunzip and SAX2, one thread) and with those of these programs that are
here: EDirect's xtract at 16 fields, bibutils' med2xml (on a tenth of the records), Python's
pubmed_parser and Biopython.  The others read plain XML where they read no gzip.  Prints medians."""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

from measure import Build, Median, Run, load, table

XTRACT = """-mixed -pattern PubmedArticle -element MedlineCitation/PMID MedlineCitation@Status ArticleTitle
 Journal/Title ISOAbbreviation Volume Issue MedlinePgn PubDate/Year Language PublicationType
 -block Author -sep | -element LastName,Initials -block Abstract -element AbstractText
 -block MeshHeading -element DescriptorName -block Keyword -element Keyword
 -block PubmedData/ArticleIdList/ArticleId -if @IdType -equals doi -element ArticleId""".split()

PUBMED_PARSER = "import sys, pubmed_parser as p; print(sum(1 for _ in p.parse_medline_xml(sys.argv[1])))"
BIOPYTHON = "import sys; from Bio import Entrez; print(len(Entrez.read(open(sys.argv[1], 'rb'))['PubmedArticle']))"


def python_has(module):
    return subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True).returncode == 0


def first_records(path, count, to):
    """The first `count` records of a plain file, as a file of their own.  It names a DTD that Biopython
    has with it: for a newer one it would ask the network."""
    with open(path, "rb") as source, open(to, "wb") as out:
        for line in source:
            out.write(line.replace(b"pubmed_250101.dtd", b"pubmed_190101.dtd"))
            count -= b"</PubmedArticle>" in line
            if count <= 0:
                break
        out.write(b"</PubmedArticleSet>\n")


def contestants(build, packed, plain, small):
    """Name, command, share of the records it gets; what is not here is said and left out."""
    yield "reference (25 fields, to memory)", [build.reference, *build.inflater(), packed], 1
    yield "osler convert, .xml.gz", [build.osler, "convert", "-q", packed, "--to", "jsonl"], 1
    yield "osler convert, .xml", [build.osler, "convert", "-q", plain, "--to", "jsonl"], 1
    if shutil.which("xtract"):
        yield "EDirect xtract, 16 fields, .xml", ["xtract", "-input", plain, *XTRACT], 1
    else:
        print("SKIPPED: xtract is not here (Debian: ncbi-entrez-direct)")
    if shutil.which("med2xml"):
        yield "bibutils med2xml, .xml", ["med2xml", small], 0.1
    else:
        print("SKIPPED: med2xml is not here (Debian: bibutils)")
    if python_has("pubmed_parser"):
        yield "pubmed_parser, .xml.gz", [sys.executable, "-c", PUBMED_PARSER, packed], 1
    else:
        print("SKIPPED: pubmed_parser is not here (pip install pubmed_parser)")
    if python_has("Bio"):
        yield "Biopython Entrez.read, .xml", [sys.executable, "-c", BIOPYTHON, small], 0.1
    else:
        print("SKIPPED: Biopython is not here (pip install biopython)")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", help="the build folder")
    parser.add_argument("file", nargs="?")
    parser.add_argument("--records", type=int, default=30000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    build = Build(options.build)
    with tempfile.TemporaryDirectory() as folder:
        packed, plain, small = options.file, f"{folder}/all.xml", f"{folder}/tenth.xml"
        if not packed:
            packed = f"{folder}/all.xml.gz"
            build.generate(packed, options.records)
        count = build.count(packed)
        with open(plain, "wb") as out:
            subprocess.run(["gzip", "-dc", packed], stdout=out, check=True)
        first_records(plain, max(1, count // 10), small)
        commands = list(contestants(build, packed, plain, small))
        runs = {name: [] for name, _, _ in commands}
        for _ in range(options.rounds):
            for name, command, _ in commands:
                runs[name].append(Run(command))
        print(f"\n{count} records, {os.path.getsize(plain) / 1e6:.0f} MB of XML, {options.rounds} rounds, medians; {load()}\n")
        medians = {name: Median(runs[name]) for name in runs}
        share = {name: count * part for name, _, part in commands}
        speed = {name: share[name] / medians[name].wall for name in runs}
        xtract = speed.get("EDirect xtract, 16 fields, .xml")
        table(["what", "wall s", "cpu s", "records/s", "peak MB", "x xtract's speed"],
              [[name, f"{m.wall:.2f}", f"{m.cpu:.2f}", f"{speed[name]:,.0f}", f"{m.memory:.0f}",
                f"{speed[name] / xtract:.2f}" if xtract else ""] for name, m in medians.items()])


if __name__ == "__main__":
    main()
