"""Measure how reference lists are split, by layout.

    measure_lists.py PRINT_SPLIT LISTS.jsonl

Each line of LISTS has "refs", a list of objects with a "string".  The strings of each list are laid
out in several ways; a reference counts when it comes out exactly as it went in.
"""
import collections
import json
import re
import subprocess
import sys
import textwrap

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def wrap(text, width=80, rest=""):
    return "\n".join(textwrap.wrap(text, width, subsequent_indent=rest, break_long_words=False))


def hyphenate(text, width, rest=""):
    """Lines filled up with parts of words, as a typesetter does."""
    lines, line = [], ""
    for word in text.split(" "):
        room = width - len(line) - 2
        plain = re.fullmatch(r"([a-z]{4,})([.,;:]?)", word)
        if len(line) + 1 + len(word) <= width or not line:
            line += (" " if line.strip() else "") + word
        elif plain and 2 <= room <= len(plain[1]) - 2:
            lines.append(f"{line} {word[:room]}-")
            line = rest + word[room:]
        else:
            lines.append(line)
            line = rest + word
    return "\n".join(lines + [line])


def on_pages(strings):
    lines = "\n".join(wrap(f"{i}. {s}") for i, s in enumerate(strings, 1)).split("\n")
    pages = [lines[i:i + 45] for i in range(0, len(lines), 45)]
    return "References\n" + "\n\n".join(
        "\n".join(page) + f"\n\n{400 + i}\n\nWool et al. A paper on yarn" for i, page in enumerate(pages))


def numbered(form, layout=str):
    return lambda strings: "\n".join(layout(form.format(i) + s) for i, s in enumerate(strings, 1))


LAYOUTS = {
    "numbered": numbered("{}. "),
    "in-brackets": numbered("[{}] "),
    "raised-numbers": lambda strings: "\n".join(
        "".join(RAISED[int(d)] for d in str(i)) + s for i, s in enumerate(strings, 1)),
    "bullets": lambda strings: "\n".join("• " + s for s in strings),
    "blank-lines": "\n\n".join,
    "blank-lines-crlf": "\r\n\r\n".join,
    "blank-lines-wrapped": lambda strings: "\n\n".join(map(wrap, strings)),
    "one-a-line": "\n".join,
    "numbered-wrapped": numbered("{}. ", wrap),
    "bare-numbers-wrapped": numbered("{} ", wrap),
    "numbered-hanging": numbered("({}) ", lambda s: wrap(s, 80, "    ")),
    "numbered-hyphenated": numbered("{}. ", lambda s: hyphenate(s, 70)),
    "numbered-pages": on_pages,
    "hanging": lambda strings: "\n".join(wrap(s, 80, "    ") for s in strings),
    "hanging-hyphenated": lambda strings: "\n".join(hyphenate(s, 70, "   ") for s in strings),
    "wrapped": lambda strings: "\n".join(map(wrap, strings)),
    "wrapped-60": lambda strings: "\n".join(wrap(s, 60) for s in strings),
    "one-line": lambda strings: " ".join(f"[{i}] {s}" for i, s in enumerate(strings, 1)),
}


def main():
    program, path = sys.argv[1:3]
    with open(path, encoding="utf-8") as lines:
        lists = [[" ".join(r["string"].split()) for r in json.loads(line)["refs"]]
                 for line in lines]
    total = sum(map(len, lists))
    for name, layout in LAYOUTS.items():
        right = whole = 0
        for strings in lists:
            done = subprocess.run([program], input=layout(strings).encode(),
                                  stdout=subprocess.PIPE, check=True)
            got = [json.loads(line)["text"] for line in done.stdout.splitlines()]
            right += sum((collections.Counter(got) & collections.Counter(strings)).values())
            whole += got == strings
        print(f"{name} {right / total:.4f} {right}/{total}, {whole} of {len(lists)} lists whole")


main()
