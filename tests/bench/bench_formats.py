#!/usr/bin/env python3
"""bench_formats.py BUILD [--records N] [--rounds K]

Convert N invented records from RIS to BibTeX, from NBIB (or PubMed XML, where bibutils reads no
NBIB) to RIS, and from BibTeX to RIS, with Osler and with bibutils in rounds that alternate.  The
source files are written here, by neither of the two, from facts in ASCII; then each value of each
record is looked for in what came out.  Prints medians, ratios, and the values that are missing."""
import argparse
import collections
import gzip
import json
import multiprocessing
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

from measure import Build, Median, Run, load, table

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def ascii_of(text):
    """Letters, digits and harmless signs: what no format has to escape."""
    text = re.sub(r"</?(i|b|u|sub|sup|span)[^<>]*>", "", text or "")
    text = re.sub(r"&(lt|gt|amp);", " ", text)
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^A-Za-z0-9 .,:;()/'+-]", " ", text).split())


def facts_of(record):
    """What a record says, by kind of field: lists of values."""
    people = [n for n in record.get("names", []) if n.get("role") == "author" and n.get("family")]
    issued = next((d for d in record.get("dates", []) if d["kind"] == "issued"), {})
    pages = [p for p in (record.get("page_first"), record.get("page_last")) if p]
    headings = [h["name"] for h in record.get("headings", [])]
    facts = {
        "title": [record.get("title", "").rstrip(".")],
        "author": [f"{n['family']}, {n.get('given') or n.get('initials', '')}" for n in people],
        "journal": [record.get("container_title")],
        "year": [str(issued.get("year", ""))],
        "month": [MONTHS[issued["month"] - 1]] if issued.get("month") else [],
        "volume": [record.get("volume")], "issue": [record.get("issue")], "page": pages,
        "issn": [record.get("issn")], "language": record.get("languages", []),
        "doi": [record.get("doi")], "pmid": [record.get("pmid")],
        "abstract": [s["text"] for s in record.get("abstract", [])],
        "keyword": [k["text"] for k in record.get("keywords", [])], "MeSH heading": headings,
    }
    return {kind: [v for v in (ascii_of(v) for v in values) if v] for kind, values in facts.items()}


def whole(facts, kind):
    """An abstract is one text; other values stand each by itself."""
    return [" ".join(facts[kind])] if kind == "abstract" and facts[kind] else facts[kind]


def ris_of(facts, number):
    tags = {"title": "TI", "author": "AU", "journal": "T2", "volume": "VL", "issue": "IS", "issn": "SN",
            "language": "LA", "doi": "DO", "abstract": "AB", "keyword": "KW", "MeSH heading": "KW"}
    lines = ["TY  - JOUR", f"ID  - k{number}"]
    for kind, tag in tags.items():
        lines += [f"{tag}  - {value}" for value in whole(facts, kind)]
    year, month = "".join(facts["year"]), "".join(facts["month"])
    lines += [f"PY  - {year}"] if year else []
    lines += [f"DA  - {year}/{MONTHS.index(month) + 1:02}//"] if year and month else []
    lines += [f"{tag}  - {page}" for tag, page in zip(("SP", "EP"), facts["page"])]
    lines += [f"AN  - {pmid}" for pmid in facts["pmid"]] + ["DB  - PubMed"]
    return "\r\n".join(lines) + "\r\nER  - \r\n\r\n"


def bib_of(facts, number):
    fields = {"title": facts["title"], "author": [" and ".join(facts["author"])], "journal": facts["journal"],
              "year": facts["year"], "volume": facts["volume"], "number": facts["issue"],
              "pages": ["--".join(facts["page"])], "issn": facts["issn"], "language": facts["language"][:1],
              "doi": facts["doi"], "pmid": facts["pmid"], "abstract": whole(facts, "abstract"),
              "keywords": [", ".join(k.replace(",", " ") for k in facts["keyword"])]}
    lines = [f"  {name} = {{{value[0]}}}" for name, value in fields.items() if value and value[0]]
    lines += [f"  month = {month}" for month in facts["month"]]
    return f"@article{{k{number},\n" + ",\n".join(lines) + "\n}\n\n"


def nbib_of(facts, _number):
    tags = {"pmid": "PMID", "issn": "IS", "volume": "VI", "issue": "IP", "title": "TI", "abstract": "AB",
            "author": "FAU", "language": "LA", "journal": "JT", "MeSH heading": "MH", "keyword": "OT"}
    lines = []
    for kind, tag in tags.items():
        lines += [f"{tag:<4}- {value}" for value in whole(facts, kind)]
    lines += [f"DP  - {' '.join(facts['year'] + [m.title() for m in facts['month']])}"]
    lines += [f"PG  - {'-'.join(facts['page'])}"] if facts["page"] else []
    lines += [f"LID - {doi} [doi]" for doi in facts["doi"]]
    return "\n".join(lines) + "\n\n"


def missing_of(text, facts, cut, skipped):
    """How many values of each kind are not in the record that they belong to."""
    records = [r for r in re.split(cut, text) if r.strip()]
    lost, all_values = collections.Counter(), collections.Counter()
    if len(records) != len(facts):
        sys.exit(f"{len(records)} records came out of {len(facts)}")
    for record, known in zip(records, facts):
        flat = ascii_of(re.sub(r"[{}\\]", "", record).replace("--", "-")).lower()
        for kind, values in known.items():
            if kind in skipped:
                continue
            for value in values:
                all_values[kind] += 1
                lost[kind] += not is_in(kind, value.lower(), record.lower() if kind == "language" else flat)
    return lost, all_values


def is_in(kind, value, flat):
    if kind == "author":
        family, given = value.split(", ", 1) if ", " in value else (value, "")
        return f"{family}, {given[:1]}" in flat
    if kind == "month":
        return value in flat or bool(re.search(rf"[/-]0?{MONTHS.index(value) + 1}\b", flat))
    if kind == "language":
        return bool(re.search(rf"\b(la|lang\w*) *[-=] *\W?{value[:2]}", flat))
    if kind in ("volume", "issue", "page", "year", "pmid"):
        return bool(re.search(rf"(?<![\w.]){re.escape(value)}(?!\w)", flat))
    return value in flat


def pipe(*programs):
    return ["sh", "-c", " | ".join(programs)]


def output_of(command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout.decode(errors="replace")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", help="the build folder")
    parser.add_argument("--records", type=int, default=10000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if not shutil.which("ris2xml"):
        print("SKIPPED: bibutils is not here (Debian: bibutils)")
        sys.exit(77)
    build = Build(options.build)
    with tempfile.TemporaryDirectory() as folder:
        build.generate(f"{folder}/all.xml.gz", options.records)
        # In a process of its own: a child's peak of memory begins with that of who starts it.
        writer = multiprocessing.Process(target=write_sources, args=(build, folder))
        writer.start()
        writer.join()
        if writer.exitcode:
            sys.exit("the source files could not be written")
        compare(build, folder, options)


def facts_in(build, folder):
    lines = output_of([build.osler, "convert", "-q", f"{folder}/all.xml.gz", "--to", "jsonl"]).splitlines()
    return [facts_of(json.loads(line)) for line in lines]


def write_sources(build, folder):
    with gzip.open(f"{folder}/all.xml.gz") as packed, open(f"{folder}/all.xml", "wb") as plain:
        shutil.copyfileobj(packed, plain)
    facts = facts_in(build, folder)
    for name, write in (("ris", ris_of), ("bib", bib_of), ("nbib", nbib_of)):
        with open(f"{folder}/all.{name}", "w", encoding="ascii", newline="") as out:
            out.writelines(write(known, number) for number, known in enumerate(facts))


NBIB = "nbib2xml {}" if shutil.which("nbib2xml") else None
RIS_END = r"\nER  - *\r?\n"
TASKS = [  # name, source, format, bibutils' programs, where records end, kinds that the source has not
    ("RIS to BibTeX", "ris", "bibtex", ["ris2xml {}", "xml2bib"], r"\n(?=@)", ()),
    ("NBIB to RIS", "nbib", "ris", [NBIB, "xml2ris"] if NBIB else None, RIS_END, ()),
    ("PubMed XML to RIS", "xml", "ris", ["med2xml {}", "xml2ris"], RIS_END, ()),
    ("BibTeX to RIS", "bib", "ris", ["bib2xml {}", "xml2ris"], RIS_END, ("MeSH heading",)),
]


def compare(build, folder, options):
    print(f"\n{options.records} records, {options.rounds} rounds, {load()}; "
          "one thread of Osler, two processes of bibutils\n")
    rows, commands = [], []
    for name, source, to, others, _, _ in TASKS:
        path = f"{folder}/all.{source}"
        ours = [build.osler, "convert", "-q", "--threads", "1", path, "--to", to]
        theirs = pipe(*(p.format(path) for p in others)) if others else None
        runs = [(Run(ours), Run(theirs) if theirs else None) for _ in range(options.rounds)]
        mine = Median([run for run, _ in runs])
        row = [name, f"{mine.wall:.2f}", f"{options.records / mine.wall:,.0f}", f"{mine.memory:.0f}"]
        if theirs:
            other = Median([run for _, run in runs])
            row += [f"{other.wall:.2f}", f"{other.memory:.0f}", f"{other.wall / mine.wall:.1f}"]
        else:
            row += ["reads no NBIB", "-", "-"]
        rows.append(row)
        commands.append((ours, theirs))
    table(["conversion", "Osler s", "records/s", "MB", "bibutils s", "MB", "times faster"], rows)
    facts = facts_in(build, folder)
    losses = []
    for (name, _, _, _, cut, skipped), both in zip(TASKS, commands):
        for program, command in zip(("Osler", "bibutils"), both):
            if command:
                losses.append((name, program, *missing_of(output_of(command), facts, cut, skipped)))
    print()
    table(["conversion", "program", "values", "missing", "of these"],
          [[name, program, f"{sum(values.values()):,}", f"{sum(lost.values()):,}",
            ", ".join(f"{kind} {count:,}" for kind, count in lost.most_common() if count) or "-"]
           for name, program, lost, values in losses])


if __name__ == "__main__":
    main()
