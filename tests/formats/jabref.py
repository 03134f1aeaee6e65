"""jabref.py OSLER FOLDER: read files of JabRef's importers that have the expected BibTeX beside
them, and compare field by field with Osler's reading of that BibTeX, both as CSL-JSON.

Differences that are meant are listed below with their reasons; any other is printed, and so is one
that is listed and is no more.  Exit 1 then."""
import fnmatch
import json
import pathlib
import re
import subprocess
import sys

# What JabRef's BibTeX has in its own way: not compared.
NOT_COMPARED = {"id": "keys are JabRef's own", "citation-key": "the same", "custom": "the same"}

# (files, fields, reason): what Osler reads otherwise, and means to.
MEANT = [
    ("*", "accessed", "Y2 is the day of access, which BibTeX has no field for"),
    ("*", "container-title-short", "JA, J2 and JO beside T2 are abbreviations, which JabRef drops"),
    ("*", "source", "DB is the database, which JabRef drops"),
    ("*", "issued", "JabRef has no days; the day of DA is kept"),
    ("*", "note", "N1 is kept, also where it repeats a DOI or counts citations"),
    ("*", "PMID", "JabRef has no PMID from the accession number"),
    ("*", "PMCID", "a PMC number in AN, which JabRef drops or has as an issue"),
    ("*", "number", "one page without an end is an article number where it cannot be a page"),
    ("RisImporterTest1.ris", "*", "nine TY in a row without ER: no records but the last, where JabRef makes one of all"),
    ("RisImporterTest3.ris", "ISBN", "978-... is an ISBN, not an ISSN"),
    ("RisImporterTest3.ris", "ISSN", "978-... is an ISBN, not an ISSN"),
    ("RisImporterTest3.ris", "author", "names without a comma stay whole: no one can tell a person from a group"),
    ("RisImporterTest3.ris", "collection-number", "the number 0 of a book is no number in a series"),
    ("RisImporterTest5a.ris", "issue", "M1 with a copyright notice is no issue"),
    ("RisImporterTest5b.ris", "page", "377 to 86 is 377-386"),
    ("RisImporterTest6.ris", "issue", "a PMC number is no issue"),
    ("RisImporterTest6.ris", "author", "the file has no stop behind the initial"),
    ("RisImporterTest7.ris", "author", "A2 is an editor"),
    ("RisImporterTest7.ris", "editor", "A2 is an editor"),
    ("RisImporterTest8_date.ris", "container-title", "T2 has the full title"),
    ("RisImporterTestDate1.1.ris", "container-title", "T2 has the full title"),
    ("RisImporterTestWithEmptyER.ris", "container-title", "T2 has the full title"),
    ("RisImporterTestDOI.ris", "ISSN", "of several the first"),
    ("RisImporterTestDOI.ris", "URL", "of several the first"),
    ("RisImporterTestDOI.ris", "issue", "IS is the issue, not the accession number in AN"),
    ("RisImporterTestDOI.ris", "language", "the same language, as CSL has it"),
    ("RisImporterTestDoiAndJournalTitle.ris", "author", "names without a comma stay whole"),
    ("RisImporterTestDoiAndJournalTitle.ris", "editor", "names without a comma stay whole"),
    ("RisImporterTestDoiAndJournalTitle.ris", "issue", "IS is the issue of the work"),
    ("RisImporterTestScopus.ris", "publisher-place", "AD is the authors' address, not the publisher's"),
]


def is_meant(name, field):
    return next((row for row in MEANT if fnmatch.fnmatch(name, row[0]) and fnmatch.fnmatch(field, row[1])), None)


def read(osler, path, *more):
    said = subprocess.run([osler, "convert", "-q", "--to", "csl-json", *more, str(path)], capture_output=True, check=False)
    return json.loads(said.stdout or b"[]") if said.returncode in (0, 8) else None


def plain(value):
    """Values as they compare: names as texts, dates as parts, white space and dashes as one."""
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if k not in ("circa",)}
    text = re.sub(r"</?span[^>]*>", "", str(value))
    return " ".join(re.sub("[\u2010-\u2015]", "-", text).replace("--", "-").split())


def compare(ours, expected):
    """Yield (field, ours, expected) for what differs."""
    if len(ours) != len(expected):
        yield "records", len(ours), len(expected)
    for mine, wanted in zip(ours, expected):
        for field in sorted(set(mine) | set(wanted)):
            if field in NOT_COMPARED:
                continue
            a, b = plain(mine.get(field, "")), plain(wanted.get(field, ""))
            if a != b:
                yield field, a, b


def main():
    osler, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    used, compared, files, meant, wrong = set(), 0, 0, 0, 0
    for path in sorted(folder.glob("*")):
        beside = path.with_suffix(".bib")
        if path.suffix == ".bib" or not beside.exists():
            continue
        ours, expected = read(osler, path), read(osler, beside, "--from", "bibtex")
        if ours is None or expected is None:
            continue
        files += 1
        compared += sum(len(set(w) - set(NOT_COMPARED)) for w in expected)
        for field, a, b in compare(ours, expected):
            row = is_meant(path.name, field)
            used.add(row)
            meant += row is not None
            if row is None:
                wrong += 1
                print(f"{path.name}: {field}: read {json.dumps(a, ensure_ascii=False)[:300]}, "
                      f"expected {json.dumps(b, ensure_ascii=False)[:300]}")
    for row in MEANT:
        if row not in used:
            wrong += 1
            print(f"{row[0]}: {row[1]}: listed as a difference, and is none")
    print(f"{files} files, {compared} fields, {meant} differences meant, {wrong} not meant")
    return 1 if wrong or not files else 0


if __name__ == "__main__":
    sys.exit(main())
