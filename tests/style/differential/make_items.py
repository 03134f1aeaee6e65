#!/usr/bin/env python3
"""Write differential_items.json: invented works of every kind that styles must print, and the
citations of a document that cites them.  The names, titles and numbers are made up; PMIDs lie
above 990000000 and DOIs under 10.5555, where no real work is.

    python3 tests/style/make_items.py > tests/style/differential_items.json
"""
import json
import sys


def name(text):
    """"Family, Given" or "Family, Given, Suffix"; without a comma the name of a group."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1:
        return {"literal": parts[0]}
    out = {"family": parts[0], "given": parts[1]}
    if len(parts) > 2:
        out["suffix"] = parts[2]
    return out


def names(*texts):
    return [name(text) for text in texts]


def day(*parts, **more):
    return dict({"date-parts": [list(parts)]}, **more)


def span(first, last, **more):
    return dict({"date-parts": [list(first), list(last)]}, **more)


def article(key, title, authors, issued, **more):
    item = {
        "id": key, "type": "article-journal", "title": title,
        "container-title": "Journal of Invented Headache Research",
        "container-title-short": "J Invent Headache Res",
        "volume": "12", "issue": "3", "page": "345-359", "issued": issued,
        "DOI": "10.5555/" + key, "ISSN": "0000-0019", "language": "en",
    }
    if authors:
        item["author"] = authors
    item.update(more)
    return {k: v for k, v in item.items() if v is not None}


FAMILIES = ("Aalto Berger Castell Dumont Eriksen Falk Garside Holm Ivers Jansson Keller Lindqvist "
            "Marlow Norgaard Oakes Prewitt Quist Rowan Stenberg Tolland Ullman Varga Westin Yarrow "
            "Zeller").split()
GIVENS = ("Anna Maria|Bo|Carl J.|Dina|Erik Olaf|Fay|Gert-Jan|Hanna|Ian P.|Jo|Karin|Lars|Mia Sofie|"
          "Nils|Olga|Per|Quirin|Rosa|Sven|Tara|Ulf|Vera|Wim|Yara|Zoe").split("|")


def crowd(count, start=0):
    return [{"family": FAMILIES[(start + i) % 25] + ("" if i < 25 else "-" + FAMILIES[i // 25 % 25]),
             "given": GIVENS[(start + 3 * i) % 25]} for i in range(count)]


def items():
    yield article("one-author", "Manual treatment of tension-type headache in adults",
                  names("Marlow, Judith E."), day(2019, 4, 11), PMID="990000101")
    yield article("two-authors", "Neck pain and posture: a cohort of office workers",
                  names("Falk, Peter", "Holm, Ada"), day(2018, 2), PMID="990000102")
    yield article("three-authors", "Sleep, stress, and migraine attacks", crowd(3), day(2020))
    yield article("four-authors", "Triptans in the emergency department", crowd(4, 2), day(2020, 12, 1))
    yield article("six-authors", "Soft tissue techniques against sham: a randomized trial",
                  crowd(6, 5), day(2017, 7), PMID="990000103", PMCID="PMC9900001")
    yield article("seven-authors", "Exercise for cervicogenic headache", crowd(7, 1), day(2016, 10))
    yield article("eight-authors", "Acupuncture for episodic headache", crowd(8, 3), day(2015))
    yield article("twenty-two-authors", "Genes of migraine with aura", crowd(22), day(2021, 5, 30))
    yield article("crowd", "A consortium of many hands", crowd(450), day(2022))
    yield article("consortium", "Long-term outcome of preventive treatment",
                  names("Northern Headache Consortium"), day(2014, 3))
    yield article("author-and-group", "Dose finding for a new preventive drug",
                  names("Keller, Ruth", "Oakes, Tim", "PREVENT-X Study Group"), day(2013, 9))
    yield article("same-year-a", "First of two reports", names("Varga, Lena"), day(2019))
    yield article("same-year-b", "Second of two reports", names("Varga, Lena"), day(2019))
    yield article("same-family-a", "Work of one Rowan", names("Rowan, Alice"), day(2012))
    yield article("same-family-b", "Work of another Rowan", names("Rowan, Brian"), day(2012))
    yield article("same-first-a", "Shared first author, one",
                  names("Tolland, Max", "Ivers, Ann", "Quist, Dan"), day(2011))
    yield article("same-first-b", "Shared first author, two",
                  names("Tolland, Max", "Ivers, Ann", "Westin, Ulla"), day(2011))
    yield article("no-author", "Statement without a named author", None, day(2010, 6))
    yield article("no-date", "Report that gives no date", names("Garside, Ian"), None)
    yield article("no-pages", "Online ahead of print", names("Prewitt, Nora"), day(2024, 1, 9),
                  page=None, issue=None, volume=None, status="advance online publication")
    yield article("no-journal", "Loose leaf", names("Yarrow, Tom"), day(2009),
                  **{"container-title": None, "container-title-short": None})
    yield article("title-only", "Only a title", None, None, page=None, volume=None,
                  issue=None, DOI=None, ISSN=None,
                  **{"container-title": None, "container-title-short": None})
    yield article("article-number", "Prevalence in a valley", names("Stenberg, Ida"), day(2020, 8),
                  page="e0123456", issue="8", number="e0123456")
    yield article("prefixed-pages", "Abstracts of a meeting", names("Ullman, Rolf"), day(2008),
                  page="S151-S153", issue="Suppl 2")
    yield article("short-pages", "Abbreviated range", names("Dumont, Claire"), day(2007), page="1016-21")
    yield article("several-pages", "Pages in pieces", names("Berger, Uwe"), day(2006),
                  page="12-15, 21-23")
    yield article("particle", "Names with small words",
                  [{"family": "Beek", "given": "Anna", "non-dropping-particle": "van der"},
                   {"family": "Lagarde", "given": "Jean", "dropping-particle": "de"}], day(2005))
    yield article("suffix", "Generations", names("Castell, Robert M., Jr.", "Ivers, John, III"), day(2004))
    yield article("mononym", "One name is enough", [{"family": "Suharti"}], day(2003))
    yield article("hyphens", "Initials with hyphens", names("Zeller, Jean-Luc", "Norgaard, A.-M."), day(2002))
    yield article("markup", "Effect of <i>Tanacetum parthenium</i> on CO<sub>2</sub> and the "
                  "10<sup>3</sup> copies of <span class=\"nocase\">mRNA</span>",
                  names("Aalto, Sirpa"), day(2001))
    yield article("question", "Does posture matter?", names("Eriksen, Gro"), day(2000, 11))
    yield article("exclaimed", "Stop the pain!", names("Lindqvist, Bror"), day(1999))
    yield article("colon", "Headache diaries: paper or telephone? a comparison",
                  names("Jansson, Pia"), day(1998))
    yield article("quotes", "The \"weekend headache\" and the patient's diary",
                  names("Quist, Dan"), day(1997))
    yield article("ampersand", "Rest & exercise <5 minutes a day", names("Holm, Ada"), day(1996))
    yield article("capitals", "TMD, HIV AND THE IASP: A REVIEW", names("Westin, Ulla"), day(1995))
    yield article("season", "Spring headaches", names("Rowan, Alice"), {"date-parts": [[2016]], "season": 1})
    yield article("month-range", "Two months in one issue", names("Falk, Peter"),
                  span((2015, 7), (2015, 8)))
    yield article("year-range", "Over the turn of the year", names("Falk, Peter"),
                  span((2014, 12), (2015, 1)))
    yield article("literal-date", "Dated in words", names("Garside, Ian"), {"literal": "Michaelmas 1920"})
    yield article("circa", "About that time", names("Garside, Ian"), day(1905, circa=True))
    yield article("in-press", "Accepted work", names("Keller, Ruth"), None,
                  status="in press", page=None, volume=None, issue=None)
    yield article("retracted", "Results that did not hold", names("Marlow, Judith E."),
                  day(2015, 5), status="retracted", PMID="990000104")
    yield article("german", "Kopfschmerz vom Spannungstyp: eine Übersicht über die Behandlung",
                  names("Müller, Jörg", "Groß, Käthe"), day(2012, 3), language="de")
    yield article("french", "L’ostéopathie et la céphalée de tension : étude pilote",
                  names("Lefèvre, Éloïse"), day(2013, 1), language="fr")
    yield article("translated", "[Headache in school children]", names("Nowak, Łukasz"), day(1994),
                  language="pl", **{"original-title": "Bóle głowy u dzieci szkolnych"})
    yield article("japanese", "緊張型頭痛の治療", [{"family": "山田", "given": "太郎"}], day(2011, 4),
                  language="ja")
    yield article("review", "Review of preventive drugs", names("Oakes, Tim"), day(2019, 9),
                  type="review")
    yield {"id": "book", "type": "book", "title": "Handbook of imaginary headaches",
           "author": names("Castell, Robert M."), "publisher": "Invented Press",
           "publisher-place": "Springfield", "edition": "3", "issued": day(2008),
           "ISBN": "978-0-00-000000-2", "number-of-pages": "412"}
    yield {"id": "edited-book", "type": "book", "title": "Manual therapy of the neck",
           "editor": names("Dumont, Claire", "Berger, Uwe"), "publisher": "Invented Press",
           "publisher-place": "Springfield", "issued": day(2010), "volume": "2",
           "collection-title": "Studies of the spine", "collection-number": "14"}
    yield {"id": "chapter", "type": "chapter", "title": "Muscles of the neck",
           "author": names("Falk, Peter", "Holm, Ada"), "editor": names("Dumont, Claire"),
           "container-title": "Manual therapy of the neck", "publisher": "Invented Press",
           "publisher-place": "Springfield", "page": "33-58", "issued": day(2010)}
    yield {"id": "report", "type": "report", "title": "Headache in primary care",
           "author": names("Agency for Invented Health"), "number": "17", "genre": "Technical report",
           "publisher": "Agency for Invented Health", "publisher-place": "Capital City",
           "issued": day(2018, 6, 15), "URL": "https://example.org/report17"}
    yield {"id": "web", "type": "webpage", "title": "Living with headache",
           "author": names("Headache Society of Nowhere"), "URL": "https://example.org/living?a=1&b=2",
           "accessed": day(2026, 11, 20), "issued": day(2025, 2, 3), "container-title": "Example.org"}
    yield {"id": "web-undated", "type": "webpage", "title": "Questions and answers",
           "URL": "https://example.org/qa", "accessed": day(2026, 1, 5)}
    yield {"id": "thesis", "type": "thesis", "title": "Palpation of the suboccipital muscles",
           "author": names("Westin, Ulla"), "genre": "PhD thesis", "publisher": "University of Nowhere",
           "publisher-place": "Nowhere", "issued": day(2016)}
    yield {"id": "trial", "type": "dataset", "title": "Registration of the PREVENT-X trial",
           "author": names("Keller, Ruth"), "publisher": "Registry of Invented Trials",
           "number": "RIT00000001", "URL": "https://example.org/rit/1", "issued": day(2012, 1, 2),
           "version": "4"}
    yield {"id": "preprint", "type": "article", "title": "A preprint on neck exercise",
           "author": names("Ivers, Ann", "Quist, Dan"), "publisher": "inventRxiv", "genre": "preprint",
           "DOI": "10.5555/preprint.1", "issued": day(2023, 3, 14)}
    yield {"id": "conference", "type": "paper-conference", "title": "Pressure algometry in practice",
           "author": names("Stenberg, Ida"), "container-title": "Proceedings of the Invented Meeting",
           "event": "Tenth Invented Meeting", "event-title": "Tenth Invented Meeting",
           "event-place": "Harbor Town", "page": "101-108",
           "publisher": "Invented Press", "issued": day(2011, 9, 12)}
    yield {"id": "talk", "type": "speech", "title": "What patients want", "author": names("Oakes, Tim"),
           "event": "Day of the Head", "event-title": "Day of the Head",
           "event-place": "Harbor Town", "genre": "Plenary talk",
           "issued": day(2019, 10, 4)}
    yield {"id": "newspaper", "type": "article-newspaper", "title": "Headaches cost millions",
           "author": names("Reporter, Sam"), "container-title": "The Daily Invention",
           "issued": day(2020, 2, 29), "page": "A3", "section": "Health"}
    yield {"id": "magazine", "type": "article-magazine", "title": "Ten ways to sit",
           "author": names("Scribe, Lou"), "container-title": "Posture Monthly", "issued": day(2019, 5),
           "page": "20-22"}
    yield {"id": "encyclopedia", "type": "entry-encyclopedia", "title": "Migraine",
           "container-title": "Encyclopedia of Invented Medicine", "edition": "2nd", "volume": "4",
           "editor": names("Berger, Uwe"), "publisher": "Invented Press", "page": "77",
           "issued": day(2001)}
    yield {"id": "software", "type": "software", "title": "HeadCount", "version": "2.1.0",
           "author": names("Zeller, Jean-Luc"), "publisher": "Invented Software",
           "issued": day(2022, 11), "URL": "https://example.org/headcount"}
    yield {"id": "law", "type": "legislation", "title": "Act on Manual Therapy", "number": "12/1998",
           "container-title": "Statutes of Nowhere", "issued": day(1998), "jurisdiction": "Nowhere"}
    yield {"id": "patent", "type": "patent", "title": "Pillow for the neck",
           "author": names("Tolland, Max"), "number": "NX 12345 B1", "issued": day(2003, 8, 19),
           "authority": "Patent Office of Nowhere"}
    yield {"id": "letter", "type": "personal_communication", "title": "Letter on the trial",
           "author": names("Keller, Ruth"), "recipient": names("Oakes, Tim"), "issued": day(2012, 4, 1)}
    yield {"id": "classic", "type": "book", "title": "On the head", "author": names("Galenos the Elder"),
           "issued": day(-120), "translator": names("Marlow, Judith E."), "publisher": "Invented Press",
           "original-date": day(-120)}


def citations():
    every = [item["id"] for item in items()]
    groups = [[key] for key in every]
    groups += [every[:3], every[3:9], ["same-year-a", "same-year-b"], ["same-first-b", "same-first-a"],
               ["book"], ["book"], ["one-author"], ["same-family-b", "one-author", "same-family-a"]]
    return groups


if __name__ == "__main__":
    json.dump({"items": list(items()), "citations": citations()}, sys.stdout, ensure_ascii=False,
              indent=1)
    print()
