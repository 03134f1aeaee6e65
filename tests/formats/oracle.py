"""An independent reading of PubMed XML: prints what Osler must find in each record, as JSON lines.

Written from NLM's DTD and from how Osler describes its fields (include/osler/fields.def), on Python's
own XML parser; it shares no code and no tables with the C reader.  Items come in file order.

    oracle.py FILE...        FILE may be gzipped
    oracle.py --compare FILE JSON    compare with the lines of print_records; counts by field
"""
import collections
import gzip
import html
import html.entities
import json
import re
import sys
import xml.etree.ElementTree as ET

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
MATH = {"math"}
DROPPED = {"annotation", "annotation-xml"}
TAGS = {"b", "i", "u", "sub", "sup"}


def local(element):
    tag = element.tag
    return tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1] if isinstance(tag, str) else ""


def twice(text):
    """Decode entities that are still there after XML has been decoded."""

    def one(match):
        decoded = html.unescape(match.group(0))
        old = match.group(0)
        if match.group(1)[0] != "#" and (match.group(1) not in html.entities.entitydefs and
                                         match.group(1) != "apos"):
            return old
        return decoded

    return re.sub(r"&(#?[A-Za-z0-9]{1,10});", one, text)


def squeeze(text):
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def pieces(element, out, in_math=False):
    """Text and tags in order; layout inside a formula is dropped."""
    name = local(element)
    if name in DROPPED:
        return
    formula = in_math or name in MATH

    def add(text):
        if text:
            out.append(("text", squeeze(text) if formula else text))

    add(element.text)
    for child in element:
        kind = local(child)
        if not kind:  # a comment
            pass
        elif kind in TAGS:
            out.append(("open", kind))
            pieces(child, out, formula)
            out.append(("close", kind))
        else:
            pieces(child, out, formula)
        add(child.tail)


def plain(element):
    if element is None:
        return None
    out = []
    pieces(element, out)
    return twice(squeeze("".join(value for kind, value in out if kind == "text"))) or None


def expected_markup(element):
    """As Osler keeps it: white space moved out of the ends of tags, no empty tags."""
    if element is None:
        return None
    out = []
    pieces(element, out)
    if not squeeze("".join(v for k, v in out if k == "text")):
        return None
    result = ""
    run = ""
    for kind, value in out + [("end", "")]:
        if kind == "text":
            run += value
            continue
        result += html.escape(twice(run), quote=False)
        run = ""
        if kind == "open":
            result += "<%s>" % value
        elif kind == "close":
            result += "</%s>" % value
    previous = None
    while previous != result:
        previous = result
        result = re.sub(r"[ \t\r\n]+(</\w+>)", r"\1 ", result)
        result = squeeze(re.sub(r"<(b|i|u|sub|sup)></\1>", "", result))
    return result or None


def strip(text):
    """An attribute is kept as a text is."""
    return twice(squeeze(text)) if text else None


def put(record, field, value):
    if value not in (None, "", [], {}, False, 0):
        record[field] = value


def child(element, path):
    return element.find(path) if element is not None else None


def month(text):
    text = text.strip().rstrip(".")
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else 0
    return MONTHS.index(text[:3].lower()) + 1 if text[:3].lower() in MONTHS else 0


def date(element, kind):
    """Only the certain parts: the year, and month, day and season of a plain date."""
    get = lambda name: plain(child(element, name)) or ""
    result = {"kind": kind}
    printed = get("MedlineDate") or " ".join(
        p for p in (get("Year"), get("Month"), get("Day") if get("Month") else "", get("Season")) if p)
    years = re.findall(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)", printed)
    put(result, "year", int(years[0]) if years else 0)
    words = re.findall(r"[A-Za-z]+|\d+", re.sub(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)", " ", printed))
    if get("MedlineDate") or not words or re.search(r"[-/]", printed):
        found = [(month(w), words[i + 1] if words[i + 1:] else "") for i, w in enumerate(words)
                 if w[:3].lower() in MONTHS]
        put(result, "month", found[0][0] if found else 0)
        put(result, "day", int(found[0][1]) if found and found[0][1].isdigit() else 0)
        put(result, "end_month", found[1][0] if len(found) > 1 else 0)
        if len(found) == 1 and re.search(r"[A-Za-z] \d+ ?[-/] ?\d+$", printed):
            result["end_month"] = found[0][0]
        put(result, "season", next((SEASONS[w.lower()] for w in words if w.lower() in SEASONS), 0))
    else:
        put(result, "month", month(get("Month")) if get("Month") else 0)
        number = int(get("Day")) if get("Day").isdigit() and result.get("month") else 0
        put(result, "day", number if number <= 31 else 0)
        put(result, "season", SEASONS.get(get("Season").lower(), 0))
    if not printed:
        return None
    for part, most in (("Hour", 23), ("Minute", 59)):
        if get(part).isdigit() and int(get(part)) <= most:
            put(result, part.lower(), int(get(part)) + 1)
    return result


def orcid(text):
    digits = re.sub(r"[^0-9Xx]", "", text.rsplit("/", 1)[-1]).upper()
    return "-".join(re.findall("....", digits)) if re.fullmatch(r"\d{15}[\dX]", digits) else None


def affiliations(person):
    result = []
    for info in person:
        if local(info) == "AffiliationInfo":
            a = {}
            put(a, "text", expected_markup(info.find("Affiliation")))
            put(a, "identifiers", [{"scheme": i.get("Source").lower(), "value": plain(i)}
                                   for i in info.findall("Identifier") if plain(i)])
            if a:
                result.append(a)
        elif local(info) == "Affiliation" and plain(info):
            result.append({"text": expected_markup(info)})
    return result


def person(element, role, group=None):
    n = {"role": role}
    put(n, "family", expected_markup(element.find("LastName")))
    given = plain(element.find("ForeName"))
    if not given and plain(element.find("FirstName")):
        given = " ".join(filter(None, (plain(element.find("FirstName")),
                                       plain(element.find("MiddleName")))))
    put(n, "given", given)
    put(n, "initials", plain(element.find("Initials")))
    put(n, "suffix", expected_markup(element.find("Suffix")))
    put(n, "collective", expected_markup(element.find("CollectiveName")))
    others = []
    for i in element.findall("Identifier"):
        if i.get("Source", "").upper() == "ORCID" and orcid(plain(i) or ""):
            n.setdefault("orcid", orcid(plain(i)))
        elif plain(i):
            others.append({"scheme": i.get("Source", "").lower(), "value": plain(i)})
    put(n, "identifiers", others)
    put(n, "affiliations", affiliations(element))
    put(n, "superseded", element.get("ValidYN") == "N")
    put(n, "equal_contribution", element.get("EqualContrib") == "Y")
    put(n, "group", group)
    if not (n.get("family") or n.get("given") or n.get("collective")):
        return None
    if n.get("family") in ("et al", "et al.") and not n.get("given"):
        return None
    return n


def doi(text):
    text = re.sub(r"(?i)^(https?://)?(dx\.|www\.)?(doi\.org/)?(doi:)?\s*", "", text or "").rstrip(".")
    return text if re.match(r"10\.[\d.]{2,}/.", text) else None


def sections(abstract):
    result = []
    for text in abstract.findall("AbstractText"):
        s = {}
        put(s, "label", strip(text.get("Label")))
        put(s, "category", strip(text.get("NlmCategory")))
        put(s, "text", expected_markup(text))
        if s.get("text") or s.get("label"):
            result.append(s)
    return result


def ids_of(elements, attribute, default):
    return [(e.get(attribute, default).lower(), plain(e), e.get("ValidYN") == "N")
            for e in elements if plain(e)]


def references(lists):
    result = []

    def walk(element, title):
        for c in element:
            if local(c) == "Title":
                title = plain(c)
            elif local(c) == "Reference":
                r = {}
                put(r, "citation", expected_markup(c.find("Citation")))
                put(r, "identifiers", [{"scheme": s, "value": v} for s, v, _ in
                                       ids_of(c.findall("ArticleIdList/ArticleId"), "IdType", "pubmed")])
                put(r, "section", title)
                if r:
                    result.append(r)
            elif local(c) == "ReferenceList":
                walk(c, None)

    for element in lists:
        walk(element, None)
    return result


def headings(root):
    result = []
    for h in root.findall("MeshHeadingList/MeshHeading"):
        d = h.find("DescriptorName")
        d = h.find("Descriptor") if d is None else d
        if d is None:
            continue
        item = {}
        put(item, "ui", d.get("UI"))
        put(item, "name", plain(d))
        put(item, "major", d.get("MajorTopicYN") == "Y")
        put(item, "type", d.get("Type"))
        put(item, "automatic", d.get("AutoHM") == "Y")
        qualifiers = []
        for q in h.findall("QualifierName"):
            one = {}
            put(one, "ui", q.get("UI"))
            put(one, "name", plain(q))
            put(one, "major", q.get("MajorTopicYN") == "Y")
            put(one, "automatic", q.get("AutoHM") == "Y")
            qualifiers.append(one)
        put(item, "qualifiers", qualifiers)
        result.append(item)
    return result


def corrections(root):
    result = []
    elements = [(c, c.get("RefType")) for c in
                root.findall("CommentsCorrectionsList/CommentsCorrections")]
    elements += [(c, local(c)) for c in root.findall("CommentsCorrections/*")]
    for c, kind in elements:
        item = {}
        put(item, "type", kind)
        for tag, field in (("RefSource", "source"), ("PMID", "pmid"), ("DOI", "doi"), ("Note", "note")):
            put(item, field, plain(c.find(tag)))
        result.append(item)
    return result


def flat(elements, spec):
    """A list of items, each from (field, how) pairs."""
    result = []
    for e in elements:
        item = {}
        for field, how in spec:
            put(item, field, how(e))
        if item:
            result.append(item)
    return result


def attribute(name):
    return lambda e: strip(e.get(name))


def below(path):
    return lambda e: plain(e.find(path))


def pagination(r, root):
    put(r, "pages", plain(child(root, "Pagination/MedlinePgn")))
    start, end = (plain(child(root, "Pagination/" + t)) for t in ("StartPage", "EndPage"))
    if not r.get("pages") and start:
        r["pages"] = start + ("-" + end if end else "")


def common(r, root, article, data):
    """What articles and book documents share."""
    put(r, "vernacular_title", expected_markup(child(article, "VernacularTitle")))
    pagination(r, article)
    put(r, "languages", [plain(l) for l in article.findall("Language") if plain(l)])
    abstract = child(article, "Abstract")
    if abstract is not None:
        put(r, "abstract", sections(abstract))
        put(r, "abstract_copyright", expected_markup(abstract.find("CopyrightInformation")))
    put(r, "keywords", [k for l in root.findall("KeywordList") for k in flat(
        [e for e in l.findall("Keyword") if plain(e)],
        [("owner", lambda e, l=l: l.get("Owner", "NLM")), ("text", expected_markup),
         ("major", lambda e: e.get("MajorTopicYN") == "Y")])])
    put(r, "grants", flat(article.findall("GrantList/Grant"), [
        ("number", below("GrantID")), ("acronym", below("Acronym")), ("agency", below("Agency")),
        ("country", below("Country"))]))
    if data is not None:
        put(r, "publication_status", plain(data.find("PublicationStatus")))
        put(r, "objects", flat(data.findall("ObjectList/Object"), [
            ("type", attribute("Type")),
            ("parameters", lambda o: ["%s=%s" % (x.get("Name"), plain(x) or "")
                                      for x in o.findall("Param")])]))


def identifiers(r, locations, listed, other):
    every = []
    for scheme, value, invalid in locations + listed:
        item = {"scheme": scheme, "value": value}
        put(item, "invalid", invalid)
        if item not in every:
            every.append(item)
    put(r, "identifiers", every)
    taken_back = {v.lower() for s, v, bad in locations + listed if bad and s == "doi"}
    own = [doi(v) for s, v, bad in listed if s == "doi" and not bad and doi(v)]
    located = [doi(v) for s, v, bad in locations + listed if s == "doi" and not bad and doi(v)]
    sound = [d for d in located if d.lower() not in taken_back]
    best = own[0] if own else None
    if best is None or (best.lower() in taken_back and sound):
        best = sound[0] if sound else None
    put(r, "doi", best)
    put(r, "pii", next((v for s, v, bad in listed + locations if s == "pii" and not bad), None))
    pmc = [re.search(r"PMC\d+", v) for s, v, _ in listed if s in ("pmc", "pmcid")]
    pmc += [re.search(r"PMC\d+", v) for s, v in other if s == "nlm"]
    put(r, "pmcid", next((m.group(0) for m in pmc if m), None))


def names(r, authors, investigators, subjects):
    result = authors + [person(s, "subject") for s in subjects]
    groups = [n["collective"] for n in authors if n and n.get("collective")]
    for l in investigators:
        group = groups[0] if len(groups) == 1 and not l.get("ID") else None
        result += [person(i, "investigator", group) for i in l.findall("Investigator")]
    put(r, "names", [n for n in result if n])


def article(root, data):
    r = {"csl_type": "article-journal"}
    art = root.find("Article")
    art = ET.Element("Article") if art is None else art
    text = lambda path: plain(root.find(path))
    pmid = root.find("PMID")
    if pmid is not None and re.fullmatch(r"\s*\d+\s*", pmid.text or ""):
        r["pmid"] = pmid.text.strip().lstrip("0")
        r["pmid_version"] = int(pmid.get("Version", "1"))
    elif plain(pmid):
        r["key"] = plain(pmid)
    for name, field in (("Status", "status"), ("Owner", "owner"), ("IndexingMethod", "indexing_method")):
        put(r, field, root.get(name, "NLM" if name == "Owner" else None))
    put(r, "version_date", " ".join(filter(None, (root.get("VersionDate"), root.get("VersionID")))))
    put(r, "publication_model", art.get("PubModel"))
    put(r, "title", expected_markup(art.find("ArticleTitle")))
    for path, field in (("Journal/ISSN", "issn"), ("Journal/Title", "container_title"),
                        ("Journal/ISOAbbreviation", "container_title_iso"),
                        ("Journal/JournalIssue/Volume", "volume"),
                        ("Journal/JournalIssue/Issue", "issue")):
        put(r, field, plain(art.find(path)))
    if art.find("Journal/ISSN") is not None:
        put(r, "issn_type", art.find("Journal/ISSN").get("IssnType"))
    if art.find("Journal/JournalIssue") is not None:
        put(r, "medium", art.find("Journal/JournalIssue").get("CitedMedium"))
    for path, field in (("Country", "country"), ("MedlineTA", "container_title_medline"),
                        ("NlmUniqueID", "nlm_id"), ("ISSNLinking", "issn_linking")):
        put(r, field, text("MedlineJournalInfo/" + path))
    put(r, "nlm_id", r.get("nlm_id") or text("MedlineJournalInfo/NLMUniqueID"))
    common(r, root, art, data)
    dates = [("created", root.findall("DateCreated")), ("completed", root.findall("DateCompleted")),
             ("revised", root.findall("DateRevised")),
             ("issued", art.findall("Journal/JournalIssue/PubDate")),
             ("epublished", art.findall("ArticleDate"))]
    found = [date(e, kind) for kind, list_ in dates for e in list_]
    if data is not None:
        found += [date(e, "history:" + e.get("PubStatus", "unknown"))
                  for e in data.findall("History/PubMedPubDate")]
    put(r, "dates", [d for d in found if d])
    authors = []
    for l in art.findall("AuthorList"):
        authors += [person(a, "editor" if l.get("Type") == "editors" else "author")
                    for a in l.findall("Author")]
        # Until 2013 the first author's affiliation stood with the article.
        where = plain(art.find("Affiliation")) and authors and authors[0]
        if where and "affiliations" not in where:
            where["affiliations"] = [{"text": expected_markup(art.find("Affiliation"))}]
        if l.get("CompleteYN") == "N":
            r["names_incomplete"] = True
        if any(re.fullmatch(r"et al\.?", plain(a.find("LastName")) or "") for a in l):
            r["names_incomplete"] = True
    names(r, authors, root.findall("InvestigatorList"),
          root.findall("PersonalNameSubjectList/PersonalNameSubject"))
    put(r, "publication_types", flat(art.findall("PublicationTypeList/PublicationType"),
                                     [("ui", attribute("UI")), ("name", plain)]))
    put(r, "databanks", flat(art.findall("DataBankList/DataBank"), [
        ("name", below("DataBankName")),
        ("numbers", lambda e: [plain(n) for n in e.findall("AccessionNumberList/AccessionNumber")
                               if plain(n)])]))
    put(r, "chemicals", flat(root.findall("ChemicalList/Chemical"), [
        ("registry_number", below("RegistryNumber")),
        ("ui", lambda e: e.find("NameOfSubstance").get("UI")), ("name", below("NameOfSubstance"))]))
    put(r, "supplementaries", flat(root.findall("SupplMeshList/SupplMeshName"), [
        ("ui", attribute("UI")), ("name", plain), ("type", attribute("Type"))]))
    put(r, "headings", headings(root))
    put(r, "corrections", corrections(root))
    put(r, "conflict_of_interest", expected_markup(root.find("CoiStatement")))
    for path, field in (("CitationSubset", "citation_subsets"), ("GeneSymbolList/GeneSymbol", "genes"),
                        ("SpaceFlightMission", "space_flight_missions"), ("GeneralNote", "notes")):
        put(r, field, [plain(e) for e in root.findall(path) if plain(e)])
    other = [(e.get("Source", "").lower(), plain(e)) for e in root.findall("OtherID") if plain(e)]
    put(r, "other_ids", [{"scheme": s, "value": v} for s, v in other])
    abstracts = []
    for o in root.findall("OtherAbstract"):
        item = {}
        put(item, "type", o.get("Type"))
        put(item, "language", o.get("Language", "eng"))
        put(item, "sections", sections(o))
        put(item, "copyright", expected_markup(o.find("CopyrightInformation")))
        abstracts.append(item)
    put(r, "other_abstracts", abstracts)
    put(r, "extras", [{"tag": "NumberOfReferences", "value": plain(e)}
                      for e in root.findall("NumberOfReferences") if plain(e)])
    listed = data.findall("ArticleIdList/ArticleId") if data is not None else []
    identifiers(r, ids_of(art.findall("ELocationID"), "EIdType", ""),
                ids_of(listed, "IdType", "pubmed"), other)
    if data is not None:
        put(r, "references", references(data.findall("ReferenceList")))
        put(r, "urls", [plain(e) for e in data.findall("URL") if plain(e)])
    return r


def book(root, data):
    r = {}
    b = root.find("Book")
    b = ET.Element("Book") if b is None else b
    pmid = root.find("PMID")
    if plain(pmid):
        r["pmid"], r["pmid_version"] = plain(pmid), int(pmid.get("Version", "1"))
    title, book_title = (expected_markup(e) for e in (root.find("ArticleTitle"), b.find("BookTitle")))
    chapter = bool(title) and title != book_title
    r["csl_type"] = "chapter" if chapter else "book"
    put(r, "title", title or book_title)
    put(r, "book_title", book_title)
    if chapter:
        put(r, "container_title", plain(b.find("BookTitle")))
    for path, field in (("Publisher/PublisherName", "publisher"),
                        ("Publisher/PublisherLocation", "publisher_place"), ("Volume", "volume"),
                        ("Edition", "edition"), ("CollectionTitle", "collection_title"),
                        ("Medium", "medium"), ("ReportNumber", "report_number")):
        put(r, field, plain(b.find(path)))
    put(r, "isbn", [plain(e) for e in b.findall("Isbn") if plain(e)])
    common(r, root, root, data)
    found = [date(e, kind) for kind, list_ in (
        ("issued", b.findall("PubDate")), ("beginning", b.findall("BeginningDate")),
        ("ending", b.findall("EndingDate")), ("contributed", root.findall("ContributionDate")),
        ("revised", root.findall("DateRevised"))) for e in list_]
    if data is not None:
        found += [date(e, "history:" + e.get("PubStatus", "unknown"))
                  for e in data.findall("History/PubMedPubDate")]
    put(r, "dates", [d for d in found if d])
    role = lambda l, default: "editor" if l.get("Type") == "editors" else default
    outer = [person(a, role(l, "container-author")) for l in b.findall("AuthorList")
             for a in l.findall("Author")]
    inner = [person(a, role(l, "author")) for l in root.findall("AuthorList")
             for a in l.findall("Author")]
    if not chapter and not any(n and n["role"] == "author" and not n.get("superseded") for n in inner):
        for n in outer:
            if n and n["role"] == "container-author":
                n["role"] = "author"
    names(r, outer + inner, b.findall("InvestigatorList") + root.findall("InvestigatorList"), [])
    put(r, "publication_types", flat(root.findall("PublicationType"),
                                     [("ui", attribute("UI")), ("name", plain)]))
    titles = [" ".join(filter(None, (below("LocationLabel")(e), below("SectionTitle")(e))))
              for e in root.iter("Section")]
    put(r, "sections", [t for t in titles if t])
    listed = root.findall("ArticleIdList/ArticleId")
    outside = data.findall("ArticleIdList/ArticleId") if data is not None else []
    identifiers(r, ids_of(listed, "IdType", "pubmed") + ids_of(b.findall("ELocationID"), "EIdType", ""),
                ids_of(outside, "IdType", "pubmed"), [])
    put(r, "references", references(root.findall("ReferenceList")))
    extras = [{"tag": "LocationLabel", "value": plain(e)} for e in root.findall("LocationLabel") if plain(e)]
    put(r, "extras", extras)
    return r


def items(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as f:
        root = ET.fromstring(f.read())
    stack = [root] if local(root) in ("PubmedArticle", "PubmedBookArticle", "MedlineCitation") else root
    for item in stack:
        kind = local(item)
        if kind == "PubmedArticle":
            citation = item.find("MedlineCitation")
            if citation is not None:
                yield article(citation, item.find("PubmedData"))
        elif kind == "MedlineCitation":
            yield article(item, None)
        elif kind == "PubmedBookArticle":
            yield book(item.find("BookDocument"), item.find("PubmedBookData"))
        elif kind in ("DeleteCitation", "DeleteDocument"):
            for pmid in item:
                yield {"deleted": plain(pmid), "version": int(pmid.get("Version", "1"))}


# What the oracle does not work out again: unit tests hold these.
NOT_COMPARED = {"page_first", "page_last", "article_number"}


def comparable(value):
    if isinstance(value, dict):
        is_date = "kind" in value
        return {k: comparable(v) for k, v in value.items()
                if k not in NOT_COMPARED and not (is_date and k in ("text", "end_year", "end_day",
                                                                    "end_season"))}
    if isinstance(value, list):
        return [comparable(v) for v in value]
    return value


def sorted_dates(record):
    if "dates" in record:
        record["dates"] = sorted(record["dates"], key=lambda d: (d["kind"], json.dumps(d)))
    return record


def compare(path, lines):
    seen, differing = collections.Counter(), collections.Counter()
    expected = list(items(path))
    actual = [json.loads(line) for line in lines]
    failed = [a for a in actual if "failed" in a]
    actual = [a for a in actual if "failed" not in a]
    if len(expected) != len(actual) or failed:
        print("%s: %d items expected, %d read, failures: %s" %
              (path, len(expected), len(actual), failed[:3]))
        differing["(items)"] += 1
    for e, a in zip(expected, actual):
        e, a = sorted_dates(comparable(e)), sorted_dates(comparable(a))
        for field in sorted(set(e) | set(a)):
            seen[field] += 1
            if e.get(field) != a.get(field):
                differing[field] += 1
                if differing[field] <= 3:
                    print("%s: PMID %s: %s\n  expected: %s\n  read:     %s" %
                          (path, e.get("pmid"), field, str(e.get(field))[:600], str(a.get(field))[:600]))
    return seen, differing


def main(arguments):
    if arguments[0] != "--compare":
        for path in arguments:
            for item in items(path):
                print(json.dumps(item, ensure_ascii=False))
        return 0
    seen, differing = collections.Counter(), collections.Counter()
    for path, output in zip(arguments[1::2], arguments[2::2]):
        with open(output, encoding="utf-8") as f:
            one, other = compare(path, f)
        seen += one
        differing += other
    for field in sorted(seen):
        print("%-24s %6d  differing %d" % (field, seen[field], differing[field]))
    print("%d values, %d differing" % (sum(seen.values()), sum(differing.values())))
    return 1 if differing else 0


sys.exit(main(sys.argv[1:]))
