"""Measure how well references in plain text become fields.

    measure_references.py OSLER REFERENCES.jsonl [--show FIELD]

Each line of REFERENCES has a "string" as a journal prints it and the publisher's own fields.  All
strings go through `osler convert --from text --to csl-json`, parted by empty lines.  A field is
right when it equals the publisher's but for case, punctuation and white space at its ends (names:
family names and initials; first page: as printed).  What the string does not print is not asked
for; a DOI that is not printed must be absent.
"""
import json
import re
import subprocess
import sys
import unicodedata


def bare(text):
    text = unicodedata.normalize("NFC", text or "").casefold()
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text).replace("\u2019", "'").replace("\u2018", "'")
    text = re.sub(r"[\u201c\u201d]", '"', text)
    return re.sub(r"^\W+|\W+$", "", re.sub(r"\s+", " ", text))


def family(name):
    return bare(name.get("literal") or " ".join(
        part for part in (name.get("dropping-particle"), name.get("non-dropping-particle"),
                          name.get("family")) if part))


def initials(given):
    given = re.sub(r"\b(Jr|Sr|II|III|IV|2nd|3rd)\b\.?", "", given or "")
    return "".join(c for c in given if c.isupper())


def printed(text, string):
    return bool(text) and bare(text) in bare(string)


def authors_of(item):
    return [(family(n), initials(n.get("given"))) for n in item.get("author", [])
            if not n.get("literal")]


def expected(reference):
    """The fields that the string prints, by the publisher's tagging."""
    string = reference["string"]
    fields = {}
    if reference.get("authors"):
        names = [(bare(f), initials(g)) for f, g in reference["authors"]]
        if printed(reference["authors"][0][0], string):
            fields["first"] = names[0][0]
        fields["authors"] = names
    for field, key in (("title", "title"), ("journal", "journal"), ("year", "year"),
                       ("volume", "volume"), ("page", "fpage")):
        if printed(reference.get(key), string):
            fields[field] = bare(reference[key])
    if re.fullmatch(r"\d{4}[a-z]", fields.get("year", "")):
        fields["year"] = fields["year"][:4]
    found = re.search(r"\b10\.\d{4,9}/\S+", string)
    fields["doi"] = bare(reference["doi"]) if found and printed(reference.get("doi"), string) \
        else bare(found.group().rstrip(".,;)]")) if found else ""
    return fields


def given(item):
    """The same fields, as they were read."""
    year = ((item.get("issued") or {}).get("date-parts") or [[""]])[0][0]
    names = authors_of(item)
    return {
        "first": names[0][0] if names else "",
        "authors": names,
        "title": bare(item.get("title")),
        "journal": bare(item.get("container-title")),
        "year": str(year),
        "volume": bare(item.get("volume")),
        "page": bare(re.split(r"[-\u2010-\u2015]", item.get("page") or item.get("number") or "")[0]),
        "doi": bare(item.get("DOI")),
    }


def main():
    osler, path = sys.argv[1:3]
    show = sys.argv[4] if len(sys.argv) > 4 else None
    with open(path, encoding="utf-8") as lines:
        references = [json.loads(line) for line in lines]
    strings = [" ".join(r["string"].split()) for r in references]
    done = subprocess.run([osler, "convert", "--quiet", "--from", "text", "--to", "csl-json", "-"],
                          input="\n\n".join(strings).encode(), stdout=subprocess.PIPE, check=True)
    items = json.loads(done.stdout)
    if len(items) != len(references):
        sys.exit(f"{len(references)} references went in, {len(items)} came out")
    right, asked, whole = {}, {}, 0
    for reference, item in zip(references, items):
        want, have = expected(reference), given(item)
        good = True
        for field, value in want.items():
            equal = have[field] == value
            if field == "journal" and not equal:
                equal = re.sub(r"\W+", " ", have[field]) == re.sub(r"\W+", " ", value)
                # the publisher's "source" of a book is its title
                equal = equal or ("title" not in want and have["title"] == value)
            asked[field] = asked.get(field, 0) + 1
            right[field] = right.get(field, 0) + equal
            good = good and equal
            if not equal and show == field:
                print(reference["string"], "\n   want", value, "\n   have", have[field])
        whole += good
    for field in ("title", "first", "authors", "journal", "year", "volume", "page", "doi"):
        print(f"{field} {right[field] / asked[field]:.4f} {right[field]}/{asked[field]}")
    print(f"whole {whole / len(items):.4f} {whole}/{len(items)}")


main()
