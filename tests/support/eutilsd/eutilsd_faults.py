"""Faults of the E-utilities stand-in: the rules that choose them, canned replies, hostile XML and damaged bodies."""
import json
import re
import struct
import threading
import zlib
from xml.sax.saxutils import escape

from eutilsd_replies import (ARTICLE_SET, EFETCH, ESEARCH, HTML, JSON, SUMMARY_2, TEXT, XML, Reply, invented)

SIZE = r"\d{1,12}(?:[kmg]b?)?"
CANNED = ("html200", "html500", "empty", "prolog", "json", "efetch-error", "esearch-error", "docsum-comment",
          "webenv-expired", "warninglist", "cxx-exception", "ratelimit-json", "badkey-json")
XML_KINDS = ("entity-bomb", "quadratic-bomb", "undefined-entity", "badutf8", "ctrl", "nul", "ufffe", "unknown", "crlf",
             "empty-title", "book")
SIZED_KINDS = {"deep": "100000", "hugefield": "10m", "authors": "100000", "attribute": "10m"}
LIST_OR_TRUE = "a list of PMIDs or true"


class FaultError(Exception):
    """A fault rule that cannot be used; the text is one sentence for the user."""


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_pmids(value):
    return value is True or (isinstance(value, list) and all(is_count(pmid) for pmid in value))


def matches(pattern):
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


# What each member of `do` may hold: a check, and the words for the message.
DO = {
    "status": (lambda v: is_count(v) and 200 <= v <= 599, "a number from 200 to 599"),
    "body": (lambda v: v in CANNED or (isinstance(v, str) and v.startswith("text:")),
             "text:… or one of " + " ".join(CANNED)),
    "retry_after": (lambda v: is_count(v) or (isinstance(v, str) and v.isprintable()), "seconds or an HTTP date"),
    "delay_ms": (is_count, "milliseconds"), "stall": (lambda v: v in (True, "header", "body"), "true, header or body"),
    "drip_bps": (lambda v: is_count(v) and v > 0, "bytes a second"),
    "drip": (lambda v: v in ("header", "body"), "header or body"),
    "rst": (lambda v: v in ("connect", "header", "body", "keepalive"), "connect, header, body or keepalive"),
    "after": (is_count, "a number of body bytes"),
    "close_after": (lambda v: v == "request" or is_count(v), "a number of body bytes, or request"),
    "length": (matches(r"[+-]?\d+|none|exact|full"), "+N, -N, N, none, exact or full (a string)"),
    "truncate": (lambda v: v in ("half", "last") or is_count(v), "half, last or a number of bytes"),
    "flip": (lambda v: v is True or is_count(v), "true or a byte offset"),
    "gzip": (matches(r"truncate|badcrc|notgzip|multi|bomb(:" + SIZE + ")?"),
             "truncate, badcrc, notgzip, multi or bomb:SIZE"),
    "chunk": (lambda v: v in ("bad-size", "truncate", "trailer"), "bad-size, truncate or trailer"),
    "xml": (matches("|".join(XML_KINDS) + "|(xxe|dtd):.+|(" + "|".join(SIZED_KINDS) + ")(:" + SIZE + ")?"),
            " ".join(XML_KINDS) + " xxe:URL dtd:URL " + " ".join(f"{k}:SIZE" for k in SIZED_KINDS)),
    "drop_pmids": (is_pmids, LIST_OR_TRUE), "dup_pmids": (is_pmids, LIST_OR_TRUE),
    "add_pmids": (is_pmids, LIST_OR_TRUE), "shuffle": (lambda v: v is True, "true"),
    "count_lie": (lambda v: isinstance(v, int), "a number to add"),
    "redirect": (lambda v: isinstance(v, str) and v.isprintable() and v, "a URL, http-downgrade or loop"),
    "tls": (lambda v: v in ("expired", "wronghost", "selfsigned", "reset-in-handshake"),
            "expired, wronghost, selfsigned or reset-in-handshake")}
ENDPOINTS = ("einfo", "esearch", "epost", "esummary", "efetch", "espell", "ecitmatch", "elink")
ELSEWHERE = ("idconv", "crossref")  # not below the address of the E-utilities
RULE = {"match": (lambda v: isinstance(v, dict), "an object"), "do": (lambda v: isinstance(v, dict), "an object"),
        "times": (is_count, "a number")}
MATCH = {"path": (lambda v: v in ENDPOINTS + ELSEWHERE, "one of " + " ".join(ENDPOINTS + ELSEWHERE)),
         "nth": (lambda v: is_count(v) and v > 0, "a number from 1"), "pmid": (is_count, "a PMID")}


def size_of(text):
    digits, unit = re.fullmatch(r"(\d+)([kmg]?)b?", text.lower()).groups()
    return int(digits) * {"": 1, "k": 1000, "m": 1000**2, "g": 1000**3}[unit]


def check_members(where, given, known):
    if not isinstance(given, dict):
        raise FaultError(f"{where} must be an object")
    for name, value in given.items():
        if name not in known:
            raise FaultError(f"{where}: there is no {name}; it knows {' '.join(known)}")
        test, words = known[name]
        if not test(value):
            raise FaultError(f"{where}.{name} must be {words}, not {json.dumps(value)}")


class Rules:
    """The fault rules in order. A rule fires from its nth matching request on, `times` times (0: always)."""

    def __init__(self):
        self.lock = threading.Lock()
        self.rules = []

    def load(self, text):
        try:
            rules = json.loads(text)
        except ValueError as problem:
            raise FaultError(f"the rules are not JSON: {problem}") from None
        if not isinstance(rules, list):
            raise FaultError("the rules must be a JSON array")
        loaded = []
        for at, rule in enumerate(rules):
            check_members(f"rule {at}", rule, RULE)
            match, do = rule.get("match", {}), rule.get("do", {})
            check_members(f"rule {at}.match", match, MATCH)
            check_members(f"rule {at}.do", do, DO)
            if not do:
                raise FaultError(f"rule {at} does nothing")
            loaded.append({"match": match, "do": do, "times": rule.get("times", 1), "seen": 0, "fired": 0})
        with self.lock:
            self.rules = loaded

    def state(self):
        with self.lock:
            return [dict(rule) for rule in self.rules]

    def rewind(self):
        with self.lock:
            for rule in self.rules:
                rule.update(seen=0, fired=0)

    @staticmethod
    def of_connection(rule):
        return "tls" in rule["do"] or (rule["do"].get("rst") == "connect" and not {"path", "pmid"} & set(rule["match"]))

    def pick(self, fits):
        with self.lock:
            chosen = None
            for rule in self.rules:
                if not fits(rule):
                    continue
                rule["seen"] += 1
                if chosen is None and rule["seen"] >= rule["match"].get("nth", 1) and (
                        not rule["times"] or rule["fired"] < rule["times"]):
                    chosen = rule
                    rule["fired"] += 1
            return (chosen["do"], chosen["match"]) if chosen else ({}, {})

    def for_connection(self):
        return self.pick(self.of_connection)[0]

    def for_request(self, endpoint, ids):
        def fits(rule):
            match = rule["match"]
            return not self.of_connection(rule) and match.get("path", endpoint) == endpoint and (
                "pmid" not in match or str(match["pmid"]) in ids)
        return self.pick(fits)


# ---- canned replies ------------------------------------------------------------------------------------------------


def canned(name, as_json=False, key=None):
    """A short body by its name. The texts are observed where reference/eutils.md B3 or reliability.md 2 quote them."""
    if name.startswith("text:"):
        return Reply(name[5:], TEXT)
    if name == "webenv-expired" and as_json:
        return Reply('{"esearchresult":{"ERROR":"Unable to obtain query #1"}}\n', JSON)
    if name == "esearch-error" and as_json:
        return Reply('{"esearchresult":{"ERROR":"Search Backend failed: Database is not supported: pubmed"}}\n', JSON)
    bodies = {
        "html200": (HTML, "<!DOCTYPE html>\n<html><head><title>NCBI - maintenance</title></head><body><h1>This service "
                          "is temporarily unavailable</h1></body></html>\n"),  # assumed text
        "html500": (HTML, "<html><head><title>NCBI/eutils202 - WWW Error 500 Diagnostic</title></head><body><h1>Server "
                          "Error</h1></body></html>\n"),
        "empty": (XML, ""), "prolog": (XML, ARTICLE_SET), "json": (JSON, '{"note":"JSON where XML was asked for"}\n'),
        "efetch-error": (XML, f"{EFETCH}<eFetchResult>\n\t<ERROR>Search Backend failed: Database is not supported: "
                              "pubmed</ERROR>\n</eFetchResult>\n"),
        "esearch-error": (XML, f"{ESEARCH}<eSearchResult><ERROR>Search Backend failed: Database is not supported: "
                               "pubmed</ERROR></eSearchResult>\n"),
        "docsum-comment": (XML, f'{SUMMARY_2}<eSummaryResult>\n<DocumentSummarySet status="OK"><!-- backend failed -->'
                                "</DocumentSummarySet>\n</eSummaryResult>\n"),
        "webenv-expired": (XML, f"{EFETCH}<eFetchResult>\n\t<ERROR>Unable to obtain query #1</ERROR>\n"
                                "</eFetchResult>\n"),
        "warninglist": (XML, f"{ESEARCH}<eSearchResult><Count>0</Count><RetMax>0</RetMax><RetStart>0</RetStart>"
                             "<IdList/><TranslationSet/><QueryTranslation></QueryTranslation><WarningList>"
                             "<OutputMessage>The search could not be completed</OutputMessage></WarningList>"
                             "</eSearchResult>\n"),
        "cxx-exception": (TEXT, "NCBI C++ Exception:\n    Error: TXCLIENT::readAll EOF\n"),
        "ratelimit-json": (JSON, json.dumps({"error": "API rate limit exceeded", "api-key": key or "127.0.0.1",
                                             "count": "4", "limit": "10" if key else "3"}) + "\n"),
        # documented (the error text); assumed: the other members
        "badkey-json": (JSON, json.dumps({"error": "API key invalid", "api-key": key or "", "type": "client",
                                          "status": "unknown"}) + "\n")}
    return Reply(bodies[name][1], bodies[name][0])


def replaced(do, as_json, key):
    """The reply that takes the place of the true one, or None."""
    if "status" not in do and "body" not in do:
        return None
    status = do.get("status", 200)
    body = do.get("body") or ("ratelimit-json" if status == 429 else "html500" if status >= 500 else
                              "badkey-json" if status == 400 else "empty")
    reply = canned(body, as_json, key)
    reply.status = status
    return reply


# ---- hostile XML ---------------------------------------------------------------------------------------------------


def hostile(kind, pmid, rest):
    """An efetch reply whose record `pmid` is poisoned; `rest` is the true reply without that record.

    The poisoned record comes first, the sound ones follow, so that a client can save them.
    """
    kind, _, value = kind.partition(":")
    start = rest.index(b"<PubmedArticleSet>")
    head, tail = rest[:start], rest[start + len(b"<PubmedArticleSet>"):]
    opening = b"<PubmedArticleSet>\n"
    if kind in SIZED_KINDS:
        return outsized(kind, size_of(value or SIZED_KINDS[kind]), pmid, head + opening, tail)
    if kind == "crlf":
        return re.sub(rb"\r?\n", b"\r\n", head + opening + invented(pmid) + tail)
    subset = ""
    if kind == "entity-bomb":
        subset = '<!ENTITY a0 "invented ">' + "".join(
            f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        record = invented(pmid, body="&a9;")
    elif kind == "quadratic-bomb":
        subset = f'<!ENTITY a "{"x" * 50000}">'
        record = invented(pmid, body="&a;" * 5000)
    elif kind == "xxe":
        subset = f"<!ENTITY outside SYSTEM \"{escape(value, {chr(34): '&quot;'})}\">"
        record = invented(pmid, body="&outside;")
    elif kind == "dtd":
        url = escape(value, {'"': "&quot;"})
        head = f'<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet SYSTEM "{url}">\n'.encode()
        record = invented(pmid)
    elif kind == "unknown":
        record = invented(pmid, extra='<NewElement Of="a later DTD"><Inner>unknown</Inner></NewElement>')
    elif kind == "empty-title":
        record = invented(pmid, title="")
    elif kind == "book":
        record = (f'<PubmedBookArticle><BookDocument><PMID Version="1">{pmid}</PMID><ArticleIdList/><Book><Publisher>'
                  "<PublisherName>Invented</PublisherName></Publisher><BookTitle>Invented book</BookTitle><PubDate>"
                  "<Year>2020</Year></PubDate></Book><ArticleTitle>Invented chapter</ArticleTitle><Language>eng"
                  "</Language></BookDocument></PubmedBookArticle>").encode()
    else:
        bad = {"badutf8": b"\xc3\x28 \xff", "ctrl": b"\x1b[31m", "nul": b"\x00", "ufffe": b"\xef\xbf\xbe",
               "undefined-entity": b"&nbsp2;"}[kind]
        record = invented(pmid, body="Invented @ text.").replace(b"@", bad)
    if subset:
        head = f'<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet [{subset}]>\n'.encode()
    return head + opening + record + tail


def outsized(kind, size, pmid, head, tail):
    """One record with a huge part, as an iterator so that the size costs no memory here."""
    if kind == "attribute":
        front, back = invented(pmid).split(b'PubModel="Print"')
        front, filler, back = front + b'PubModel="', b"x", b'"' + back
    elif kind == "authors":
        front, back = invented(pmid, extra="<AuthorList>@</AuthorList>").split(b"@")
        filler = b"<Author><LastName>Invented</LastName><Initials>A</Initials></Author>"
        size *= len(filler)
    elif kind == "deep":
        front, back = invented(pmid, body="@").split(b"@")
        front, filler, back = front + b"<i>" * size, b"", b"</i>" * size + back
    else:
        front, back = invented(pmid, body="@").split(b"@")
        filler = b"Invented filler. "
    yield head + front
    block = filler * (max(1, 65536 // len(filler))) if filler else b""
    while filler and size > 0:
        yield block[:min(size, len(block))]
        size -= len(block)
    yield back + tail


# ---- damage to bytes -----------------------------------------------------------------------------------------------


def damaged(body, do, random):
    """truncate and flip: what the record text itself suffers, before any compression."""
    if "truncate" in do:
        cut = {"half": len(body) // 2, "last": max(0, len(body) - 1)}.get(do["truncate"], do["truncate"])
        body = body[:cut]
    if "flip" in do and body:
        at = random.randrange(len(body)) if do["flip"] is True else min(do["flip"], len(body) - 1)
        body = body[:at] + bytes((body[at] ^ (1 << random.randrange(8)),)) + body[at + 1:]
    return body


def gzip_bytes(body, level=6):
    """A gzip member without a time stamp, so that equal bodies give equal bytes."""
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


def gzip_bomb(size):
    """A small gzip member that grows to `size` bytes of blanks inside a record set, made block by block."""
    parts = [ARTICLE_SET.encode() + b"<PubmedArticleSet>", b" " * 1000000, b"</PubmedArticleSet>\n"]
    repeats = max(1, size // 1000000)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = [packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH) for part in parts]
    check, total = zlib.crc32(parts[0]), len(parts[0]) + len(parts[2]) + repeats * len(parts[1])
    for _ in range(repeats):
        check = zlib.crc32(parts[1], check)
    check = zlib.crc32(parts[2], check)
    return (b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + packed[0] + packed[1] * repeats + packed[2] + packer.flush(zlib.Z_FINISH)
            + struct.pack("<II", check, total & 0xffffffff))


def gzip_fault(body, kind):
    """The bytes sent with Content-Encoding: gzip for one of the gzip faults."""
    kind, _, value = kind.partition(":")
    if kind == "bomb":
        return gzip_bomb(size_of(value or "200m"))
    if kind == "notgzip":
        return body
    if kind == "multi":
        half = len(body) // 2
        return gzip_bytes(body[:half]) + gzip_bytes(body[half:])
    packed = gzip_bytes(body)
    if kind == "truncate":
        return packed[:len(packed) // 2]
    return packed[:-8] + bytes((packed[-8] ^ 1,)) + packed[-7:]


def chunked(parts, fault=None):
    """The chunked coding of some byte strings, sound or with a fault of the coding itself."""
    parts = [part for part in parts if part] if fault else parts
    for number, part in enumerate(parts):
        if not part:
            continue
        if fault == "bad-size" and number == 0:
            yield b"zz\r\n" + part + b"\r\n"
            continue
        if fault == "truncate" and number == len(parts) // 2:
            yield b"%x\r\n" % len(part) + part[:len(part) // 2]
            return
        yield b"%x\r\n" % len(part) + part + b"\r\n"
    yield b"0\r\n" + (b"X-Trailer: sent after the body\r\n" if fault == "trailer" else b"") + b"\r\n"
