"""measure_labels.py BUILD [--errors FIELD] [--half A|B]: labels held against publishers' own fields.

Reads $OSLER_SHARED/data/refs; exits 77 without it.  Fields are compared after trimming punctuation
and folding case.  Errors are shown of half A alone (sources whose hash is even); half B is counted
only.  Exits 1 when a share is below its floor.
"""
import hashlib
import json
import os
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as etree

FLOORS = {"title": 0.955, "surname": 0.985, "authors": 0.97, "journal": 0.96, "year": 0.99, "volume": 0.98,
          "page": 0.98, "doi": 0.98, "anystyle": 0.91}
ANYSTYLE = {"journal": "container", "container-title": "container", "collection-title": "container", "location": "place",
            "citation-number": "number", "note": "other", "translator": "editor", "director": "author", "producer": "author",
            "source": "other", "medium": "other", "issue": "volume"}


def labels_of(build, references):
    """For each reference its tokens: (label, start byte, text)."""
    text = "\n".join(" ".join(r.split()) for r in references) + "\n"
    printed = subprocess.run([build + "/tests/print_labels"], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout
    out = []
    for block in printed.decode(errors="replace").split("\n\n")[:len(references)]:
        rows = [line.split("\t", 3) for line in block.strip("\n").split("\n") if line]
        out.append([(row[0], int(row[2]), row[3]) for row in rows])
    return out


def field(reference, tokens, label):
    """The first run of tokens with the label, as printed."""
    data = " ".join(reference.split()).encode()
    start = end = None
    for name, at, text in tokens:
        if name == label:
            start = at if start is None else start
            end = at + len(text.encode())
        elif start is not None and re.search(r"\w", data[start:end].decode(errors="replace")):
            break
        else:
            start = None
    return data[start:end].decode(errors="replace") if start is not None else ""


def fold(text):
    text = unicodedata.normalize("NFKC", text or "").casefold()
    text = re.sub("[‐‑–—]", "-", text).replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return re.sub(r"^[\W_]+|[\W_]+$", "", " ".join(text.split()))


def words(text):
    return re.findall(r"\w+", fold(text))


def authors_agree(text, authors):
    """Nothing but the authors' names stands in the text, and all of them do."""
    left = words(re.sub(r"\bet al\b|\band\b|&", " ", text))
    for family, given in authors:
        for word in words(family):
            if word not in left:
                return False
            left.remove(word)
        for word in words(given):
            if word in left:
                left.remove(word)
    initials = "".join(word[0] for _, given in authors for word in words(given))
    return all(len(word) <= 3 or word in initials for word in left)


def compare(row, tokens):
    """Field: (right, given, wanted), for the fields that the row has."""
    text, out = row["string"], {}

    def put(name, given, wanted):
        out[name] = (given == wanted, given, wanted)

    def printed(value):
        return value and fold(value) in fold(text)

    for name, label, key in (("title", "title", "title"), ("journal", "container", "journal"), ("volume", "volume", "volume")):
        if printed(row.get(key)):
            if row["ptype"] == "book" and key == "journal" and not row.get("title"):
                continue
            put(name, fold(field(text, tokens, label)), fold(row[key]))
    if row.get("year") and row["year"] in text:
        found = re.search(r"\d{4}", field(text, tokens, "date"))
        put("year", found[0] if found else "", row["year"][:4])
    if printed(row.get("fpage")):
        found = words(field(text, tokens, "pages"))
        skip = [word for word in found if word not in ("p", "pp", "pages")]
        put("page", skip[0] if skip else "", fold(row["fpage"]))
    if row.get("authors"):
        given = field(text, tokens, "author")
        first = words(row["authors"][0][0])
        out["surname"] = (given and words(given)[:len(first)] == first or words(given)[-len(first):] == first or
                          set(first) <= set(words(given)[:6]), given, first)
        out["authors"] = (authors_agree(given, row["authors"]), given, row["authors"])
    found = re.search(r"10\.\d{4,9}/[^\s\"]+", field(text, tokens, "doi"))
    wanted = re.search(r"10\.\d{4,9}/\S+", text)
    if wanted or found:
        put("doi", fold(found[0]) if found else "", fold(wanted[0]) if wanted else "")
    return out


def half_of(row):
    return "AB"[hashlib.md5(row["src"].encode()).digest()[0] % 2]


def measure_fields(build, path, show):
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    counts, whole = {}, {"A": [0, 0], "B": [0, 0]}
    for row, tokens in zip(rows, labels_of(build, [row["string"] for row in rows])):
        half, result = half_of(row), compare(row, tokens)
        for name, (right, given, wanted) in result.items():
            count = counts.setdefault((half, name), [0, 0])
            count[0] += bool(right)
            count[1] += 1
            if name == show and half == "A" and not right:
                print("%s\n    given  %r\n    wanted %r\n    %s" % (row["src"], given, wanted, " ".join("%s/%s" % (t, n[:3]) for n, _, t in tokens)))
        whole[half][0] += all(right for right, _, _ in result.values())
        whole[half][1] += 1
    shares = {}
    for (half, name), (right, count) in sorted(counts.items()):
        print("%s %-8s %.4f  %d of %d" % (half, name, right / count, right, count))
        shares[name] = right / count
    for half, (right, count) in whole.items():
        print("%s whole    %.4f  %d of %d" % (half, right / count, right, count))
    return shares


def measure_anystyle(build, path, show):
    sequences = [[(ANYSTYLE.get(part.tag, part.tag), part.text or "") for part in sequence]
                 for sequence in etree.parse(path).getroot()]
    texts = [" ".join(" ".join(text.split()) for _, text in sequence) for sequence in sequences]
    right, count, confusion, perfect = [0, 0], [0, 0], {}, [0, 0]
    for number, (sequence, text, tokens) in enumerate(zip(sequences, texts, labels_of(build, texts))):
        at, half, all_right = 0, number % 2, True
        for wanted, part in sequence:
            for word in part.split():
                end = at + len(word.encode())
                inside = [n for n, start, t in tokens if start < end and start + len(t.encode()) > at and re.search(r"\w", t)] or \
                         [n for n, start, t in tokens if start < end and start + len(t.encode()) > at]
                given = ANYSTYLE.get(inside[0], inside[0]) if inside else "none"
                right[half] += given == wanted
                count[half] += 1
                all_right = all_right and given == wanted
                if given != wanted:
                    confusion[wanted, given] = confusion.get((wanted, given), 0) + 1
                at = end + 1
        perfect[half] += all_right
        if show == "anystyle" and half == 0 and not all_right:
            print(" | ".join("%s: %s" % pair for pair in sequence) + "\n    " + " ".join("%s/%s" % (t, n[:3]) for n, _, t in tokens))
    for half in (0, 1):
        print("%s anystyle %.4f  %d of %d tokens; %d of %d references" % ("AB"[half], right[half] / count[half], right[half], count[half], perfect[half], len(sequences) // 2))
    print("  most confused: " + ", ".join("%s as %s %d" % (w, g, n) for (w, g), n in sorted(confusion.items(), key=lambda p: -p[1])[:16]))
    return right[1] / count[1]


def measure_acs(build, path):
    with open(path, encoding="utf-8") as file:
        texts = [row["ref_string"] for row in json.load(file)["dataset"] if row["ref_string"]]
    count = sum(1 for tokens in labels_of(build, texts) if any(n == "title" for n, _, _ in tokens))
    print("  acs without titles: a title seen in %d of %d" % (count, len(texts)))


def main():
    shared = os.environ.get("OSLER_SHARED")
    folder = os.path.join(shared or "", "data/refs")
    if not shared or not os.path.isdir(folder):
        print("OSLER_SHARED has no data/refs: labels are not measured")
        sys.exit(77)
    show = sys.argv[sys.argv.index("--errors") + 1] if "--errors" in sys.argv else None
    shares = measure_fields(sys.argv[1], folder + "/journal_references.jsonl", show)
    shares["anystyle"] = measure_anystyle(sys.argv[1], folder + "/anystyle_core.xml", show)
    measure_acs(sys.argv[1], folder + "/crossref_artificial_acs.json")
    low = [name for name, floor in FLOORS.items() if shares[name] < floor]
    if low:
        sys.exit("below the floor: " + ", ".join(low))


if __name__ == "__main__":
    main()
