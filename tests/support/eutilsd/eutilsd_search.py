"""PubMed's search language over a record store: a small, stated subset that answers truly.

Each rule carries a mark: `observed` (seen in a recorded real reply), `documented` (PubMed help, or the project's
E-utilities reference that names its source) or `assumed` (our guess).
"""
import calendar
import datetime
import re

from eutilsd_records import normalize

TOKEN = re.compile(r'\s+|(?P<open>\()|(?P<close>\))|"(?P<quoted>[^"]*)"?|\[(?P<tag>[^\]]*)\]?|(?P<colon>:)'
                   r'|(?P<word>[^\s()"\[\]:]+)')
MAX_TOKENS = 20000
MAX_DEPTH = 100
# assumed: PubMed's stop word list is longer
STOP_WORDS = frozenset("a about an and are as at be by for from in into is it not of on or that the their this to was "
                       "were with".split())


def fields(*rows):
    table = {}
    for kind, key, display, tags in rows:
        for tag in tags.split("|") + [display.lower()]:
            table[tag] = (kind, key, display)
    return table


# Display names: observed for All Fields, MeSH Terms, Journal, Volume, Date - Entry; the others as EInfo lists them.
FIELDS = fields(
    ("text", "all", "All Fields", "all|tw|text word|text words|word"), ("text", "ti", "Title", "ti|titl"),
    ("text", "tiab", "Title/Abstract", "tiab"), ("text", "ab", "Abstract", "ab"),
    ("text", "ad", "Affiliation", "ad|affl"), ("text", "ot", "Other Term", "ot|otrm"),
    # documented: [mh] includes narrower headings. Not here: there is no tree, every heading stands for itself
    ("exact", "mh", "MeSH Terms", "mh|mesh|mesh term"), ("exact", "mh", "MeSH Terms:noexp", "mh:noexp|mesh:noexp"),
    ("exact", "majr", "MeSH Major Topic", "majr|majr:noexp"), ("exact", "sh", "MeSH Subheading", "sh|subh|subheading"),
    ("exact", "pt", "Publication Type", "pt|ptyp|pt:noexp"), ("exact", "nm", "Supplementary Concept", "nm|subs"),
    ("author", "au", "Author", "au|auth"), ("author", "1au", "Author - First", "1au|faut|first author"),
    ("author", "lastau", "Author - Last", "lastau|laut|last author"), ("exact", "fau", "Author - Full", "fau|full"),
    ("exact", "cn", "Author - Corporate", "cn|coln|corporate author"),
    ("exact", "ta", "Journal", "ta|jour|is|issn|jid"), ("exact", "la", "Language", "la|lang"),
    ("exact", "aid", "Article Identifier", "aid|doi|lid|pmc|pmcid|pii|location id"),
    ("exact", "vi", "Volume", "vi|vol"),
    ("exact", "ip", "Issue", "ip|iss"), ("exact", "pg", "Pagination", "pg|page"), ("exact", "gr", "Grants", "gr|grnt"),
    ("exact", "sb", "Filter", "sb|subset|filt|fha"), ("uid", "uid", "UID", "uid|pmid"),
    ("date", "pdat", "Date - Publication", "dp|pdat|publication date"),
    ("date", "ppdat", "Print Publication Date", "ppdat|ppdt"),
    ("date", "epdat", "Electronic Publication Date", "epdat|epdt"),
    ("date", "edat", "Date - Entry", "edat|entrez date|entry date"),
    ("date", "crdt", "Date - Create", "crdt|create date"),
    ("date", "mdat", "Date - Modification", "mdat|lr|modification date"),
    ("date", "mhda", "Date - MeSH", "mhda|mesh date"),
    ("date", "dcom", "Date - Completion", "dcom|cdat|completion date"))


class QueryError(Exception):
    """The whole query is refused; the text goes into <ERROR>."""


def parse_date(text):
    """(first day, last day) of YYYY, YYYY/MM or YYYY/MM/DD as numbers YYYYMMDD; None for anything else.

    documented (reference B2): dashes are accepted and normalized.
    """
    match = re.fullmatch(r"(\d{4})(?:[/-](\d{1,2})(?:[/-](\d{1,2}))?)?", text.strip())
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if month > 12 or day > 31:
        return None
    low = year * 10000 + max(month, 1) * 100 + max(day, 1)
    if day:
        return low, low
    last_month = month or 12
    last_day = calendar.monthrange(max(year, 1), last_month)[1]
    return low, year * 10000 + last_month * 100 + last_day


class Search:
    """One query, evaluated. After the constructor: mask, translation, translations [(from, to)], and four lists."""

    def __init__(self, store, term, field=None, history=None, dates=None):
        self.store, self.history = store, history
        self.translations, self.not_found, self.fields_not_found = [], [], []
        self.ignored, self.quoted_not_found = [], []
        self.unknown = []  # the phrases not found, as the translation shows them
        self.default_tag = field
        self.tokens = self.split(term)
        self.at = 0
        mask, text, joint = self.expression(0)
        if mask is None:
            # observed (esearch8.xml): nothing known in the query gives 0 hits and the phrase in parentheses
            mask, joint = 0, None
            text = "(" + " AND ".join(self.unknown) + ")" if self.unknown else ""
        elif dates:
            mask, text, joint = self.join((mask, text, joint), "AND", dates)
        self.mask, self.translation = mask, text

    @staticmethod
    def split(term):
        tokens, at = [], 0
        while at < len(term):
            match = TOKEN.match(term, at)
            at = match.end() if match else at + 1  # a stray bracket is passed over
            if match and match.lastgroup:
                tokens.append((match.lastgroup, match.group(match.lastgroup)))
        if len(tokens) > MAX_TOKENS:
            raise QueryError("Search Backend failed: the query is too complex")  # assumed
        return tokens

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else (None, None)

    def expression(self, depth):
        """documented (PubMed help): AND, OR and NOT, in capitals, are worked off from left to right."""
        if depth > MAX_DEPTH:
            raise QueryError("Search Backend failed: the query is nested too deeply")  # assumed
        result, operator = (None, "", None), "AND"
        first = True
        while True:
            kind, value = self.peek()
            if kind is None or kind == "close":
                break
            if kind == "word" and value in ("AND", "OR", "NOT"):
                self.at += 1
                operator = value
                if first and value == "NOT":
                    result = (self.store.everything, "all[sb]", None)
                continue
            operand = self.operand(depth)
            # documented (reference B2): what is unknown is dropped and the rest still runs
            if operand[0] is not None and result[0] is not None:
                result = self.join(result, operator, operand)
            elif operand[0] is not None and operator != "NOT":
                result = operand
            operator, first = "AND", False
        return result

    @staticmethod
    def join(left, operator, right):
        mask = {"AND": lambda a, b: a & b, "OR": lambda a, b: a | b, "NOT": lambda a, b: a & ~b}[operator](
            left[0], right[0])
        one = f"({left[1]})" if left[2] not in (None, operator) else left[1]
        two = f"({right[1]})" if right[2] not in (None, operator) or (right[2] and operator == "NOT") else right[1]
        return mask, f"{one} {operator} {two}", operator

    def operand(self, depth):
        kind, value = self.peek()
        if kind == "open":
            self.at += 1
            result = self.expression(depth + 1)
            if self.peek()[0] == "close":
                self.at += 1
            return result
        if kind in ("tag", "colon"):  # nothing to apply it to
            self.at += 1
            return None, "", None
        text, quoted = self.phrase()
        tag = self.tag()
        if self.peek()[0] == "colon":
            self.at += 1
            if self.peek()[0] in ("quoted", "word"):
                other = self.phrase()[0]
                return self.ranged(text, quoted, other, self.tag() or tag)
        return self.term(text, quoted, tag)

    def ranged(self, text, quoted, other, tag):
        """A range; words before its first end, as in `neck pain 2020:2021[dp]`, are a term of their own."""
        before = "" if quoted else text.rpartition(" ")[0]
        result = self.interval(text[len(before):].strip(), other, tag)
        term = self.term(before, False, None) if before else (None, "", None)
        return result if term[0] is None else self.join(term, "AND", result)

    def phrase(self):
        """(text, quoted) of a quoted phrase or of a run of words up to an operator, tag, colon or parenthesis."""
        kind, value = self.peek()
        self.at += 1
        if kind == "quoted":
            return value, True
        words = [value]
        while self.peek()[0] == "word" and self.peek()[1] not in ("AND", "OR", "NOT"):
            words.append(self.peek()[1])
            self.at += 1
        return " ".join(words), False

    def tag(self):
        if self.peek()[0] != "tag":
            return None
        value = self.peek()[1].strip().lower()
        self.at += 1
        return value

    def interval(self, low, high, tag):
        """observed (esearch2.xml): 2025/09/27:2025/11/26[Date - Entry]. PMID ranges: reference B5."""
        kind, key, display = FIELDS.get(tag or "", (None, None, None))
        if kind == "uid" and low.strip().isdigit() and high.strip().isdigit():
            return self.store.uids(int(low), int(high)), f"{int(low)}:{int(high)}[{display}]", None
        if kind == "date":
            return date_range(self.store, key, display, low, high)
        return self.term(f"{low}:{high}", False, tag)  # a colon inside text, as in "10.1000/a:b"

    def term(self, text, quoted, tag):
        text = text.strip()
        tag = tag or self.default_tag
        if re.fullmatch(r"#\d+", text) and self.history:
            mask = self.history(int(text[1:]))
            if mask is None:
                raise QueryError(f"Unable to obtain query {text}")  # observed text
            return mask, text, None
        if tag and tag.lower() not in FIELDS:
            # assumed: the unknown tag is named and dropped, its term is searched in all fields
            self.fields_not_found.append(tag)
            tag = None
        if not tag:
            return self.untagged(text, quoted)
        kind, key, display = FIELDS[tag.lower()]
        return getattr(self, "in_" + kind)(text, quoted, key, display)

    def in_date(self, text, quoted, key, display):
        days = re.fullmatch(r"last (\d{1,5}) (day|month|year)s?", text.lower())
        if days:  # documented (PubMed help): "last 30 days"[crdt]
            length = int(days.group(1)) * {"day": 1, "month": 30, "year": 365}[days.group(2)]
            return relative(self.store, key, display, length)
        return date_range(self.store, key, display, text, text)

    def in_uid(self, text, quoted, key, display):
        mask, shown = 0, []
        for part in re.split(r"[\s,]+", text):
            if part.isdigit():
                ordinal = self.store.ordinal(int(part))
                mask |= 0 if ordinal is None else 1 << ordinal
                shown.append(f"{int(part)}[{display}]")
        return mask, " OR ".join(shown) or f"{text}[{display}]", "OR" if len(shown) > 1 else None

    def in_exact(self, text, quoted, key, display):
        """A controlled value. assumed: the real index knows them all, so one without hits is 0 hits, not dropped."""
        value = normalize(text)
        if key == "sb" and value == "all":  # documented (PubMed help): all[sb] is everything
            return self.store.everything, "all[Filter]", None
        mask = self.store.exact(key, value, text.endswith("*")) if value else 0
        return mask, f'"{value}"[{display}]', None

    def in_author(self, text, quoted, key, display):
        """documented (PubMed help): a name without quotes is truncated after the initials given."""
        value = normalize(text)
        mask = self.store.exact(key, value, False) if value else 0
        if value and not quoted:
            mask |= self.store.exact(key, value if " " in value else value + " ", True)
        return mask, f'"{value}"[{display}]' if quoted else f"{value}[{display}]", None

    def in_text(self, text, quoted, key, display):
        prefix = text.endswith("*")
        words = normalize(text).split()
        if not words:
            return None, "", None
        mask = self.store.text(key, words, prefix)
        shown = " ".join(words) + ("*" if prefix else "")
        if mask or self.known(words, prefix) and len(words) == 1:
            return mask, f"{shown}[{display}]" if prefix else f'"{shown}"[{display}]', None
        if len(words) == 1:
            self.not_found.append(text)
            self.unknown.append(f"{text}[{display}]")
            return None, "", None
        if quoted:
            # documented (reference B2, the list QuotedPhraseNotFound); assumed: then its words are joined by AND
            self.quoted_not_found.append(f'"{text}"')
        return self.all_words(text, key, display)

    def all_words(self, text, key, display):
        result = (None, "", None)
        pieces = [(word, normalize(word).split()) for word in text.split()]
        for word in [w for word, parts in pieces for w in ([word] if len(parts) == 1 else parts)]:
            if normalize(word) in STOP_WORDS:
                self.ignored.append(word)
                continue
            part = self.in_text(word, False, key, display)
            if part[0] is not None:
                result = part if result[0] is None else self.join(result, "AND", part)
        return result

    def known(self, words, prefix):
        return self.store.text("all", words, prefix) != 0

    def untagged(self, text, quoted):
        if quoted:
            return self.in_text(text, True, "all", "All Fields")
        words = text.split()
        if all(re.fullmatch(r"\d{5,}(,\d{5,})*,?", word) for word in words):
            return self.in_uid(text, False, "uid", "UID")  # documented (PubMed help); assumed: from 5 digits on
        if text.lower() in ("hasabstract", "all[sb]"):  # observed (esearch5.xml)
            return self.store.exact("sb", text.lower(), False), f"{text.lower()}[All Fields]", None
        result, at = (None, "", None), 0
        while at < len(words):
            part, used = self.mapped(words[at:at + 6])
            at += used
            if part[0] is not None:
                result = part if result[0] is None else self.join(result, "AND", part)
        return result

    def mapped(self, words):
        """observed (esearch5.xml): words that are a heading search for the heading, the words and the phrase."""
        for count in range(len(words), 0, -1):
            heading = " ".join(normalize(word) for word in words[:count])
            if heading in STOP_WORDS and count == 1:
                self.ignored.append(words[0])
                return (None, "", None), 1
            mask = self.store.exact("mh", heading, False) if heading and "*" not in "".join(words[:count]) else 0
            if not mask:
                continue
            parts = heading.split()
            shown = f'"{heading}"[MeSH Terms]'
            both = self.store.everything
            for part in parts:
                both &= self.store.text("all", [part], False)
            if len(parts) > 1:
                shown += " OR (" + " AND ".join(f'"{part}"[All Fields]' for part in parts) + ")"
            shown += f' OR "{heading}"[All Fields]'
            self.translations.append((" ".join(words[:count]), shown))
            return (mask | both, shown, "OR"), count
        return self.in_text(words[0], False, "all", "All Fields"), 1


def date_range(store, key, display, low, high):
    """A date search. assumed: a date that cannot be read matches nothing; the order of the ends does not matter."""
    first, last = parse_date(low), parse_date(high)
    shown = low if low == high else f"{low}:{high}"
    if not first or not last:
        return 0, f"{shown}[{display}]", None
    start, end = min(first[0], last[0]), max(first[1], last[1])
    return store.dates(key, start, end), f"{shown.replace('-', '/')}[{display}]", None


def relative(store, key, display, days):
    today = datetime.date.today()
    first = today - datetime.timedelta(days=days)
    return date_range(store, key, display, first.strftime("%Y/%m/%d"), today.strftime("%Y/%m/%d"))


def date_limit(store, params):
    """The operand for datetype, reldate, mindate and maxdate, or None.

    documented (reference B2): one of mindate and maxdate alone is silently ignored. observed: the form shown.
    """
    kind, key, display = FIELDS.get(params.get("datetype", "pdat").lower(), (None, None, None))
    if kind != "date":
        kind, key, display = FIELDS["pdat"]  # assumed
    if params.get("reldate", "").isdigit():
        return relative(store, key, display, min(int(params["reldate"]), 100000))
    if params.get("mindate") and params.get("maxdate"):
        return date_range(store, key, display, params["mindate"], params["maxdate"])
    return None
