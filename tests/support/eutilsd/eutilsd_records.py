"""The records behind the E-utilities stand-in: a PubMed XML file or invented records, each indexed for searching.

A set of records is a Python integer used as a bit set: bit n stands for the n-th record in order of PMID. Ranges,
AND, OR and NOT on a million records then take well under a millisecond, and nothing is held per record.
"""
import bisect
import datetime
import gzip
import mmap
import re
import shutil
import tempfile
import unicodedata
import xml.etree.ElementTree as ElementTree

MONTHS = {name: number + 1 for number, name in enumerate(
    "jan feb mar apr may jun jul aug sep oct nov dec".split())}
SEASONS = {"winter": 1, "spring": 4, "summer": 7, "autumn": 10, "fall": 10}
RECORD_START = re.compile(rb"<(PubmedArticle|PubmedBookArticle)(?:\s[^>]*)?>")
PMID_ELEMENT = re.compile(rb"<PMID([^>]*)>\s*(\d+)\s*</PMID>")
VERSION = re.compile(rb"Version\s*=\s*[\"'](\d+)[\"']")


# Which texts of a record a field covers. documented (PubMed help): [tiab] includes the author keywords.
TEXT_PARTS = {"ti": ("ti",), "ab": ("ab",), "ad": ("ad",), "ot": ("ot",), "tiab": ("ti", "ab", "ot"),
              "all": ("ti", "ab", "ot", "ad", "rest")}


class StoreError(Exception):
    """A record file cannot be used; the text is one sentence for the user."""


def plain(element):
    """The text of an element without its markup, white space collapsed; "" for None."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def normalize(text):
    """Lower case, no accents, punctuation turned to single spaces: the form in which words are compared."""
    text = text.casefold()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def date_parts(element):
    """(year, month, day) of a date element, 0 where a part is missing; None without a year."""
    if element is None:
        return None
    loose = plain(element.find("MedlineDate"))
    year = plain(element.find("Year")) or (re.findall(r"(?:1[6-9]|20)\d\d", loose) or [""])[0]
    if not year.isdigit():
        return None
    words = (plain(element.find("Month")) or plain(element.find("Season")) or loose).lower()
    month = int(words) if words.isdigit() else 0
    for word in re.findall(r"[a-z]+", words) if not month else []:
        month = MONTHS.get(word[:3], SEASONS.get(word, 0))
        if month:
            break
    day = plain(element.find("Day"))
    return int(year), month, int(day) if day.isdigit() else 0


def date_number(parts):
    """A date as YYYYMMDD. assumed: a missing month or day counts as the first, as in sortpubdate."""
    return parts[0] * 10000 + max(parts[1], 1) * 100 + max(parts[2], 1)


def bits(ordinals, size):
    """The bit set of some ordinals."""
    buffer = bytearray((size >> 3) + 1)
    for ordinal in ordinals:
        buffer[ordinal >> 3] |= 1 << (ordinal & 7)
    return int.from_bytes(buffer, "little")


def span(low, high):
    """The bit set of the ordinals low to high - 1."""
    return ((1 << (high - low)) - 1) << low if high > low else 0


def descending(mask):
    """The ordinals in a bit set, highest first."""
    digits = bin(mask)[2:]
    at = digits.find("1")
    while at >= 0:
        yield len(digits) - 1 - at
        at = digits.find("1", at + 1)


class Entry:
    """What is indexed of one record: padded texts, exact values by field, dates by kind, three sort keys."""

    def __init__(self, raw):
        self.text = dict.fromkeys(TEXT_PARTS["all"], " ")
        self.values = {}
        self.dates = {}
        self.keys = {"author": "", "journal": "", "pub_date": 0}
        try:
            root = ElementTree.fromstring(raw)
        except ElementTree.ParseError:
            return  # a broken record in the file stays fetchable by PMID
        citation = root.find("MedlineCitation")
        if citation is None:
            citation = root.find("BookDocument")
        if citation is not None:
            self.read(root, citation)

    def add(self, field, value):
        value = normalize(value)
        if value:
            self.values.setdefault(field, set()).add(value)

    def add_date(self, kind, parts):
        if parts:
            self.dates.setdefault(kind, set()).add(date_number(parts))

    def read(self, root, citation):
        article = citation.find("Article")
        if article is None:
            article = citation
        titles = [plain(article.find(name)) for name in ("ArticleTitle", "VernacularTitle", "Book/BookTitle")]
        abstracts = [plain(e) for path in ("Abstract", "OtherAbstract") for holder in (article, citation)
                     for e in holder.findall(path + "/AbstractText")]
        keywords = [plain(e) for e in citation.findall("KeywordList/Keyword")]
        places = [plain(e) for e in article.iter("Affiliation")]
        names = self.read_people(article) + self.read_headings(citation, article)
        journals = self.read_journal(citation, article)
        self.read_identifiers(root, article)
        self.read_dates(root, citation, article)
        self.read_subsets(citation, abstracts)
        groups = {"ti": titles, "ab": abstracts, "ad": places, "ot": keywords, "rest": names + journals}
        self.text = {field: " " + " | ".join(filter(None, map(normalize, parts))) + " "
                     for field, parts in groups.items()}

    def read_people(self, article):
        names = []
        for author in article.findall("AuthorList/Author"):
            family, group = plain(author.find("LastName")), plain(author.find("CollectiveName"))
            short = " ".join(filter(None, (family, plain(author.find("Initials"))))) or group
            self.add("au", short)
            self.add("cn", group)
            self.add("fau", family + " " + plain(author.find("ForeName")))
            if not names:
                self.add("1au", short)
                self.keys["author"] = normalize(short)
            names += [short, plain(author.find("ForeName"))]
            self.values["lastau"] = {normalize(short)}
        return names

    def read_headings(self, citation, article):
        names = []
        for heading in citation.findall("MeshHeadingList/MeshHeading"):
            descriptor = heading.find("DescriptorName")
            name = plain(descriptor)
            qualifiers = heading.findall("QualifierName")
            major = any(e.get("MajorTopicYN") == "Y" for e in heading)
            for field in ("mh", "majr") if major else ("mh",):
                self.add(field, name)
            for qualifier in qualifiers:
                self.add("sh", plain(qualifier))
                self.add("mh", name + " " + plain(qualifier))
                if qualifier.get("MajorTopicYN") == "Y":
                    self.add("majr", name + " " + plain(qualifier))
            names += [name] + [plain(e) for e in qualifiers]
        for field, path in (("pt", "PublicationTypeList/PublicationType"), ("pt", "PublicationType"),
                            ("la", "Language"), ("gr", "GrantList/Grant/GrantID")):
            for element in article.findall(path):
                self.add(field, plain(element))
                names.append(plain(element))
        for field, path in (("nm", "ChemicalList/Chemical/NameOfSubstance"), ("nm", "SupplMeshList/SupplMeshName")):
            for element in citation.findall(path):
                self.add(field, plain(element))
                names.append(plain(element))
        if "eng" in self.values.get("la", ()):
            self.add("la", "english")
        return names

    def read_journal(self, citation, article):
        paths = ("MedlineJournalInfo/MedlineTA", "Article/Journal/ISOAbbreviation", "Article/Journal/Title",
                 "Article/Journal/ISSN", "MedlineJournalInfo/ISSNLinking", "MedlineJournalInfo/NlmUniqueID")
        names = [plain(citation.find(path)) for path in paths]
        for name in names:
            self.add("ta", name)
        self.keys["journal"] = normalize(names[0])
        for field, path in (("vi", "Journal/JournalIssue/Volume"), ("ip", "Journal/JournalIssue/Issue"),
                            ("pg", "Pagination/MedlinePgn"), ("pg", "Pagination/StartPage")):
            self.add(field, plain(article.find(path)))
        return names[:3]

    def read_identifiers(self, root, article):
        data = root.find("PubmedData")
        if data is None:
            data = root.find("PubmedBookData")
        for element in article.findall("ELocationID"):
            self.add("aid", plain(element))
        for element in data.findall("ArticleIdList/ArticleId") if data is not None else []:
            self.add("aid", plain(element))

    def read_dates(self, root, citation, article):
        """reference B5: crdt is the history date "entrez", mhda "medline", mdat the revision."""
        history = {}
        for element in root.findall("*/History/PubMedPubDate"):
            history.setdefault(element.get("PubStatus"), date_parts(element))
        entered = history.get("entrez") or history.get("pubmed")
        self.add_date("crdt", entered)
        self.add_date("edat", entered)  # assumed: the later setting of edat for late entries is not modelled
        self.add_date("mhda", history.get("medline") or entered)  # documented: equals edat until indexed
        self.add_date("dcom", date_parts(citation.find("DateCompleted")))
        self.add_date("mdat", date_parts(citation.find("DateRevised")) or entered)
        printed = date_parts(article.find("Journal/JournalIssue/PubDate") if article.find("Journal") is not None
                             else article.find("Book/PubDate"))
        online = date_parts(article.find("ArticleDate"))
        self.add_date("ppdat", printed)
        self.add_date("epdat", online)
        for parts in (printed, online):  # documented (PubMed help): [dp] matches the print and the electronic date
            self.add_date("pdat", parts)
        self.keys["pub_date"] = date_number(printed or online or (0, 0, 0))

    def read_subsets(self, citation, abstracts):
        status = {"MEDLINE": "medline", "PubMed-not-MEDLINE": "pubmednotmedline", "Publisher": "publisher"}
        self.add("sb", status.get(citation.get("Status"), "inprocess"))
        if any(abstracts):
            self.add("sb", "hasabstract")
        for value in list(self.values.get("mh", ())) + list(self.values.get("la", ())):
            self.add("sb", value)  # humans[filter], english[filter]


class Store:
    """What the search needs to know; `pmids` is a rising sequence."""

    pmids = ()

    @property
    def size(self):
        return len(self.pmids)

    @property
    def everything(self):
        return span(0, self.size)

    def ordinal(self, pmid):
        at = bisect.bisect_left(self.pmids, pmid)
        return at if at < self.size and self.pmids[at] == pmid else None

    def uids(self, low, high):
        return span(bisect.bisect_left(self.pmids, low), bisect.bisect_right(self.pmids, high))

    def ranked(self, mask, sort):
        """The ordinals in a bit set in the order of `sort`. assumed: the default is the newest PMID first."""
        key = {"pub_date": lambda n: (-self.key(n, "pub_date"), -n), "author": lambda n: (self.key(n, "author"), -n),
               "journal": lambda n: (self.key(n, "journal"), -n)}.get(sort)
        return descending(mask) if key is None else sorted(descending(mask), key=key)


class FileStore(Store):
    """Records of PubMed XML files, plain or gzip. efetch answers with the very bytes of the file."""

    def __init__(self, paths):
        self.files = []
        places = {}
        for path in paths:
            self.scan(path, places)
        if not places:
            raise StoreError(f"{', '.join(paths)}: no <PubmedArticle> or <PubmedBookArticle> with a PMID was found")
        self.pmids = sorted(places)
        self.places = [places[pmid][1:] for pmid in self.pmids]
        self.texts, self.sorts = [], []
        self.words, self.exacts, dates = {}, {}, {}
        for ordinal in range(self.size):
            entry = Entry(self.raw(ordinal))
            self.texts.append(entry.text)
            self.sorts.append(entry.keys)
            for word in set("".join(entry.text.values()).replace("|", " ").split()):
                self.words.setdefault(word, []).append(ordinal)
            for field, values in entry.values.items():
                for value in values:
                    self.exacts.setdefault(field, {}).setdefault(value, []).append(ordinal)
            for kind, numbers in entry.dates.items():
                dates.setdefault(kind, []).extend((number, ordinal) for number in numbers)
        self.calendar = {kind: sorted(pairs) for kind, pairs in dates.items()}
        self.vocabulary = sorted(self.words)
        self.sorted_values = {field: sorted(values) for field, values in self.exacts.items()}

    def scan(self, path, places):
        """Note where each record of a file lies. assumed: of one PMID the highest version, then the last, counts."""
        try:
            with open(path, "rb") as source:
                packed = source.read(2) == b"\x1f\x8b"
            handle = tempfile.TemporaryFile() if packed else open(path, "rb")
            if packed:
                with gzip.open(path) as source:
                    shutil.copyfileobj(source, handle)
                handle.flush()
            data = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, EOFError, ValueError) as problem:
            raise StoreError(f"{path}: cannot be read ({problem})") from None
        self.files.append(data)
        start = RECORD_START.search(data)
        while start:
            closing = b"</" + start.group(1) + b">"
            end = data.find(closing, start.end())
            if end < 0:
                raise StoreError(f"{path}: the record at byte {start.start()} has no {closing.decode()}")
            end += len(closing)
            pmid = PMID_ELEMENT.search(data, start.end(), end)
            if pmid:
                version = VERSION.search(pmid.group(1))
                rank = (int(version.group(1)) if version else 1, len(self.files), start.start())
                number = int(pmid.group(2))
                if number not in places or places[number][0] < rank:
                    places[number] = (rank, len(self.files) - 1, start.start(), end)
            start = RECORD_START.search(data, end)

    def raw(self, ordinal):
        file, start, end = self.places[ordinal]
        return self.files[file][start:end]

    def key(self, ordinal, name):
        return self.sorts[ordinal][name]

    def text(self, field, words, prefix):
        """Records where the words stand side by side in a text field; with `prefix` the last word may go on."""
        found = -1
        for number, word in enumerate(words):
            if prefix and number == len(words) - 1:
                at = bisect.bisect_left(self.vocabulary, word)
                end = bisect.bisect_left(self.vocabulary, word + "\uffff")
                found &= bits((n for w in self.vocabulary[at:end] for n in self.words[w]), self.size)
            else:
                found &= bits(self.words.get(word, ()), self.size)
        if field == "all" and len(words) == 1:
            return found
        needle = " " + " ".join(words) + ("" if prefix else " ")
        return bits((n for n in descending(found) if any(needle in self.texts[n][part] for part in TEXT_PARTS[field])),
                    self.size)

    def exact(self, field, value, prefix):
        if not prefix:
            return bits(self.exacts.get(field, {}).get(value, ()), self.size)
        known = self.sorted_values.get(field, [])
        matches = known[bisect.bisect_left(known, value):bisect.bisect_left(known, value + "\uffff")]
        return bits((n for v in matches for n in self.exacts[field][v]), self.size)

    def dates(self, kind, low, high):
        pairs = self.calendar.get(kind, [])
        at, end = bisect.bisect_left(pairs, (low, 0)), bisect.bisect_right(pairs, (high, self.size))
        return bits((ordinal for _, ordinal in pairs[at:end]), self.size)

    def suggest(self):
        return self.vocabulary


SYNTHETIC = """<PubmedArticle>
<MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<DateCompleted>{completed}</DateCompleted><DateRevised>{revised}</DateRevised>
<Article PubModel="Print"><Journal><ISSN IssnType="Print">0000-0000</ISSN><JournalIssue CitedMedium="Print">
<Volume>1</Volume><Issue>1</Issue><PubDate>{published}</PubDate></JournalIssue>
<Title>Journal of invented records</Title><ISOAbbreviation>J Invented Rec</ISOAbbreviation></Journal>
<ArticleTitle>Synthetic record {n}, invented: group{group} batch{batch}.</ArticleTitle>
<Pagination><MedlinePgn>{n}</MedlinePgn></Pagination>
<Abstract><AbstractText>Invented text for load tests; no such article exists.</AbstractText></Abstract>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Invented</LastName><ForeName>A</ForeName>\
<Initials>A</Initials></Author></AuthorList>
<Language>eng</Language><PublicationTypeList>{types}</PublicationTypeList></Article>
<MedlineJournalInfo><MedlineTA>J Invented Rec</MedlineTA></MedlineJournalInfo>
<MeshHeadingList><MeshHeading><DescriptorName UI="{ui}" MajorTopicYN="Y">{heading}</DescriptorName></MeshHeading>\
<MeshHeading><DescriptorName UI="D006801" MajorTopicYN="N">Humans</DescriptorName></MeshHeading></MeshHeadingList>
</MedlineCitation>
<PubmedData><History><PubMedPubDate PubStatus="entrez">{created}</PubMedPubDate>\
<PubMedPubDate PubStatus="medline">{completed}</PubMedPubDate></History>
<PublicationStatus>ppublish</PublicationStatus>\
<ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle>"""


class SyntheticStore(Store):
    """`count` invented records made when asked for; only the rules below are held in memory.

    Record n has PMID base + n. Creation dates rise with n over 20 years from 2000-01-01; from 100,000 records on,
    12,000 in the middle share one day, so that slicing by day is not enough (reference B5). Odd n are on neck pain,
    even n on tension-type headache; every 20th is a randomized trial, the next one a review.
    """

    FIRST_DAY = datetime.date(2000, 1, 1).toordinal()
    DAYS = 7300
    LATER = {"crdt": 0, "edat": 0, "pdat": 0, "ppdat": 0, "mdat": 30, "mhda": 60, "dcom": 60}
    TITLE = "synthetic record invented".split()
    ABSTRACT = "invented text for load tests no such article exists".split()
    ELSEWHERE = "humans english eng journal of records j rec a".split()

    def __init__(self, count, base):
        if count < 1 or base < 1:
            raise StoreError("--synthetic and --synthetic-base want a number above 0")
        self.pmids = range(base, base + count)
        self.bulk = 12000 if count >= 100000 else 0
        self.bulk_at = (count - self.bulk) // 2
        self.per_day = -(-(count - self.bulk) // self.DAYS)
        # every `period` records from number `residue` on hold the value
        self.rules = {
            "mh": {"tension type headache": (2, 0), "neck pain": (2, 1), "humans": (1, 0)},
            "majr": {"tension type headache": (2, 0), "neck pain": (2, 1)},
            "pt": {"journal article": (1, 0), "randomized controlled trial": (20, 0), "review": (20, 1)},
            "la": {"eng": (1, 0), "english": (1, 0)}, "vi": {"1": (1, 0)}, "ip": {"1": (1, 0)},
            "au": {"invented a": (1, 0)}, "1au": {"invented a": (1, 0)}, "lastau": {"invented a": (1, 0)},
            "fau": {"invented a": (1, 0)}, "ta": {"j invented rec": (1, 0), "journal of invented records": (1, 0)},
            "sb": {"medline": (1, 0), "hasabstract": (1, 0), "humans": (1, 0), "english": (1, 0)}}

    def stride(self, period, residue):
        mask, width = 1 << residue, period
        while width < self.size:
            mask |= mask << width
            width *= 2
        return mask & self.everything

    def day(self, n):
        if n >= self.bulk_at:
            n = self.bulk_at if n < self.bulk_at + self.bulk else n - self.bulk
        return self.FIRST_DAY + n // self.per_day

    def raw(self, ordinal):
        def date(later):
            day = datetime.date.fromordinal(self.day(ordinal) + later)
            return f"<Year>{day.year}</Year><Month>{day.month:02d}</Month><Day>{day.day:02d}</Day>"
        types = [name for name, (period, residue) in (("Randomized Controlled Trial", (20, 0)), ("Review", (20, 1)))
                 if ordinal % period == residue]
        uis = {"Journal Article": "D016428", "Randomized Controlled Trial": "D016449", "Review": "D016454"}
        types = "".join(f'<PublicationType UI="{uis[t]}">{t}</PublicationType>' for t in types + ["Journal Article"])
        ui, heading = ("D019547", "Neck Pain") if ordinal % 2 else ("D018781", "Tension-Type Headache")
        return SYNTHETIC.format(pmid=self.pmids[ordinal], n=ordinal, group=ordinal % 10, batch=ordinal % 1000,
                                types=types, ui=ui, heading=heading, created=date(0), published=date(0),
                                revised=date(30), completed=date(60)).encode()

    def key(self, ordinal, name):
        return self.day(ordinal) if name == "pub_date" else "invented a"

    def word(self, field, word):
        title, abstract = field in ("ti", "tiab", "all"), field in ("ab", "tiab", "all")
        if (title and word in self.TITLE) or (abstract and word in self.ABSTRACT):
            return self.everything
        tag = re.fullmatch(r"(group|batch)(\d{1,9})", word)
        if tag and title:
            period = 10 if tag.group(1) == "group" else 1000
            return self.stride(period, int(tag.group(2))) if int(tag.group(2)) < period else 0
        if title and word.isdigit() and len(word) < 10:
            return span(int(word), int(word) + 1) & self.everything
        if field != "all":
            return 0
        found = self.everything if word in self.ELSEWHERE else 0
        for rules in (self.rules["mh"], self.rules["pt"]):
            for value, (period, residue) in rules.items():
                if word in value.split():
                    found |= self.stride(period, residue)
        return found

    def text(self, field, words, prefix):
        """The words anywhere in the field: side by side is not checked, and truncation means the whole word."""
        found = self.everything
        for word in words:
            found &= self.word(field, word)
        return found

    def exact(self, field, value, prefix):
        found = 0
        for known, (period, residue) in self.rules.get(field, {}).items():
            if known == value or (prefix and known.startswith(value)):
                found |= self.stride(period, residue)
        return found

    def dates(self, kind, low, high):
        if kind not in self.LATER:
            return 0

        def number(n):
            day = datetime.date.fromordinal(self.day(n) + self.LATER[kind])
            return day.year * 10000 + day.month * 100 + day.day
        ordinals = range(self.size)
        return span(bisect.bisect_left(ordinals, low, key=number), bisect.bisect_right(ordinals, high, key=number))

    def suggest(self):
        return self.TITLE + self.ABSTRACT
