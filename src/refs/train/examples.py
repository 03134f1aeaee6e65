"""Makes the labeler's training examples: works to be rendered, then rendered texts with labels.

  examples.py lexicon OUT.inc JOURNALS.csv...          the words of journals' names and places
  examples.py items OUT.json COUNT JOURNALS.csv SOURCE...   works in CSL-JSON, values marked
  examples.py label ITEMS.json < RENDERED > EXAMPLES   labels, and the noise of real lists
  examples.py bibtex COUNT JOURNALS.csv SOURCE... > EXAMPLES   the same, in the manner of BibTeX

README.md tells which sources and in which order.  Everything is drawn from one seeded generator.
"""
import csv
import gzip
import json
import os
import random
import re
import sys

from bibtex import Maker
from invented import (GENRES, PLACES, PUBLISHERS, SERIES, SITES, TOPICS, book_title, conference, group, paper_title)

LABELS = ("other number author editor title container date volume issue pages edition publisher "
          "place genre doi pmid pmcid isbn url").split()
START = 0xE020  # + label: the text behind has this label, until the next mark
OPEN = 0xE050   # + 2 * label, and + 1 at the end: around a value of a work
rng = random.Random("labels " + os.environ.get("SEED", "1"))


def mark(label, text):
    at = OPEN + 2 * LABELS.index(label)
    return chr(at) + text + chr(at + 1) if text else text


def fnv(text):
    value = 2166136261
    for byte in text.encode():
        byte += 32 if 65 <= byte <= 90 else 0
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def journals_of(path):
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        rows = [row for row in csv.reader(file) if len(row) > 1 and row[0] and row[1]]
    return [(re.sub(r"\s*\([^)]*\)$", "", row[0]) if i % 3 else row[0], row[1]) for i, row in enumerate(rows)]


def lexicon(out, paths):
    counts, kinds = {}, {}
    for path in paths:
        for pair in journals_of(path):
            for word in {w.lower() for name in pair for w in re.findall(r"[^\W\d_]+(?:[-'][^\W\d_]+)*", name)}:
                counts[word] = counts.get(word, 0) + 1
    for word, count in counts.items():
        if count > 1:
            kinds[fnv(word)] = 1
    for place in PLACES:
        for word in re.findall(r"[^\W\d_]+", place):
            kinds[fnv(word)] = kinds.get(fnv(word), 0) | 2
    with open(out, "w", encoding="ascii") as file:
        file.write("/* Words of journals' names (1) and of places (2); made by src/refs/train/. */\n")
        file.writelines("{0x%08xU, %d},\n" % pair for pair in sorted(kinds.items()))


# Facts: (title, names, journal), from files of any of these kinds.
def names_of(text):
    names = []
    for part in re.split(r"\s+and\s+|;\s*", text):
        family, _, given = part.partition(",")
        if family.strip() and len(family) < 40:
            names.append((family.strip(), given.strip()))
    return names


def facts_of(path):
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8", errors="replace", newline="") as file:
        if ".csv" in path:
            for row in csv.DictReader(file):
                yield row.get("title"), names_of(row.get("author") or ""), row.get("journal")
        elif path.endswith(".jsonl"):
            for row in map(json.loads, file):
                names = [(family, given or "") for family, given in row["authors"] if family]
                yield row["title"], names, row["journal"]
        else:
            for row in json.load(file):
                names = [(n["family"], n.get("given") or "") for n in row.get("author", []) if n.get("family")]
                yield row.get("title"), names, row.get("container-title")


def spelled_given(given):
    """A given name where the source has initials alone: most styles make initials of it again."""
    if rng.random() < 0.5 or not re.fullmatch(r"[A-Z .]{1,6}", given):
        return given
    return " ".join(letter + "." for letter in given if letter.isalpha())


def draw_names(facts, most=30):
    names = list(rng.choice(facts["names"]))[:most]
    if rng.random() < 0.3:
        names = rng.sample(facts["people"], rng.choice([1, 1, 2, 2, 3, 4, 6]))
    out = [{"family": family, "given": spelled_given(given)} for family, given in names]
    if out and rng.random() < 0.03:
        out[0]["suffix"] = rng.choice(["Jr.", "Jr", "III", "II", "Sr."])
    if rng.random() < 0.07:
        body = {"literal": group(rng)}
        out = [body] if rng.random() < 0.8 else out + [body]
    return out


def draw_pages():
    first = rng.choice([rng.randint(1, 99), rng.randint(100, 999), rng.randint(100, 2000), rng.randint(1000, 19999)])
    last = first + rng.choice([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 40])
    kind = rng.random()
    if kind < 0.70:
        return "%d-%d" % (first, last)
    if kind < 0.77:
        return str(first)
    if kind < 0.80:
        return str(rng.randint(100000, 9999999))
    if kind < 0.82:
        return "%d%s-%d%s" % (first, letter := rng.choice("SDAFRHSB"), last, letter)
    letter = rng.choice(["e", "E", "S", "R", "F", "H", "L", "W", "CD00", "a", "b", "i", "P", "ra"])
    if kind < 0.92:
        return "%s%d" % (letter, first)
    if kind < 0.97:
        return "%s%d-%s%d" % (letter, first, letter, last)
    return "%d%s" % (first, rng.choice(["S", "A", "ra39", "e1", "D"]))


def draw_doi():
    prefix = "10.%d/" % rng.choice([1016, 1001, 1371, 1186, 1093, 1002, 1111, 1038, 1136, 1007, 1080, 3389, 1177, 2147])
    tail = rng.choice(["journal.pone.%07d", "j.neuroimage.2009.%d", "s13063-015-%04d-x", "jama.%d", "S0140-6736(10)%d-6",
                       "ajp.2010.%d", "0022-3514.%d", "nature%d", "bmj.c%d", "s%d", "JNEUROSCI.%d-08.2009",
                       "14651858.CD%06d.pub2", "(ISSN)1097-%d", "archpsyc.62.%d"])
    return prefix + tail % rng.randint(10000, 999999)


def draw_date():
    date = [rng.choice([rng.randint(1995, 2022), rng.randint(2000, 2018), rng.randint(1950, 2024)])]
    if rng.random() < 0.45:
        date.append(rng.randint(1, 12))
        if rng.random() < 0.6:
            date.append(rng.randint(1, 28))
    return date


def plain_book(facts, item, kind):
    topic = rng.choice(TOPICS) if rng.random() < 0.5 else rng.choice(facts["topics"])
    item["title"] = book_title(rng, topic)
    if rng.random() < 0.25:
        item["edition"] = str(rng.randint(2, 9))
    item["publisher"] = rng.choice(PUBLISHERS)
    if rng.random() < 0.8:
        item["publisher-place"] = rng.choice(PLACES)
    if rng.random() < 0.15:
        item["collection-title"] = rng.choice(SERIES)
    if kind == "chapter":
        item["container-title"] = item["title"]
        item["title"] = draw_title(facts, kind)
        item["page"] = draw_pages()
        if rng.random() < 0.8:
            item["editor"] = draw_names(facts, 4)
        if rng.random() < 0.2:
            item["volume"] = str(rng.randint(1, 40))
    elif rng.random() < 0.1:
        item["editor"], item["author"] = item["author"], []


def other_work(facts, item, kind):
    if kind == "thesis":
        item["genre"] = rng.choice(GENRES)
        item["publisher"] = "University of " + rng.choice(PLACES).split(",")[0]
    elif kind == "paper-conference":
        item["container-title"] = conference(rng)
        item["page"] = draw_pages()
        if rng.random() < 0.5:
            item["publisher-place"] = rng.choice(PLACES)
        if rng.random() < 0.4:
            item["publisher"] = rng.choice(PUBLISHERS)
    elif kind == "report":
        item["publisher"] = group(rng)
        item["publisher-place"] = rng.choice(PLACES)
        if rng.random() < 0.4:
            item["genre"] = rng.choice(["Technical report", "Working paper", "Report", "Discussion paper"])
            item["number"] = str(rng.randint(11, 9999))
    else:
        item["container-title"] = rng.choice(SITES)
    if kind in ("webpage", "report", "article-newspaper") or rng.random() < 0.2:
        item["URL"] = "%s%s/%s" % (rng.choice(["http://www.", "https://www.", "https://", "http://"]),
                                   rng.choice(["who.int", "cdc.gov", "nice.org.uk", "example.org", "r-project.org", "nih.gov"]),
                                   rng.choice(["", "en/", "topics/%d.html" % rng.randint(1, 999), "docs/report_%d.pdf" % rng.randint(1, 99)]))
        item["accessed"] = {"date-parts": [[rng.randint(2003, 2023), rng.randint(1, 12), rng.randint(1, 28)]]}


def journal_article(facts, item):
    full, short = rng.choice(facts["well_known"] if rng.random() < 0.6 else facts["journals"])
    if rng.random() < 0.4:
        short = re.sub(r"(\w{2,})(?= |$)", lambda m: m[0] if m[0] in full else m[0] + ".", short)
    if rng.random() < 0.3:
        full = short
    if rng.random() < 0.3:
        short = full
    item.update({"container-title": full, "container-title-short": short, "volume": str(rng.randint(1, 420))})
    if rng.random() < 0.06:
        item["volume"] += rng.choice([" Suppl %d" % rng.randint(1, 4), "(Suppl)", " Pt %d" % rng.randint(1, 3), " Suppl"])
    if rng.random() < 0.55:
        item["issue"] = rng.choice(["%d" % rng.randint(1, 12)] * 6 + ["%d" % rng.randint(1, 52), "Suppl %d" % rng.randint(1, 4), "Suppl", "%d Suppl %d" % (rng.randint(1, 12), rng.randint(1, 3)), "3-4", "7-8"])
    item["page"] = draw_pages()
    if rng.random() < 0.04:
        item["volume"] = str(rng.choice([item_year(item), rng.randint(1000, 2500)]))


def item_year(item):
    return item["issued"]["date-parts"][0][0]


def draw_title(facts, kind):
    chance = 0.15 if kind == "article-journal" else 0.5
    title = paper_title(rng) if rng.random() < chance else rng.choice(facts["titles"])
    turn = rng.random()
    if turn < 0.03:
        title += ". " + rng.choice(facts["titles"])
    elif turn < 0.05:
        title = "%d %s" % (rng.randint(1990, 2022), title)
    elif turn < 0.07:
        title += rng.choice([", %d", ": %d update", " %d", " in %d", ", 1990-%d", " [%d]"]) % rng.randint(2000, 2022)
    elif turn < 0.08:
        title = rng.choice(["[11C]", "(123)I-", "(-)-", "3,4-", "[18F]", "5-"]) + title
    elif turn < 0.13:
        title = title.title()
    elif turn < 0.15:
        title = rng.choice(["Vitamin D", "A", "Hepatitis B", "Factor X", "Type I", "The", "An", "I"]) + " " + title
    return title


def draw_item(facts, number):
    kind = rng.choices(["article-journal", "book", "chapter", "webpage", "report", "thesis", "paper-conference", "article",
                        "article-newspaper"], [60, 11, 9, 4, 4, 3, 6, 2, 1])[0]
    item = {"id": str(number), "type": kind, "title": draw_title(facts, kind), "author": draw_names(facts),
            "issued": {"date-parts": [draw_date()]}}
    if kind == "article-journal":
        journal_article(facts, item)
    elif kind in ("book", "chapter"):
        plain_book(facts, item, kind)
    else:
        other_work(facts, item, kind)
    if kind in ("article-journal", "article") and rng.random() < 0.4:
        item["DOI"] = draw_doi()
    for field, chance in (("title", 0.05), ("author", 0.03), ("issued", 0.03), ("volume", 0.04), ("page", 0.05),
                          ("container-title", 0.01)):
        if rng.random() < chance:
            item.pop(field, None)
    if item.get("volume") == item.get("issue") or ("page" not in item and "-" in item.get("issue", "")):
        item.pop("issue", None)
    for field, label in (("title", "title"), ("container-title", "container"), ("container-title-short", "container"),
                         ("collection-title", "container"), ("publisher", "publisher"), ("publisher-place", "place"),
                         ("genre", "genre")):
        if field in item:
            item[field] = mark(label, item[field])
    return item


def clean_title(title):
    title = re.sub(r"<[^>]*>|\s+", " ", title or "").strip().rstrip(".")
    return title[1:-1] if title.startswith("[") and title.endswith("]") else title


def works_by_type(facts, path):
    """Papers, books, meetings, series, publishers and places of a file in CSL-JSON."""
    with open(path, encoding="utf-8") as file:
        works = json.load(file)
    for work in works:
        kind, title = work.get("type"), clean_title(work.get("title"))
        if 8 < len(title) < 200 and title != title.upper():
            facts["books" if kind == "book" else "papers"].append(title)
        for field, name in (("container-title", "books" if kind == "chapter" else "meetings"), ("collection-title", "series"),
                            ("publisher", "publishers"), ("publisher-place", "places")):
            value = clean_title(work.get(field))
            wanted = kind in ("chapter", "paper-conference") if name in ("books", "meetings") else True
            if wanted and 3 < len(value) < (160 if name in ("books", "meetings") else 50) and value != value.upper():
                facts[name].append(value)


def gather(journals, sources):
    facts = {"titles": [], "names": [], "journals": journals_of(journals)}
    for name in ("papers", "books", "meetings", "series", "publishers", "places"):
        facts[name] = []
    seen, known = set(), {}
    for path in sources:
        for title, names, journal in facts_of(path):
            title = clean_title(title)
            if 12 < len(title) < 300 and title.lower() not in seen:
                seen.add(title.lower())
                facts["titles"].append(title)
                if names:
                    facts["names"].append(names)
            if journal:
                known[journal.lower().rstrip(".")] = journal
    pairs = [p for p in facts["journals"] if p[0].lower() in known or p[1].lower() in known]
    facts["well_known"] = pairs or facts["journals"]
    facts["people"] = [name for names in facts["names"] for name in names]
    facts["topics"] = [" ".join(t.split(":")[0].split()[:4]) for t in facts["titles"]]
    for path in sources:
        if path.endswith(".json"):
            works_by_type(facts, path)
    for name in ("papers", "books", "meetings", "series", "publishers", "places"):
        facts[name] = sorted(set(facts[name]))
    print("%d titles, %d lists of names, %d journals known" % (len(seen), len(facts["names"]), len(pairs)), file=sys.stderr)
    return facts


def items(out, count, journals, sources):
    facts = gather(journals, sources)
    with open(out, "w", encoding="utf-8") as file:
        json.dump([draw_item(facts, i) for i in range(int(count))], file, ensure_ascii=True)


# Labeling: a text is a list of [label or None, text].
def cut_marks(text, families):
    parts, label, value = [], None, ""
    for char in text:
        code = ord(char)
        new = None
        if 0xE010 <= code <= 0xE015:
            new = (("names", None), ("date", None), ("number", None))[(code - 0xE010) // 2][code & 1]
        elif OPEN <= code < OPEN + 2 * len(LABELS):
            new = LABELS[(code - OPEN) // 2] if code % 2 == OPEN % 2 else None
        else:
            value += char
            continue
        if value:
            parts.append([label, value])
        label, value = new, ""
    if value:
        parts.append([label, value])
    for part in parts:
        if part[0] == "names":
            known = any(name.lower() in part[1].lower() for name in families)
            part[0] = "author" if known else "editor"
    return parts


def split_plain(parts, pattern, label):
    """Give the first match of a pattern in the texts without label its label; False: not once."""
    out, found = [], False
    for part in parts:
        match = None if part[0] or found else re.search(pattern, part[1])
        if not match:
            out.append(part)
            continue
        found = True
        before, behind = part[1][:match.start()], part[1][match.end():]
        out += [p for p in ([None, before], [label, match[0]], [None, behind]) if p[1]]
    parts[:] = out
    return found


def number_pattern(text):
    return r"(?<![\w.])" + r"[\s.,(:]*".join(re.escape(p).replace(r"\-", "[-–—‐‑]") for p in re.findall(r"\w+|-", text)) + r"\)?(?!\w)"


def page_pattern(page):
    first, _, last = page.partition("-")
    return r"(?<![\w.])" + re.escape(first) + (r"(?:\s*[-–—‐‑]+\s*\w+)?" if last else "") + r"(?!\w)"


CUES = (
    (r"(?i)\bdoi\b", "doi"), (r"(?i)\bpmid\b", "pmid"), (r"(?i)^\W*(in|dans|en)\b\s*:?\W*$", "next"),
    (r"(?i)\b(eds?|editors?|edited|hrsg|dir)\b", "editor"), (r"(?i)\b(ed|edn|edition|aufl)\b", "edition"),
    (r"(?i)\b(pp?|pages?|pgs?|s|págs?)\b\.?\W*$", "next"), (r"(?i)\b(vol|volume|bd|vols|no|nr|number|issue|núm|t)\b\.?\W*$", "next"),
    (r"(?i)\b(thesis|dissertation|report)\b", "genre"),
)


def label_rest(parts):
    """What stands between fields: marks go with the field before, brackets and cue words with the one behind."""
    out = []
    for i, (label, text) in enumerate(parts):
        if label:
            out.append([label, text])
            continue
        before = parts[i - 1][0] if i else None
        behind = parts[i + 1][0] if i + 1 < len(parts) else None
        head = re.match(r"[\s.,;:)\]”’»\"'?!]*(?=\s|$|[(\[“‘«\w])|[^\w(\[“‘«]*", text)[0]
        rest = text[len(head):]
        if head:
            out.append([before or behind or "other", head])
        if not rest:
            continue
        if not re.search(r"\w", rest):
            out.append([behind or before or "other", rest])
            continue
        wanted = "other"
        for pattern, cue in CUES:
            if re.search(pattern, rest):
                wanted = (behind or "other") if cue == "next" else cue
                break
        if wanted == "edition" and before == "editor":
            wanted = "editor"
        out.append([wanted, rest])
    return out


def label_text(item, text):
    plain = {key: re.sub("[\ue050-\ue0ff]", "", value) for key, value in item.items() if isinstance(value, str)}
    families = [n.get("family") or n.get("literal") for n in item.get("author", [])]
    parts = cut_marks(text, families)
    accessed = str(item.get("accessed", {}).get("date-parts", [[0]])[0][0])
    year = str(item.get("issued", {}).get("date-parts", [[0]])[0][0])
    for part in parts:
        if part[0] == "date" and accessed in part[1] and year not in part[1]:
            part[0] = "other"
    if plain.get("DOI"):
        split_plain(parts, r"(https?://(dx\.)?doi\.org/)?" + re.escape(plain["DOI"]), "doi")
    if plain.get("URL"):
        split_plain(parts, re.escape(plain["URL"]), "url")
    if plain.get("page"):
        split_plain(parts, page_pattern(plain["page"]), "pages")
    if plain.get("volume"):
        split_plain(parts, number_pattern(plain["volume"]), "volume")
    if plain.get("issue"):
        split_plain(parts, number_pattern(plain["issue"]), "issue")
    if plain.get("edition"):
        split_plain(parts, r"(?<!\w)" + plain["edition"] + r"(?!\d)(st|nd|rd|th|e|ª|\.)?", "edition")
    return label_rest(parts)


# Noise: what happens to references on their way.
def restyle_authors(text):
    kind = rng.random()
    if kind < 0.25:    # Smith D.F. and Smith D F
        return re.sub(r"(?<=\w) ([A-Z]{2,3})\b", lambda m: " " + rng.choice([" ", ""]).join(m[1]), text)
    if kind < 0.5:
        return re.sub(r"\b([A-Z])\.[ -]?(?=[A-Z]\.|,|;|$)", r"\1", text)
    if kind < 0.6:
        return text.replace(",", "")
    if kind < 0.7:
        return re.sub(r"\b([A-Z])\.\s*", r"\1. ", text)
    if kind < 0.8:
        return text.upper()
    if kind < 0.9:
        return re.sub(r",? (and|&) ", rng.choice([" and ", " & ", ", ", ", and ", " y ", " et "]), text)
    return text.replace(", ", ",")


def cut_authors(text):
    names = re.split(r"(?<=[\w.]), (?=\w)", text)
    if len(names) < 3:
        return text
    few = ", ".join(names[:rng.randint(1, len(names) - 1)])
    return few + rng.choice([", et al", " et al.", ", et al.", " et al", ", and others", " ..."])


def tail(item):
    doi, pmid = item.get("DOI") or draw_doi(), str(rng.randint(1000000, 39999999))
    month = rng.choice("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
    day = "%d %s %d" % (rng.randint(2001, 2023), rng.randint(1, 28), 5)
    day = rng.choice(["%d %s %d" % (rng.randint(2001, 2023), month, rng.randint(1, 28)), "%d/%02d/%02d" % (rng.randint(2001, 2023), rng.randint(1, 12), rng.randint(1, 28))])
    ends = [("doi", [" doi: %s", " doi:%s", " DOI: %s", " https://doi.org/%s", " doi %s.", " http://dx.doi.org/%s", " DOI:%s.", ", doi: %s", " doi: %s."][rng.randint(0, 8)] % doi)]
    kind = rng.random()
    if kind < 0.45:
        return ends
    if kind < 0.6:
        more = [("pmid", rng.choice([" PMID: %s", " PMID:%s.", " PMID %s", "; PMID: %s.", " PubMed PMID: %s"]) % pmid)]
        if rng.random() < 0.5:
            more.append(("pmcid", rng.choice(["; PubMed Central PMCID: PMC%s.", " PMCID: PMC%s", "; PMCID: PMC%s."]) % pmid))
        return (ends if rng.random() < 0.5 else []) + more
    if kind < 0.72:
        return [("other", rng.choice([" Epub %s.", "; Epub %s", " [Epub %s]."]) % day)] + (ends if rng.random() < 0.6 else [])
    if kind < 0.82:
        return [("other", rng.choice([" [PubMed]", " [PubMed] [Google Scholar]", " [CrossRef] [PubMed]", " Epub ahead of print.", " [Epub ahead of print]", " (in press).", " In press", " (in Japanese)", " [in German]", " (in Chinese with English abstract).", " Review.", " ** Of major interest."]))]
    if kind < 0.84:
        return [("other", rng.choice(["; discussion %d-%d", "; quiz %d–%d", ", %d–%d", "; author reply %d-%d"]) % (rng.randint(1, 900), rng.randint(1, 900)))]
    if kind < 0.86:
        return [("doi", rng.choice([" doi:", ", doi:", " doi: ."]))]
    if kind < 0.92:
        return [("other", rng.choice([" Available from: ", " Available at: ", " Retrieved from ", " available from ", " Accessed at "])), ("url", "http://www.%s.org/%s" % (rng.choice(["who", "nice", "bma", "example"]), pmid)), ("other", rng.choice([".", " (accessed %s).", " Accessed %s.", " [accessed %s]", " [cited %s]."]).replace("%s", day))]
    return [("other", rng.choice([" Accessed %s.", " [Accessed %s]", " (cited %s)", " Last accessed %s."]) % day)]


def typo(text):
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(["", text[at] * 2, rng.choice("aeilnorst"), text[at + 1:at + 2] + text[at]]) + text[at + 1 + rng.randint(0, 1):]


def lose_marks(parts):
    """Marks and spaces between fields that are gone, as where bold or italic type was lost."""
    for i in range(len(parts) - 1):
        label, text = parts[i]
        if parts[i + 1][0] == label or re.search(r"\w", text) and not re.search(r"\W$", text):
            continue
        chance = {"author": 0.12, "date": 0.2, "volume": 0.2, "issue": 0.2}.get(label, 0.05)
        if rng.random() < chance:
            parts[i][1] = re.sub(r"[.,;:]*(\s*)$", lambda m: m[1] or " ", text)
        if label == "container" and parts[i + 1][0] == "volume" and rng.random() < 0.1:
            parts[i][1] = parts[i][1].rstrip(" ,.")


def spoil(item, parts):
    if parts[0][0] == "author" and rng.random() < 0.01:  # the same as in the reference before
        parts[0][1] = rng.choice(["———. ", "---. ", "———, ", "_____. ", "Idem, "])
    if parts and parts[0][0] == "number" and rng.random() < 0.8:
        while parts and parts[0][0] == "number":
            parts.pop(0)
    elif rng.random() < 0.04:
        parts.insert(0, ["number", rng.choice(["%d. ", "[%d] ", "(%d) ", "%d) ", "%d ", "[%d]"]) % rng.randint(1, 199)])
    restyled, cut, dash = rng.random() < 0.35, rng.random() < 0.25, rng.choice("–––-‐—")
    for part in parts:
        if part[0] == "author" and re.search(r"\w{2}", part[1]):
            part[1] = restyle_authors(part[1]) if restyled else part[1]
            part[1] = cut_authors(part[1]) if cut else part[1]
        elif part[0] == "pages":
            part[1] = part[1].replace("–", dash)
        elif part[0] == "date" and rng.random() < 0.04:
            part[1] = re.sub(r"(\d{4})", lambda m: m[1] + rng.choice("abc"), part[1])
        elif part[0] == "title" and rng.random() < 0.02:
            part[1] = part[1].upper()
        elif part[0] == "other" and rng.random() < 0.5:
            part[1] = part[1].replace("[Internet]", "").replace("[Online]", "")
    if rng.random() < 0.4:
        lose_marks(parts)
    if rng.random() < 0.5:
        known = any(label == "doi" for label, _ in parts)
        parts += [list(p) for p in tail(item) if not (known and p[0] == "doi")]
    if rng.random() < 0.15:
        part = rng.choice(parts)
        part[1] = typo(part[1]) if len(part[1]) > 4 else part[1]
    if rng.random() < 0.1:
        parts[-1][1] = parts[-1][1].rstrip(". ")
    if rng.random() < 0.3:
        old, new = rng.choice([("’", "'"), ("“", '"'), ("”", '"'), (" & ", " and "), ("(", "["), (". ", "."), (",", ", ")])
        if old == "“":
            parts = [[label, text.replace("“", '"').replace("”", '"')] for label, text in parts]
        elif old in "’,&":
            parts = [[label, text.replace(old, new)] for label, text in parts]
    return parts


def is_unclear(work, parts):
    """Numbers that no field took: the style changed a value beyond recognition."""
    accessed = work.get("accessed", {}).get("date-parts", [[0]])[0]
    numbers = {str(number) for number in accessed} | {"%02d" % number for number in accessed}
    return any(set(re.findall(r"\d+", text)) - numbers for name, text in parts if name in ("other", "author", "editor"))


def label(path):
    with open(path, encoding="utf-8") as file:
        works = json.load(file)
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    sys.stdout.reconfigure(encoding="utf-8")
    for line in sys.stdin:
        _, place, text = line.rstrip("\n").split("\t", 2)
        work = works[int(place)]
        # The style's own stops were put around marks: two meet where the value ends in one.
        text = re.sub("([.?!][\ue011\ue013\ue051-\ue0ff])\\.", r"\1", text)
        text = re.sub(r"  +", " ", text).strip()
        parts = label_text(work, text)
        if len({name for name, _ in parts} - {"other", "number"}) < 2 or is_unclear(work, parts):
            continue
        parts = spoil(work, parts)
        print_example(parts)


def print_example(parts):
    print("".join(chr(START + LABELS.index(name)) + text for name, text in parts))


def bibtex(count, journals, sources):
    maker = Maker(rng, gather(journals, sources))
    sys.stdout.reconfigure(encoding="utf-8")
    for _ in range(int(count)):
        print_example(spoil({}, maker.reference()))


if __name__ == "__main__":
    command, *rest = sys.argv[1:] or [""]
    if command == "lexicon":
        lexicon(rest[0], rest[1:])
    elif command == "items":
        items(rest[0], rest[1], rest[2], rest[3:])
    elif command == "bibtex":
        bibtex(rest[0], rest[1], rest[2:])
    elif command == "label":
        label(rest[0])
    else:
        sys.exit(__doc__)
