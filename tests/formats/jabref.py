"""jabref.py OSLER FOLDER: read files of JabRef's importers that have the expected BibTeX beside
them, and compare field by field with Osler's reading of that BibTeX, both as CSL-JSON.

Differences that are meant are listed below with their reasons; any other is printed, and so is one
that is listed and is no more.  Exit 1 then."""
import json
import pathlib
import re
import subprocess
import sys

# What JabRef's BibTeX has in its own way: not compared.
NOT_COMPARED = {"id": "keys are JabRef's own", "citation-key": "the same", "custom": "the same"}

# (file, field): reason.
MEANT = {
}


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


def compare(name, ours, expected):
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
    seen, compared, files, wrong = set(), 0, 0, 0
    for path in sorted(folder.glob("*")):
        beside = path.with_suffix(".bib")
        if path.suffix == ".bib" or not beside.exists():
            continue
        ours = read(osler, path)
        expected = read(osler, beside, "--from", "bibtex")
        if ours is None or expected is None:
            continue
        files += 1
        compared += sum(len(set(w) - set(NOT_COMPARED)) for w in expected)
        for field, a, b in compare(path.name, ours, expected):
            seen.add((path.name, field))
            if (path.name, field) not in MEANT:
                wrong += 1
                print(f"{path.name}: {field}: read {json.dumps(a, ensure_ascii=False)[:300]}, "
                      f"expected {json.dumps(b, ensure_ascii=False)[:300]}")
    for key in sorted(set(MEANT) - seen):
        wrong += 1
        print(f"{key[0]}: {key[1]}: listed as a difference, and is none")
    print(f"{files} files, {compared} fields, {len(seen)} differences meant or not, {wrong} not meant")
    return 1 if wrong or not files else 0


if __name__ == "__main__":
    sys.exit(main())
