#!/usr/bin/env python3
"""Check the sample bibliography: form, ids, counts, and that real records carry facts only."""
import collections
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

FOLDER = pathlib.Path(__file__).resolve().parent
INVENTED_ABOVE = 990000000
NOTICE_TYPES = {
    "RetractionIn": "RetractionOf",
    "ExpressionOfConcernIn": "ExpressionOfConcernFor",
    "ErratumIn": "ErratumFor",
    "UpdateIn": "UpdateOf",
}
BEYOND_FACTS = ("Abstract", "OtherAbstract", "KeywordList", "GrantList", "CommentsCorrectionsList",
                "CoiStatement", "DataBankList", "ReferenceList", "AffiliationInfo", "QualifierName")
problems = []


def expect(condition, message):
    if not condition:
        problems.append(message)


def plain(text):
    return " ".join(re.sub(r"[^\w]+", " ", text.lower()).split())


def read_text(name):
    try:
        return (FOLDER / name).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{name}: {error}")
        return ""


def read_xml(name):
    """The PubmedArticle elements of a file, with their PMIDs."""
    try:
        root = ElementTree.fromstring(read_text(name))
    except ElementTree.ParseError as error:
        problems.append(f"{name}: not well-formed: {error}")
        return []
    expect(root.tag == "PubmedArticleSet", f"{name}: root is {root.tag}, expected PubmedArticleSet")
    records = []
    for article in root:
        pmid = article.findtext("MedlineCitation/PMID") or ""
        if article.tag != "PubmedArticle" or not pmid.isdigit():
            problems.append(f"{name}: {article.tag} with PMID '{pmid}', expected a PubmedArticle with a number")
            continue
        records.append((pmid, article))
    return records


def read_nbib(name):
    """The records of an NBIB file: a dictionary of lists each, keyed by tag."""
    records, tag = [], None
    for number, line in enumerate(read_text(name).splitlines(), 1):
        match = re.fullmatch(r"([A-Z]{2,4}) *- (.+)", line)
        if match and match[1] == "PMID":
            records.append(collections.defaultdict(list))
        if match and records:
            tag = match[1]
            records[-1][tag].append(match[2])
        elif line.startswith("      ") and tag:
            records[-1][tag][-1] += " " + line.strip()
        elif line == "":
            tag = None
        else:
            problems.append(f"{name}:{number}: neither a tag nor a continuation: {line[:40]}")
    return records


def title_of(article):
    element = article.find("MedlineCitation/Article/ArticleTitle")
    return "" if element is None else "".join(element.itertext())


def check_unique(name, pmids):
    for pmid, times in collections.Counter(pmids).items():
        expect(times == 1, f"{name}: PMID {pmid} stands {times} times")


def check_form(name, records, names_of):
    """Title, own ids, and one name for each UI, and one UI for each name, over all files."""
    for pmid, article in records:
        where = f"{name}: PMID {pmid}"
        expect(re.search(r"[.?!]$", title_of(article)), f"{where}: the title does not end with a period")
        own = [e.text for e in article.findall("PubmedData/ArticleIdList/ArticleId[@IdType='pubmed']")]
        expect(own == [pmid], f"{where}: ArticleIdList has {own}")
        doi = article.findtext("MedlineCitation/Article/ELocationID[@EIdType='doi']")
        listed = article.findtext("PubmedData/ArticleIdList/ArticleId[@IdType='doi']")
        expect(doi == listed, f"{where}: DOI {doi} in ELocationID, {listed} in ArticleIdList")
        for element in article.iter():
            ui = element.get("UI")
            if ui is not None:
                expect(re.fullmatch(r"[DQ]\d{6}(\d{3})?", ui), f"{where}: UI {ui}")
                for key, value in ((ui, element.text), (element.text, ui)):
                    known = names_of.setdefault(key, value)
                    expect(known == value, f"{where}: {key} is '{value}' here and '{known}' before")


def check_real(name, records):
    for pmid, article in records:
        expect(int(pmid) < INVENTED_ABOVE, f"{name}: PMID {pmid} cannot be real")
        expect("invented" not in title_of(article), f"{name}: PMID {pmid} is invented")
        for tag in BEYOND_FACTS:
            expect(article.find(f".//{tag}") is None, f"{name}: PMID {pmid} has {tag}: facts only")


def check_invented(name, records):
    articles = dict(records)
    for pmid, article in records:
        where = f"{name}: PMID {pmid}"
        citation = article.find("MedlineCitation")
        expect(int(pmid) > INVENTED_ABOVE, f"{where} may be real, expected above {INVENTED_ABOVE}")
        expect("(invented record)" in title_of(article), f"{where}: the title does not say that it is invented")
        expect("Invent" in citation.findtext("MedlineJournalInfo/MedlineTA", ""), f"{where}: the journal may be real")
        expect("invented" in citation.findtext("GeneralNote", "").lower(), f"{where}: no general note")
        words = [element.text for element in citation.findall("KeywordList/Keyword")]
        expect("invented record for testing" in words, f"{where}: keyword missing")
        for link in citation.findall("CommentsCorrectionsList/CommentsCorrections"):
            kind, other = link.get("RefType"), link.findtext("PMID")
            back = NOTICE_TYPES.get(kind) or {v: k for k, v in NOTICE_TYPES.items()}.get(kind)
            path = f"MedlineCitation/CommentsCorrectionsList/CommentsCorrections[@RefType='{back}']"
            pointing = [] if other not in articles else [e.findtext("PMID") for e in articles[other].findall(path)]
            expect(pmid in pointing, f"{where}: {kind} {other}, which does not point back")


def check_nbib(name, records):
    for record in records:
        where = f"{name}: PMID {record['PMID'][0]}"
        expect(re.fullmatch(r"\d{1,8}", record["PMID"][0]), f"{where}: not a real PMID")
        expect(len(record["TI"]) == 1, f"{where}: {len(record['TI'])} titles")
        expect(record["MH"], f"{where}: no heading")
        expect(not record.keys() & {"AB", "OAB", "PT", "OT"}, f"{where}: an abstract, keyword or publication type")


def check_overlap(records, nbib, readme):
    """A PMID may stand in both files of real papers only for the same title, and the README names it."""
    titles = {pmid: plain(title_of(article)) for pmid, article in records}
    both = 0
    for record in nbib:
        pmid = record["PMID"][0]
        if pmid in titles:
            both += 1
            same = plain(record["TI"][0]).startswith(titles[pmid])
            expect(same, f"PMID {pmid} stands in both files with different titles")
            expect(pmid in readme, f"README.md: PMID {pmid} stands in both files and is not named")
    return both


def check_founding():
    references = [r for r in read_text("founding.txt").split("\n\n") if r.strip()]
    for number, reference in enumerate(references, 1):
        expect(reference.startswith(f"({number}) "), f"founding.txt: reference {number} lacks its number")
    expect(any("Penttilä" in r for r in references), "founding.txt: Penttilä is missing")
    entries = [e for e in re.split(r"(?m)^ER  - *$", read_text("founding.ris")) if e.strip()]
    for entry in entries:
        expect(entry.strip().startswith("TY  - "), "founding.ris: an entry does not start with TY")
        expect(not re.search(r"(?m)^(AN|AB|N2|DO)  - |PMID", entry), "founding.ris: more than the text states")
    return len(references), len(entries)


def main():
    readme = read_text("README.md")
    real, invented = read_xml("headache.xml"), read_xml("invented.xml")
    nbib = read_nbib("muscle-relaxants.nbib")
    names_of = {}
    for name, records in (("headache.xml", real), ("invented.xml", invented)):
        check_unique(name, [pmid for pmid, _ in records])
        check_form(name, records, names_of)
    check_unique("muscle-relaxants.nbib", [record["PMID"][0] for record in nbib])
    check_real("headache.xml", real)
    check_invented("invented.xml", invented)
    check_nbib("muscle-relaxants.nbib", nbib)
    both = check_overlap(real, nbib, readme)
    references, entries = check_founding()

    counts = {"headache.xml": len(real), "muscle-relaxants.nbib": len(nbib), "invented.xml": len(invented),
              "founding.txt": references, "founding.ris": entries}
    for name, count in counts.items():
        stated = re.search(rf"(?m)^\| `{re.escape(name)}` \| (\d+) \|", readme)
        expect(stated and int(stated[1]) == count,
               f"README.md: {name} has {count} records, stated: {stated[1] if stated else 'nothing'}")
    papers = len(real) + len(nbib) - both
    expect(f"{papers} real papers" in readme, f"README.md: there are {papers} real papers")

    for problem in problems:
        print(f"check.py: {problem}", file=sys.stderr)
    if problems:
        return 1
    print(f"sample-bib: {papers} real papers, {len(invented)} invented records, {references} founding references: all well")
    return 0


if __name__ == "__main__":
    sys.exit(main())
