"""measure_sizes.py BUILD [--errors]: numbers of participants held against marked abstracts.

Reads $OSLER_SHARED/data/sample_size (brat: NAME.txt and NAME.ann); exits 77 without it.  An abstract
states a total when a span total-participants is marked; right is any of its values.  Errors are
shown of half A alone (names whose hash is even); half B is counted only.  Exits 1 when fewer than
85 % of those that state a total are right or 5 % and more of all answers about them are wrong.
"""
import glob
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

SMALL = {word: n for n, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split())}
TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}


def value_of(text):
    """The number that a marked span says in digits or words; None when it says none or several."""
    digits = re.findall(r"\d+(?:[,\s\u2009\u202f\u00a0\u00b7]\d{3})*", text)
    if digits:
        return int(re.sub(r"\D", "", digits[0])) if len(digits) == 1 else None
    total = part = 0
    found = False
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in SMALL or word in TENS:
            part += SMALL.get(word, 0) + TENS.get(word, 0)
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word == "thousand":
            total, part = total + max(part, 1) * 1000, 0
        else:
            continue
        found = True
    return total + part if found else None


def records(folder):
    for path in sorted(glob.glob(folder + "/*.ann")):
        name = os.path.basename(path)[:-4]
        with open(path, encoding="utf-8") as file:
            spans = [line.rstrip("\n").split("\t") for line in file if line.startswith("T")]
        wanted = {value_of(s[2]) for s in spans if s[1].split()[0] == "total-participants"} - {None}
        with open(path[:-4] + ".txt", encoding="utf-8") as file:
            text = " ".join(file.read().split())
        title, _, abstract = text.partition(". ")
        yield name, title + ".", abstract, wanted


def main():
    folder = os.path.join(os.environ.get("OSLER_SHARED", ""), "data/sample_size")
    if not os.path.isdir(folder):
        print("OSLER_SHARED has no data/sample_size: sizes are not measured")
        sys.exit(77)
    rows = list(records(folder))
    with tempfile.NamedTemporaryFile("w", suffix=".ris", encoding="utf-8") as file:
        for name, title, abstract, _ in rows:
            file.write("TY  - JOUR\nID  - %s\nTI  - %s\nAB  - %s\nER  - \n\n" % (name, title, abstract))
        file.flush()
        printed = subprocess.run([sys.argv[1] + "/osler", "classify", "--json", file.name], stdout=subprocess.PIPE, check=True).stdout
    given = [json.loads(line) for line in printed.decode().splitlines()]
    if len(given) != len(rows):
        sys.exit("%d records of %d were classified" % (len(given), len(rows)))
    counts = {"A": [0, 0, 0, 0], "B": [0, 0, 0, 0]}
    for (name, title, abstract, wanted), answer in zip(rows, given):
        half = "AB"[hashlib.md5(name.encode()).digest()[0] % 2]
        n = answer["n"]
        if not wanted:
            counts[half][3] += n is not None
            continue
        kind = 0 if n in wanted else 1 if n is None else 2
        counts[half][kind] += 1
        if kind and half == "A" and "--errors" in sys.argv:
            print("%s %s: %s, wanted %s\n    %s\n    %s %s" % (name, answer["design"], n, sorted(wanted), answer.get("n_sentence"), title, abstract[:1500]))
    right, none, wrong, unasked = (a + b for a, b in zip(counts["A"], counts["B"]))
    for half, (r, o, w, u) in counts.items():
        print("%s stated %d: right %d, none %d, wrong %d; a number where none is marked %d" % (half, r + o + w, r, o, w, u))
    stated = right + none + wrong
    print("right %.3f, none %.3f, wrong %.3f" % (right / stated, none / stated, wrong / stated))
    if right < 0.85 * stated or wrong >= 0.05 * stated:
        sys.exit("below the bar: right 0.85, wrong under 0.05")


if __name__ == "__main__":
    main()
