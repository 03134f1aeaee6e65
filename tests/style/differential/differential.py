#!/usr/bin/env python3
"""Compare `osler cite` with citeproc-js over all installed styles: every entry of the bibliography
and every citation of the works of make_items.py.

    npm install citeproc            (in any folder; its license does not let us ship it)
    python3 tests/style/differential/differential.py BUILD --citeproc FOLDER/node_modules/citeproc

Prints the agreement in all, by style (the worst first) and by work, and with --show N the first N
differences.  Exits 77 when node, citeproc-js or the styles are not there.
"""
import argparse
import collections
import concurrent.futures
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SHARE = "/usr/share/citation-style-language"


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--citeproc", help="the folder of the npm package citeproc")
    parser.add_argument("--styles", nargs="*", help="names (default: all that are installed)")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--only", help="show differences of this style alone")
    parser.add_argument("--keep", help="write all differences to this file, a JSON object a line")
    parser.add_argument("--least", type=float, default=0, help="exit 1 when fewer per cent of the entries agree")
    return parser.parse_args()


def run_citeproc(folder, items, styles):
    """style -> what citeproc-js makes of it; in batches, so that memory stays small."""
    out = {}
    for start in range(0, len(styles), 60):
        done = subprocess.run(["node", os.path.join(HERE, "citeproc_js.cjs"), folder,
                               os.path.join(SHARE, "locales"), items] + styles[start:start + 60],
                              capture_output=True, text=True, check=False)
        for line in done.stdout.splitlines():
            made = json.loads(line)
            out[made["style"]] = made
    return out


def run_osler(osler, items, lines, style):
    made = {"entries": {}, "citations": []}
    common = [osler, "cite", "--input", items, "--style", style, "-f", "html", "--json"]
    for extra, keep in ((["--citation", "-"], "citations"), ([], "entries")):
        done = subprocess.run(common + extra, capture_output=True, text=True, input=lines,
                              check=False, timeout=120)
        try:
            result = json.loads(done.stdout)
        except json.JSONDecodeError:
            return {"error": f"exit {done.returncode}: {done.stderr.strip()[:200]}"}
        if keep == "citations":
            made["citations"] = result["citations"]
        else:
            made["entries"] = {e["id"]: e["text"].strip() for e in result["entries"]}
            made["order"] = [e["id"] for e in result["entries"]]
    return made


def even(text):
    """The text without the white space around the blocks of an entry, which is not printed, and
    without the mark that osler alone puts on retracted works."""
    text = (text or "").replace("RETRACTED: ", "")
    return re.sub(r"\s*(</?div[^>]*>)\s*", r"\1", text)


# Classes of differences that README.md explains: what each of them leaves out of both texts.  They
# name no style and no work.
EXPLAINED = (
    ("spaces", lambda text: re.sub(r"[\s\u00a0\u202f]+", "", text)),
    ("normal inside other formatting, nested formatting", lambda text: re.sub(r"</?(span|b|i|em)\b[^>]*>", "", text)),
    ("letter case", str.lower),
    ("comma before \"and\" and a group", lambda text: re.sub(
        r", (?=(&#38;|[a-z]{1,3}|und|and) (<[^>]*>)*[A-Z])", " ", text)),
    ("doubled punctuation", lambda text: re.sub(r"(?<=[.,;:!?”’»])[.,;:]+|[.,;:]+(?=[”’])", "", text)),
)


def explanation(theirs, ours):
    """The class of a difference, "several" when it takes more than one, or None."""
    theirs, ours = even(theirs), even(ours)
    for name, leave_out in EXPLAINED:
        if leave_out(theirs) == leave_out(ours):
            return name
    for _, leave_out in reversed(EXPLAINED):
        theirs, ours = leave_out(theirs), leave_out(ours)
    return "several of these" if theirs == ours else None


def compare(theirs, ours):
    """(kind, work, theirs, ours) for every entry and citation that is not the same; how many were."""
    same, differences = 0, []
    for work, text in theirs["entries"].items():
        if even(ours["entries"].get(work)) == even(text):
            same += 1
        else:
            differences.append(("entry", work, text, ours["entries"].get(work)))
    for place, text in enumerate(theirs["citations"]):
        mine = ours["citations"][place] if place < len(ours["citations"]) else None
        if mine == text:
            same += 1
        else:
            differences.append(("citation", str(place), text, mine))
    if theirs.get("order") != ours.get("order") and theirs["entries"]:
        differences.append(("order", "", str(theirs.get("order")), str(ours.get("order"))))
    return same, differences


def main():
    options = arguments()
    styles = sorted(glob.glob(os.path.join(SHARE, "styles", "*.csl")))
    if options.styles:
        styles = [os.path.join(SHARE, "styles", name + ".csl") for name in options.styles]
    if not styles:
        skip("no styles are installed (package citation-style-language-styles)")
    if not shutil.which("node") or not options.citeproc or not os.path.isdir(options.citeproc):
        skip("citeproc-js is not there: npm install citeproc, then --citeproc FOLDER")
    osler = os.path.abspath(os.path.join(options.build, "osler"))
    with tempfile.TemporaryDirectory() as folder:
        document = json.loads(subprocess.check_output([sys.executable, os.path.join(HERE, "make_items.py")]))
        both, alone = os.path.join(folder, "both.json"), os.path.join(folder, "items.json")
        with open(both, "w", encoding="utf-8") as file:
            json.dump(document, file)
        with open(alone, "w", encoding="utf-8") as file:
            json.dump(document["items"], file)
        lines = "".join(" ".join(ids) + "\n" for ids in document["citations"])
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            theirs = pool.submit(run_citeproc, options.citeproc, both, styles)
            ours = {os.path.basename(s)[:-4]: run_osler(osler, alone, lines, s) for s in styles}
            theirs = theirs.result()
    report(options, theirs, ours)


def report(options, theirs, ours):
    kinds, by_style, by_work = collections.Counter(), {}, collections.Counter()
    classes = collections.Counter()
    keep = open(options.keep, "w", encoding="utf-8") if options.keep else None
    shown = 0
    for style, made in sorted(theirs.items()):
        if "error" in made or "error" in ours[style]:
            kinds["styles that citeproc-js refuses" if "error" in made else "styles that osler refuses"] += 1
            print(f"refused: {style}: {made.get('error') or ours[style]['error']}")
            continue
        same, differences = compare(made, ours[style])
        by_style[style] = (same, len(made["entries"]) + len(made["citations"]))
        kinds["entries"] += len(made["entries"])
        kinds["citations"] += len(made["citations"])
        for kind, work, text, mine in differences:
            kinds[kind + " differs"] += 1
            by_work[(kind, work)] += 1
            classes[(kind, explanation(text, mine) if kind != "order" else None)] += 1
            if keep:
                keep.write(json.dumps({"style": style, "kind": kind, "work": work, "citeproc": text,
                                       "osler": mine}, ensure_ascii=False) + "\n")
            if shown < options.show and (not options.only or options.only == style):
                shown += 1
                print(f"--- {style} {kind} {work}\n  citeproc-js {text}\n  osler       {mine}")
    print("\nworks most often different:")
    for (kind, work), count in by_work.most_common(15):
        print(f"  {count:6} {kind} {work}")
    print("styles with most differences:")
    for style, (same, all_) in sorted(by_style.items(), key=lambda s: s[1][0] - s[1][1])[:15]:
        print(f"  {same:5} of {all_:5} {style}")
    whole = sum(1 for same, all_ in by_style.values() if same == all_)
    entries = kinds["entries"] or 1
    agree = 100 * (1 - kinds["entry differs"] / entries)
    print(f"\n{len(by_style)} styles, {whole} without any difference")
    print(f"entries   {kinds['entries']}, the same {agree:.3f} %")
    print(f"citations {kinds['citations']}, the same {100 * (1 - kinds['citation differs'] / (kinds['citations'] or 1)):.3f} %")
    for (kind, name), count in sorted(classes.items(), key=lambda c: (c[0][0], -c[1])):
        if kind != "order":
            print(f"  {count:6} {kind} {name or 'not explained by a rule'}")
    print(f"order     {kinds['order differs']} styles sort otherwise")
    for kind in ("styles that citeproc-js refuses", "styles that osler refuses"):
        if kinds[kind]:
            print(f"{kinds[kind]} {kind}")
    sys.exit(1 if agree < options.least else 0)


if __name__ == "__main__":
    main()
