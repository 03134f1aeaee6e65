"""What each E-utility of the stand-in answers, computed from the record store.

Each rule carries a mark: `observed` (seen in a recorded real reply), `documented` (NCBI's documentation or the
project's E-utilities reference, which names its source) or `assumed` (our guess).
"""
import array
import collections
import difflib
import json
import random
import re
import threading
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape

from eutilsd_records import bits, date_parts, descending, normalize, plain
from eutilsd_search import FIELDS, QueryError, Search, date_limit

XML = "text/xml; charset=UTF-8"  # observed header
JSON = "application/json; charset=UTF-8"  # assumed
HTML = "text/html; charset=utf-8"  # observed (the 414 reply)
TEXT = "text/plain; charset=UTF-8"  # assumed
HEAD = '<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE {root} PUBLIC "-//NLM//DTD {name} {day}//EN" ' \
       '"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/{day}/{file}.dtd">\n'
ESEARCH = HEAD.format(root="eSearchResult", name="esearch", day="20060628", file="esearch")  # observed, as the next
EFETCH = HEAD.format(root="eEfetchResult", name="efetch", day="20131226", file="efetch")
EPOST = HEAD.format(root="ePostResult", name="epost", day="20090526", file="epost")
EINFO = HEAD.format(root="eInfoResult", name="einfo", day="20190110", file="einfo")
SUMMARY = HEAD.format(root="eSummaryResult", name="esummary v1", day="20041029", file="esummary-v1")
# assumed
SUMMARY_2 = HEAD.format(root="eSummaryResult", name="esummary pubmed", day="20160808", file="esummary_pubmed")
# observed (project's sample of EFetch replies of 2025)
ARTICLE_SET = '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025' \
              '//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
# observed; the advice that follows it is left out
RETSTART_ERROR = "Search Backend failed: Exception:\n'retstart' cannot be larger than 9998. For PubMed, ESearch can " \
                 "only retrieve the first 9,999 records matching the query."
MAX_IDS = 9999  # observed: 9,999 although 10,000 is documented
MAX_JSON_SUMMARIES = 500  # observed


class Reply:
    """A status, a content type and a body: bytes, or an iterator of bytes when it is too large to hold."""

    def __init__(self, body, kind=XML, status=200, headers=None):
        self.body = body.encode() if isinstance(body, str) else body
        self.kind, self.status, self.headers = kind, status, dict(headers or {})


class BadRequest(Exception):
    """A request that cannot be answered: the sentence, and the status it goes with."""

    def __init__(self, text, status=200):
        super().__init__(text)
        self.status = status


def number(text, default):
    return int(text) if re.fullmatch(r"\d{1,12}", text or "") else default  # assumed: nonsense counts as absent


class Service:
    """The E-utilities over one store. Methods named after an endpoint take (parameters, fault) and give a Reply."""

    def __init__(self, store, strict=True, seed=0, history_seconds=0, now=None):
        self.store, self.strict, self.random = store, strict, random.Random(seed)
        self.history, self.lock = collections.OrderedDict(), threading.Lock()
        self.history_seconds, self.now = history_seconds, now

    def answer(self, name, params, fault):
        wants_json = params.get("retmode") == "json"
        try:
            if params.get("db", "pubmed" if name in ("einfo",) else "") != "pubmed":
                raise BadRequest(f"Invalid db name specified: {params.get('db', '')}")  # observed (epost2.xml)
            with self.lock:
                return getattr(self, name)(params, fault)
        except (BadRequest, QueryError) as problem:
            return self.error(name, str(problem), getattr(problem, "status", 200), wants_json)

    @staticmethod
    def error(name, text, status=200, as_json=False):
        """observed: an <ERROR> element, tab-indented, at HTTP 200; JSON for esearch and esummary when asked."""
        if name == "esummary" and as_json:
            return Reply(json.dumps({"header": {"type": "esummary", "version": "0.3"}, "error": text},
                                    separators=(",", ":")) + "\n", JSON, status)
        if name == "esearch" and as_json:
            return Reply(json.dumps({"esearchresult": {"ERROR": text}}, separators=(",", ":")) + "\n", JSON, status)
        head, root = {"esearch": (ESEARCH, "eSearchResult"), "epost": (EPOST, "ePostResult"),
                      "efetch": (EFETCH, "eFetchResult"), "einfo": (EINFO, "eInfoResult"),
                      "esummary": (SUMMARY, "eSummaryResult")}.get(name, ("", "eSpellResult"))
        return Reply(f"{head}<{root}>\n\t<ERROR>{escape(text)}</ERROR>\n</{root}>\n", XML, status)

    # ---- the history server ------------------------------------------------------------------------------------

    def keep(self, pmids, web_env):
        """Store a set; gives (WebEnv, query key). observed: the form MCID_ + 24 hexadecimal digits, keys from 1."""
        if web_env and self.sets(web_env) is None:
            raise BadRequest("Unable to obtain query #1")  # assumed for this case
        if not web_env:
            web_env = f"MCID_{self.random.getrandbits(96):024x}"
            self.history[web_env] = {"sets": [], "used": self.now()}
            while len(self.history) > 64:
                self.history.popitem(last=False)
        entry = self.history[web_env]
        entry["sets"].append(array.array("Q", pmids))
        return web_env, len(entry["sets"])

    def sets(self, web_env):
        """documented (reference B4): a set lives for hours; --history-seconds shortens that."""
        entry = self.history.get(web_env)
        if entry is None or (self.history_seconds and self.now() - entry["used"] > self.history_seconds):
            return None
        return entry["sets"]

    def lookup(self, params):
        key = number(params.get("query_key", "").lstrip("#"), 0)
        sets = self.sets(params.get("WebEnv", "")) or []
        if not 1 <= key <= len(sets):
            raise BadRequest(f"Unable to obtain query #{key or 1}")  # observed
        return sets[key - 1]

    # ---- esearch -----------------------------------------------------------------------------------------------

    def esearch(self, params, fault):
        start, limit = number(params.get("retstart"), 0), number(params.get("retmax"), 20)  # documented default
        as_json = params.get("retmode") == "json"
        if start > MAX_IDS - 1:
            return self.past_the_end(as_json)
        messages = []
        if start + limit > MAX_IDS:
            limit = MAX_IDS - start
            messages.append(f"Restrictions achieved. start and count adjusted to {start}, {limit}")  # observed
        search = self.search(params)
        count = max(0, search.mask.bit_count() + int(fault.get("count_lie", 0)))
        if params.get("rettype") == "count":  # documented; assumed: nothing but the count
            if as_json:
                return self.search_json({"count": str(count)})
            return Reply(f"{ESEARCH}<eSearchResult>\n\t<Count>{count}</Count>\n</eSearchResult>\n")
        names = {"pub_date": "pub_date", "pub date": "pub_date", "author": "author", "journalname": "journal",
                 "journal": "journal", "relevance": "", "": "", "most_recent": "", "most recent": ""}
        sort = params.get("sort", "").replace("+", " ").lower()
        if sort not in names:
            messages.append(f"Unknown sort schema '{sort}' ignored")  # assumed
        keeps = params.get("usehistory") == "y"
        ordinals = []
        for at, ordinal in enumerate(self.store.ranked(search.mask, names.get(sort, ""))):
            if at >= (MAX_IDS if keeps else start + limit):
                break
            ordinals.append(ordinal)
        pmids = [self.store.pmids[n] for n in ordinals]
        page = change_ids(pmids[start:start + limit], fault)
        web_env, key = self.keep(pmids, params.get("WebEnv")) if keeps else (None, None)
        if not search.mask:
            messages.append("No items found.")  # observed (esearch8.xml)
        give = self.search_as_json if as_json else self.search_as_xml
        return give(search, count, start, page, web_env, key, messages)

    def search(self, params):
        web_env, term = params.get("WebEnv"), params.get("term", "")
        if params.get("query_key") and web_env:
            wanted = self.lookup(params)
            term = f"#{number(params['query_key'].lstrip('#'), 0)}" + (f" AND ({term})" if term else "")
        elif not term.strip():
            raise BadRequest("Empty term and query_key - nothing todo")  # assumed

        def stored(key):
            sets = self.sets(web_env) if web_env else None
            if not sets or not 1 <= key <= len(sets):
                return None
            ordinals = (self.store.ordinal(pmid) for pmid in sets[key - 1])
            return bits((n for n in ordinals if n is not None), self.store.size)
        return Search(self.store, term, params.get("field"), stored, date_limit(self.store, params))

    @staticmethod
    def past_the_end(as_json):
        if not as_json:
            return Reply(f"{ESEARCH}<eSearchResult><ERROR>{escape(RETSTART_ERROR)}</ERROR></eSearchResult>\n")
        # observed: a raw newline inside the JSON string, which is invalid JSON
        text = json.dumps({"header": {"type": "esearch", "version": "0.3"}, "esearchresult": {"ERROR": RETSTART_ERROR}},
                          separators=(",", ":"))
        return Reply(text.replace("\\n", "\n") + "\n", JSON)

    @staticmethod
    def search_json(result):
        return Reply(json.dumps({"header": {"type": "esearch", "version": "0.3"}, "esearchresult": result},
                                separators=(",", ":")) + "\n", JSON)

    def search_as_json(self, search, count, start, page, web_env, key, messages):
        """observed: numbers as strings, members in this order. assumed: the two lists only when one is not empty."""
        result = {"count": str(count), "retmax": str(len(page)), "retstart": str(start)}
        if web_env:
            result.update(querykey=str(key), webenv=web_env)
        result.update(idlist=[str(pmid) for pmid in page],
                      translationset=[{"from": a, "to": b} for a, b in search.translations],
                      querytranslation=search.translation)
        if search.not_found or search.fields_not_found:
            result["errorlist"] = {"phrasesnotfound": search.not_found, "fieldsnotfound": search.fields_not_found}
        if search.ignored or search.quoted_not_found or messages:
            result["warninglist"] = {"phrasesignored": search.ignored, "outputmessages": messages,
                                     "quotedphrasesnotfound": search.quoted_not_found}
        return self.search_json(result)

    @staticmethod
    def search_as_xml(search, count, start, page, web_env, key, messages):
        """observed (esearch1 to 8.xml): the elements, their order, their line breaks and blanks."""
        def listed(*groups):
            return "".join(f"<{name}>{escape(text)}</{name}>" for name, texts in groups for text in texts)
        parts = [ESEARCH, f"<eSearchResult><Count>{count}</Count><RetMax>{len(page)}</RetMax>"
                          f"<RetStart>{start}</RetStart>"]
        if web_env:
            parts.append(f"<QueryKey>{key}</QueryKey><WebEnv>{web_env}</WebEnv>")
        parts.append("<IdList>\n" + "".join(f"<Id>{pmid}</Id>\n" for pmid in page) + "</IdList>" if page
                     else "<IdList/>")
        pairs = "".join(f"<Translation>     <From>{escape(a)}</From>     <To>{escape(b)}</To>    </Translation>"
                        for a, b in search.translations)
        parts.append(f"<TranslationSet>{pairs}</TranslationSet>" if pairs else "<TranslationSet/>")
        parts.append(f"<QueryTranslation>{escape(search.translation)}</QueryTranslation>")
        errors = listed(("PhraseNotFound", search.not_found), ("FieldNotFound", search.fields_not_found))
        warnings = listed(("PhraseIgnored", search.ignored), ("QuotedPhraseNotFound", search.quoted_not_found),
                          ("OutputMessage", messages))
        parts += [f"<{name}>{text}</{name}>" for name, text in (("ErrorList", errors), ("WarningList", warnings))
                  if text]
        return Reply("".join(parts) + "</eSearchResult>\n")

    # ---- epost, efetch -----------------------------------------------------------------------------------------

    @staticmethod
    def listed_ids(params):
        return [part.strip() for part in params.get("id", "").split(",") if part.strip()]

    def epost(self, params, fault):
        """observed (epost1 and 3.xml). assumed: ids are kept whether or not a record has them."""
        ids = self.listed_ids(params)
        good = [int(i) for i in ids if re.fullmatch(r"\d{1,19}", i)]
        bad = [i for i in ids if not re.fullmatch(r"\d{1,19}", i)]
        if not good:
            more = "\n\t<ERROR>Some IDs have invalid value and were omitted. Maximum ID value 18446744073709551615" \
                   "</ERROR>" if bad else ""
            return Reply(f"{EPOST.rstrip()}<ePostResult>\n\t<ERROR>Empty ID list; Nothing to store</ERROR>{more}"
                         "</ePostResult>\n")
        web_env, key = self.keep(good, params.get("WebEnv"))
        dropped = "".join(f"<Id>{escape(i)}</Id>" for i in bad)  # documented: InvalidIdList names the dropped ids
        dropped = f"\n\t<InvalidIdList>{dropped}</InvalidIdList>" if bad else ""
        return Reply(f"{EPOST.rstrip()}<ePostResult>{dropped}\n\t<QueryKey>{key}</QueryKey>\n"
                     f"\t<WebEnv>{web_env}</WebEnv>\n</ePostResult>\n")

    def wanted(self, params, default):
        """The PMIDs a request asks for, by id list or from the history. documented: at most 10,000 at a time."""
        if params.get("id"):
            ids = self.listed_ids(params)
            for at, text in enumerate(ids):
                if not re.fullmatch(r"\d{1,19}", text):
                    raise BadRequest(f"Invalid uid {text} at position= {at}", 400)  # observed text, assumed status
            pmids = [int(text) for text in ids]
            if self.strict and len(pmids) > 10000:
                raise BadRequest("Too many UIDs in request.", 400)  # assumed
            return pmids
        if not params.get("WebEnv") or not params.get("query_key"):
            return []
        start, limit = number(params.get("retstart"), 0), min(number(params.get("retmax"), default), 10000)
        return list(self.lookup(params))[start:start + limit]

    def efetch(self, params, fault):
        pmids = self.wanted(params, 10000)
        if not pmids:
            raise BadRequest("Empty id list", 400)  # documented (reference B3): text and status; their pairing assumed
        if params.get("rettype") == "uilist":  # documented: one PMID a line
            return Reply("".join(f"{pmid}\n" for pmid in pmids if self.store.ordinal(pmid) is not None), TEXT)
        if params.get("retmode") != "xml" and (self.strict or params.get("retmode")):
            # the real service answers with text here; refused, so that a client that forgets retmode=xml is seen
            raise BadRequest("this stand-in gives retmode=xml only", 400)
        pmids = change_ids(list(dict.fromkeys(pmids)), fault)  # assumed: an id asked for twice comes once
        # observed: an unknown PMID yields no element at all. assumed: the records come in the order asked for
        records = [self.record(pmid, fault) for pmid in pmids]
        records = [record for record in records if record]
        if fault.get("shuffle"):
            self.random.shuffle(records)
        inner = b"\n" + b"\n".join(records) + b"\n" if records else b""
        return Reply(ARTICLE_SET.encode() + b"<PubmedArticleSet>" + inner + b"</PubmedArticleSet>\n")

    def record(self, pmid, fault):
        ordinal = self.store.ordinal(pmid)
        if ordinal is not None:
            return self.store.raw(ordinal)
        return invented(pmid) if fault.get("add_pmids") and pmid in added(fault) else None

    # ---- esummary, einfo, espell -------------------------------------------------------------------------------

    def esummary(self, params, fault):
        as_json = params.get("retmode") == "json"
        ids = self.listed_ids(params)
        bad = next((n for n, text in enumerate(ids) if not re.fullmatch(r"\d{1,19}", text)), None)
        if bad is not None and as_json:  # observed
            return Reply(json.dumps({"error": f"Invalid uid {ids[bad]} at position= {bad}", "result": {"uids": []}},
                                    separators=(",", ":")) + "\n", JSON)
        pmids = self.wanted(params, 10000)
        if not pmids:
            raise BadRequest("Neither query_key nor id specified")  # observed (esummary8.xml)
        if as_json and len(pmids) > MAX_JSON_SUMMARIES:  # observed
            raise BadRequest("Too many UIDs in request. Maximum number of UIDs is 500 for JSON format output.")
        pmids = change_ids(list(dict.fromkeys(pmids)), fault)
        found = [(pmid, self.record(pmid, fault)) for pmid in pmids]
        found = [(pmid, summary(pmid, record) if record else None) for pmid, record in found]
        if as_json:
            result = {"uids": [str(pmid) for pmid, _ in found]}
            for pmid, item in found:  # observed: the error of an unknown uid stands in its place, at HTTP 200
                result[str(pmid)] = item or {"uid": str(pmid), "error": "cannot get document summary"}
            return Reply(json.dumps({"header": {"type": "esummary", "version": "0.3"}, "result": result},
                                    separators=(",", ":"), ensure_ascii=False) + "\n", JSON)
        if params.get("version") != "2.0":
            return Reply(SUMMARY + "<eSummaryResult>\n" + "".join(old_summary(*pair) for pair in found)
                         + "</eSummaryResult>\n")
        items = "".join(f'<DocumentSummary uid="{pmid}">' + (new_summary(item) if item else
                        "<error>cannot get document summary</error>") + "</DocumentSummary>\n" for pmid, item in found)
        return Reply(f'{SUMMARY_2}<eSummaryResult>\n<DocumentSummarySet status="OK">\n<DbBuild>Build-eutilsd</DbBuild>'
                     f"\n{items}</DocumentSummarySet>\n</eSummaryResult>\n")

    def einfo(self, params, fault):
        """observed (einfo1 and 2.xml): the elements; here only the fields this stand-in searches."""
        if not params.get("db"):
            if params.get("retmode") == "json":
                return Reply('{"header":{"type":"einfo","version":"0.3"},"einforesult":{"dblist":["pubmed"]}}\n', JSON)
            return Reply(f"{EINFO}<eInfoResult>\n<DbList>\n\n\t<DbName>pubmed</DbName>\n</DbList>\n\n</eInfoResult>\n")
        names = {"all": "ALL", "ti": "TITL", "tiab": "TIAB", "mh": "MESH", "au": "AUTH", "ta": "JOUR", "pt": "PTYP"}
        rows = {key: (names.get(key, key.upper()), display, kind) for kind, key, display in FIELDS.values()}
        count = max(0, self.store.size + int(fault.get("count_lie", 0)))
        if params.get("retmode") == "json":
            listed = [{"name": n, "fullname": d, "isdate": "Y" if k == "date" else "N"} for n, d, k in rows.values()]
            return Reply(json.dumps({"header": {"type": "einfo", "version": "0.3"}, "einforesult": {"dbinfo": [
                {"dbname": "pubmed", "menuname": "PubMed", "count": str(count), "fieldlist": listed}]}}) + "\n", JSON)
        listed = "".join(f"<Field><Name>{n}</Name><FullName>{d}</FullName><IsDate>{'Y' if k == 'date' else 'N'}"
                         f"</IsDate></Field>\n" for n, d, k in rows.values())
        return Reply(f"{EINFO}<eInfoResult>\n\t<DbInfo>\n\t\t<DbName>pubmed</DbName>\n\t\t<MenuName>PubMed</MenuName>\n"
                     f"\t\t<Count>{count}</Count>\n\t\t<FieldList>\n{listed}\t\t</FieldList>\n\t</DbInfo>\n"
                     "</eInfoResult>\n")

    def espell(self, params, fault):
        """observed (espell.xml): the elements. The suggestions come from the words of the record file."""
        term = params.get("term", "")
        words, known = term.split(), self.store.suggest()
        fixed = [w if self.store.text("all", normalize(w).split() or [""], False) else
                 (difflib.get_close_matches(normalize(w), known, 1, 0.8) or [w])[0] for w in words[:20]]
        corrected = " ".join(fixed) if fixed != words[:20] else ""
        return Reply('<?xml version="1.0"?>\n<!DOCTYPE eSpellResult PUBLIC "-//NLM//DTD eSpellResult, 23 November 2004'
                     '//EN" "https://www.ncbi.nlm.nih.gov/entrez/query/DTD/eSpell.dtd">\n<eSpellResult>\n'
                     f"\t<Database>pubmed</Database>\n\t<Query>{escape(term)}</Query>\n\t<CorrectedQuery>"
                     f"{escape(corrected)}</CorrectedQuery>\n\t<SpelledQuery><Original></Original><Replaced>"
                     f"{escape(corrected)}</Replaced></SpelledQuery>\n\t<ERROR/>\n</eSpellResult>\n")

    # ---- ecitmatch ---------------------------------------------------------------------------------------------

    def ecitmatch(self, params, fault):
        """documented: lines journal|year|volume|page|author|key| with CR between them, answered by themselves and a
        PMID, NOT_FOUND or AMBIGUOUS. documented (reference B2): journal or year is needed; lines that cannot be
        classified are left out. assumed: what is given must all agree, and the words behind NOT_FOUND; ."""
        lines = []
        for line in re.split(r"[\r\n]+", params.get("bdata", "")):
            fields = [part.strip() for part in line.split("|")]
            if len(fields) < 6 or not (fields[0] or fields[1]):
                continue
            found = self.matching(fields)
            answer = str(found[0]) if len(found) == 1 else \
                f"AMBIGUOUS ({len(found)} citations)" if found else "NOT_FOUND;INVALID_CITATION"
            dropped = fault.get("drop_pmids") or []
            if dropped is not True and not set(found) & set(dropped):
                lines.append("|".join(fields[:6]) + "|" + answer)
        return Reply("\n".join(lines) + "\n", TEXT)

    def matching(self, fields):
        journal, year, volume, page, author = fields[:5]
        found = self.store.everything
        if journal:
            found &= self.store.exact("ta", normalize(journal), False)
        if year:
            found &= self.store.dates("pdat", int(year) * 10000, int(year) * 10000 + 9999) if year.isdigit() else 0
        if volume:
            found &= self.store.exact("vi", normalize(volume), False)
        if page:
            first = normalize(page)
            found &= self.store.exact("pg", first, False) | self.store.exact("pg", first + " ", True)
        if author:
            found &= self.store.exact("1au", normalize(author), True)
        return [self.store.pmids[n] for n in descending(found)]


# ---- PMID sets that lie --------------------------------------------------------------------------------------------


def added(fault):
    return [999999999] if fault.get("add_pmids") is True else fault.get("add_pmids") or []


def change_ids(pmids, fault):
    """drop_pmids, dup_pmids and add_pmids: a list of PMIDs; true means the last, the first, one invented."""
    dropped, doubled = fault.get("drop_pmids") or [], fault.get("dup_pmids") or []
    dropped = pmids[-1:] if dropped is True else dropped
    doubled = pmids[:1] if doubled is True else doubled
    kept = [pmid for pmid in pmids if pmid not in dropped]
    return kept + [pmid for pmid in kept if pmid in doubled] + added(fault)


def invented(pmid, title="Invented record of the stand-in.", extra="", body="Invented text."):
    return (f'<PubmedArticle><MedlineCitation Status="Publisher" Owner="NLM"><PMID Version="1">{pmid}</PMID>'
            f'<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2020</Year></PubDate>'
            f"</JournalIssue><Title>Journal of invented records</Title></Journal><ArticleTitle>{title}</ArticleTitle>"
            f"<Abstract><AbstractText>{body}</AbstractText></Abstract>{extra}<Language>eng</Language>"
            f"<PublicationTypeList><PublicationType UI=\"D016428\">Journal Article</PublicationType>"
            f"</PublicationTypeList></Article></MedlineCitation></PubmedArticle>").encode()


# ---- summaries -----------------------------------------------------------------------------------------------------

# observed (esummary JSON): the members and their order; version 2.0 names: assumed from the JSON and esummary1.xml
NAMES = dict(pubdate="PubDate", epubdate="EPubDate", source="Source", authors="Authors", lastauthor="LastAuthor",
             title="Title", sorttitle="SortTitle", volume="Volume", issue="Issue", pages="Pages", lang="Lang",
             nlmuniqueid="NlmUniqueID", issn="ISSN", essn="ESSN", pubtype="PubType", recordstatus="RecordStatus",
             pubstatus="PubStatus", articleids="ArticleIds", history="History", references="References",
             attributes="Attributes", pmcrefcount="PmcRefCount", fulljournalname="FullJournalName",
             elocationid="ELocationID", doctype="DocType", booktitle="BookTitle", sortpubdate="SortPubDate",
             sortfirstauthor="SortFirstAuthor", vernaculartitle="VernacularTitle")
ITEMS = dict(authors="Author", lang="string", pubtype="flag", articleids="ArticleId", history="PubMedPubDate",
             references="Reference", attributes="flag")
PARTS = dict(name="Name", authtype="AuthType", clusterid="ClusterID", idtype="IdType", idtypen="IdTypeN", value="Value",
             pubstatus="PubStatus", date="Date", refsource="RefSource", reftype="RefType", pmid="PMID", note="Note")
STATUS = {"MEDLINE": "PubMed - indexed for MEDLINE", "Publisher": "PubMed - as supplied by publisher",
          "PubMed-not-MEDLINE": "PubMed"}  # the first observed, the others assumed; else "PubMed - in process"
PUB_STATUS = {"received": "1", "accepted": "2", "epublish": "3", "ppublish": "4", "revised": "5", "aheadofprint": "10"}
ID_NUMBER = {"pubmed": 1, "doi": 3, "pii": 4, "pmcid": 5, "pmc": 8}  # observed for pubmed, doi, pmcid, pmc
MONTH_NAMES = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def shown_date(parts):
    return " ".join(filter(None, (str(parts[0]), MONTH_NAMES[parts[1] % 13], str(parts[2] or "")))) if parts else ""


def slashed(parts, time=" 00:00"):
    return f"{parts[0]:04d}/{max(parts[1], 1):02d}/{max(parts[2], 1):02d}{time}" if parts else ""


def summary(pmid, record):
    """The members of a document summary, as observed in esummary replies of retmode=json."""
    try:
        root = ElementTree.fromstring(record)
    except ElementTree.ParseError:
        return None
    citation = root.find("MedlineCitation")
    book = citation is None
    citation = root.find("BookDocument") if book else citation
    if citation is None:
        return None
    article = citation if book else citation.find("Article")
    article = citation if article is None else article

    def text(path, base=article):
        return plain(base.find(path))
    issue, journal = article.find("Journal/JournalIssue"), article.find("Journal")
    printed = issue.find("PubDate") if issue is not None else article.find("Book/PubDate")
    people = article.findall("AuthorList/Author")
    names = [{"name": plain(a.find("CollectiveName")) or " ".join(filter(None, (
        text("LastName", a), text("Initials", a), text("Suffix", a)))), "authtype": "CollectiveName" if a.find(
            "CollectiveName") is not None else "Author", "clusterid": ""} for a in people]
    ids = [(e.get("IdType"), plain(e)) for e in root.findall("PubmedData/ArticleIdList/ArticleId")]
    pub_status = text("PubmedData/PublicationStatus", root)
    places = [f"{e.get('EIdType')}: {plain(e)}" for e in article.findall("ELocationID")]
    issns = {e.get("IssnType"): plain(e) for e in journal.findall("ISSN")} if journal is not None else {}
    loose = printed.find("MedlineDate") if printed is not None else None
    title = text("ArticleTitle") or text("Book/BookTitle")
    history = [(e.get("PubStatus"), date_parts(e)) for e in root.findall("*/History/PubMedPubDate")]
    return {
        "uid": str(pmid), "pubdate": plain(loose) or shown_date(date_parts(printed)),
        "epubdate": shown_date(date_parts(article.find("ArticleDate"))),
        "source": text("MedlineJournalInfo/MedlineTA", citation), "authors": names,
        "lastauthor": names[-1]["name"] if names else "", "title": title, "sorttitle": normalize(title),
        "volume": text("Volume", issue) if issue is not None else "",
        "issue": text("Issue", issue) if issue is not None else "",
        "pages": text("Pagination/MedlinePgn"), "lang": [plain(e) for e in article.findall("Language")],
        "nlmuniqueid": text("MedlineJournalInfo/NlmUniqueID", citation), "issn": issns.get("Print", ""),
        "essn": issns.get("Electronic", ""),
        "pubtype": [plain(e) for path in ("PublicationTypeList/PublicationType", "PublicationType")
                    for e in article.findall(path)],
        "recordstatus": STATUS.get(citation.get("Status"), "PubMed - in process"),
        "pubstatus": PUB_STATUS.get(pub_status, ""),
        "articleids": [{"idtype": "pubmed", "idtypen": 1, "value": str(pmid)}] + [
            {"idtype": kind, "idtypen": ID_NUMBER.get(kind, 0), "value": value} for kind, value in ids
            if kind != "pubmed"],
        "history": [{"pubstatus": kind, "date": slashed(parts)} for kind, parts in history if parts],
        "references": [], "attributes": ["Has Abstract"] if article.find("Abstract") is not None else [],
        "pmcrefcount": "", "fulljournalname": text("Journal/Title"), "elocationid": " ".join(places),
        "doctype": "book" if book else "citation", "booktitle": text("Book/BookTitle"),
        "sortpubdate": slashed(date_parts(printed)), "sortfirstauthor": names[0]["name"] if names else "",
        "vernaculartitle": text("VernacularTitle")}


def new_summary(item):
    parts = []
    for key, name in NAMES.items():
        value = item[key]
        if isinstance(value, list):
            inner = ITEMS[key]
            value = "".join(f"<{inner}>" + ("".join(f"<{PARTS[k]}>{escape(str(v))}</{PARTS[k]}>" for k, v in e.items())
                            if isinstance(e, dict) else escape(e)) + f"</{inner}>" for e in value)
        else:
            value = escape(str(value))
        parts.append(f"\t<{name}>{value}</{name}>\n")
    return "\n" + "".join(parts)


def old_summary(pmid, item):
    """Version 1, observed (esummary1.xml). assumed: the text for an unknown uid, reference B3."""
    if item is None:
        return f"\t<ERROR>UID={pmid}: cannot get document summary</ERROR>\n"

    def row(name, kind, value):
        return f'\t<Item Name="{name}" Type="{kind}">{value}</Item>\n'
    plain_rows = "".join(row(NAMES[k], "Date" if k in ("pubdate", "epubdate") else "String", escape(item[k]))
                         for k in ("pubdate", "epubdate", "source", "lastauthor", "title", "volume", "issue", "pages",
                                   "nlmuniqueid", "issn", "essn", "recordstatus", "fulljournalname", "elocationid"))
    lists = (("AuthorList", [("Author", "String", a["name"]) for a in item["authors"]]),
             ("LangList", [("Lang", "String", v) for v in item["lang"]]),
             ("PubTypeList", [("PubType", "String", v) for v in item["pubtype"]]),
             ("ArticleIds", [(a["idtype"], "String", a["value"]) for a in item["articleids"]]),
             ("History", [(h["pubstatus"], "Date", h["date"]) for h in item["history"]]))
    rows = "".join(row(name, "List", "\n" + "".join("\t" + row(n, k, escape(v)) for n, k, v in values) + "\t")
                   for name, values in lists)
    flag = row("HasAbstract", "Integer", int(bool(item["attributes"])))
    return f"<DocSum>\n\t<Id>{pmid}</Id>\n{plain_rows}{rows}{flag}</DocSum>\n\n"
