#!/usr/bin/env python3
"""Checks the E-utilities stand-in over real sockets, http and https: every endpoint, every limit, every fault.

Prints "N passed, N failed" and exits with 1 when one failed. With OSLER_SHARED set, replies are also compared with the
recorded real ones there, element by element.
"""
import faulthandler
import gzip
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import xml.etree.ElementTree as ElementTree
import zlib

sys.dont_write_bytecode = True  # the source tree stays as it is
from selftest_client import (BASE, FOUR, HERE, IDS, OLDER, ONE, RECORDS, RESULTS, THREE, TWO, Server, check, receive)


# ---- the endpoints -------------------------------------------------------------------------------------------------


def test_search(server):
    same = [("headache", [1, 3, 6]), ("headache AND review[pt]", [3]), ("headache NOT review[pt]", [1, 6]),
            ('"neck pain"[mh] OR "tension-type headache"[mh]', [1, 2]), ("tension-type headache[majr]", [1]),
            ("neck pain[majr]", []), ('"manual therapy"[ti]', [1]), ('"therapy manual"[ti] AND 0:1[uid]', []),
            ("zebra[ti] AND 1:2[uid]", []), ("zebra[tiab]", [4]), ("cafe", [4]), ("postur*", [2, 4]), ("zeta a[au]", [1]),
            ('"zeta a"[au]', []), ('"zeta ab"[au]', [1]), ("J Invent[ta]", [1, 2, 3, 4]),
            (f"{BASE + 2}:{BASE + 3}[uid]", [2, 3]), (f"{ONE},{TWO}[uid]", [1, 2]), (f"{FOUR}[pmid]", [4]), (FOUR, [4]),
            ('"2020/01/01"[crdt] : "2020/12/31"[crdt]', [2, 3]), ("2020/01/16:3000[crdt]", [3, 4]),
            ("2019[dp]", [1]), ('"2021/03/04"[mdat]', [3]), ("2019:2020[dp] AND posture", [2]), ("2020/01/15[edat]", [2]),
            ("(posture OR review[pt]) NOT zebra", [2, 3]), ("humans[mh] OR zebra AND posture", [2, 4]),
            ("(posture) humans[mh]", [2]), ("10.99999/invented.3[doi]", [3]), ("all[sb]", [1, 2, 3, 4, 5, 6]),
            ("nosuchword NOT zebra", [])]
    for term, expected in same:
        got = server.ids(term)
        check(f"search {term}", got == expected, got)
    check("mindate and maxdate", server.ids("posture", datetype="crdt", mindate="2021", maxdate="2021/12/31") == [4])
    check("mindate alone is ignored", server.ids("posture", datetype="crdt", mindate="2021") == [2, 4])
    shown = server.search("posture", datetype="edat", mindate="2021/01/01", maxdate="2021/12/31").xml
    check("the date limit is shown", shown.findtext("QueryTranslation") ==
          '"posture"[All Fields] AND 2021/01/01:2021/12/31[Date - Entry]', shown.findtext("QueryTranslation"))
    order = [e.text for e in server.search("headache OR posture", sort="Author").xml.findall("IdList/Id")]
    check("sort by author", order[-1] == ONE, order)
    order = [e.text for e in server.search("headache OR posture", sort="pub_date").xml.findall("IdList/Id")]
    check("sort by date", order[:4] == [FOUR, THREE, TWO, ONE], order)


def test_search_shape(server):
    answer = server.search("neck pain", retstart=0, retmax=1)
    check("esearch XML", re.fullmatch(
        r'<\?xml version="1\.0" encoding="UTF-8" \?>\n<!DOCTYPE eSearchResult PUBLIC "[^"]+" "[^"]+">\n<eSearchResult>'
        r"<Count>1</Count><RetMax>1</RetMax><RetStart>0</RetStart><IdList>\n<Id>\d+</Id>\n</IdList><TranslationSet>"
        r"<Translation>     <From>neck pain</From>     <To>[^<]+</To>    </Translation></TranslationSet>"
        r"<QueryTranslation>[^<]+</QueryTranslation></eSearchResult>\n", answer.text), answer.text)
    check("content type", answer.headers["content-type"] == "text/xml; charset=UTF-8", answer.headers)
    check("rate headers", answer.headers.get("x-ratelimit-limit") == "1000", answer.headers)
    check("chunked", answer.headers.get("transfer-encoding") == "chunked" and answer.whole, answer.headers)
    empty = server.search("abcXYZ").text
    check("no hits", empty.endswith(
        "<eSearchResult><Count>0</Count><RetMax>0</RetMax><RetStart>0</RetStart><IdList/><TranslationSet/>"
        "<QueryTranslation>(abcXYZ[All Fields])</QueryTranslation><ErrorList><PhraseNotFound>abcXYZ</PhraseNotFound>"
        "</ErrorList><WarningList><OutputMessage>No items found.</OutputMessage></WarningList></eSearchResult>\n"), empty)
    result = server.search('headache AND qqqq[zz] AND "posture headache" AND the', retmode="json").json["esearchresult"]
    check("lists of what was not found", result["errorlist"] == {"phrasesnotfound": ["qqqq"], "fieldsnotfound": ["zz"]}
          and result["warninglist"]["quotedphrasesnotfound"] == ['"posture headache"']
          and result["warninglist"]["phrasesignored"] == ["the"], result)
    check("JSON numbers are strings", result["retstart"] == "0" and isinstance(result["count"], str), result)
    check("count", server.search("headache", rettype="count").xml.findtext("Count") == "3")
    check("count only", server.search("headache", rettype="count").xml.find("IdList") is None)
    check("JSON count", server.search("headache", rettype="count", retmode="json").json["esearchresult"] == {"count": "3"})
    answer = server.search("headache", retmax=10000).xml
    check("retmax is cut at 9,999", answer.findtext("WarningList/OutputMessage")
          == "Restrictions achieved. start and count adjusted to 0, 9999", answer)
    check("retmax 9,999 passes", server.search("headache", retmax=9999).xml.find("WarningList") is None)
    answer = server.search("headache", retstart=9999)
    check("retstart past 9,998", answer.status == 200 and "cannot be larger than 9998" in answer.xml.findtext("ERROR"))
    answer = server.search("headache", retstart=9999, retmode="json").text
    check("and in JSON with a raw newline", "Exception:\n'retstart'" in answer, answer)
    check("empty term", "Empty term" in server.search("").xml.findtext("ERROR"))
    check("wrong db", server.search("x", db="nothing").xml.findtext("ERROR") == "Invalid db name specified: nothing")
    deep = server.search("(" * 500 + "x").xml.findtext("ERROR")
    check("deep nesting is refused", "nested" in deep, deep)
    check("espell", server.get("espell", term="hedache").xml.findtext("CorrectedQuery") == "headache")
    check("einfo", server.get("einfo").xml.findtext("DbInfo/Count") == "6")


def test_fetch(server):
    head = ('<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
            '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>')
    for name, answer in (("GET", server.fetch()), ("POST", server.post("efetch", id=IDS, retmode="xml"))):
        check(f"efetch by {name}", answer.text == head + "\n" + "\n".join(RECORDS[:4]) + "\n</PubmedArticleSet>\n",
              answer.text[:300])
    answer = server.fetch(f"{BASE + 6},{BASE + 5}")
    check("a book and a broken record come as they are", answer.text.endswith(
        RECORDS[5] + "\n" + RECORDS[4] + "\n</PubmedArticleSet>\n"), answer.text)
    check("unknown ids are absent", server.fetch(f"{BASE + 77},{TWO}").text.count("<PMID") == 1)
    check("none known", server.fetch(str(BASE + 77)).text.endswith("<PubmedArticleSet></PubmedArticleSet>\n"))
    check("repeated id parameters add up", server.talk(
        f"GET /entrez/eutils/efetch.fcgi?db=pubmed&retmode=xml&id={ONE}&id={TWO} HTTP/1.1\r\nConnection: close\r\n\r\n"
        .encode()).text.count("<PMID") == 2)
    check("no retmode is refused", server.get("efetch", id=ONE).status == 400)
    check("uilist", server.get("efetch", id=IDS, rettype="uilist", retmode="text").text.split() == IDS.split(","))
    check("no ids", server.get("efetch", retmode="xml").status == 400)
    check("a bad id", server.get("efetch", id="abc", retmode="xml").status == 400)
    packed = server.fetch(accept="gzip")
    check("gzip when asked for", packed.headers.get("content-encoding") == "gzip" and packed.text == server.fetch().text)
    old = server.fetch(http="1.0")
    check("HTTP/1.0 gets no chunks", "transfer-encoding" not in old.headers and old.text.count("<PMID") == 4)


def test_history(server):
    posted = server.post("epost", id=f"{ONE},{THREE},{BASE + 77}").xml
    env, key = posted.findtext("WebEnv"), posted.findtext("QueryKey")
    check("epost", key == "1" and re.fullmatch(r"MCID_[0-9a-f]{24}", env), ElementTree.tostring(posted))
    answer = server.get("efetch", WebEnv=env, query_key=key, retmode="xml")
    check("efetch from epost", answer.text.count("<PMID") == 2, answer.text)
    answer = server.get("efetch", WebEnv=env, query_key=key, retmode="xml", retstart=1, retmax=1)
    check("efetch of a page", THREE in answer.text and ONE not in answer.text, answer.text)
    again = server.post("epost", id=TWO, WebEnv=env).xml
    check("a second key", again.findtext("QueryKey") == "2" and again.findtext("WebEnv") == env)
    check("search within a set", server.ids("#1 AND review[pt]", WebEnv=env) == [3])
    check("search by key", server.ids("", WebEnv=env, query_key="2") == [2])
    kept = server.search("posture", usehistory="y", retmax=0).xml
    answer = server.get("efetch", WebEnv=kept.findtext("WebEnv"), query_key="1", retmode="xml")
    check("usehistory keeps more than retmax", answer.text.count("<PMID") == 2, answer.text)
    answer = server.get("efetch", WebEnv="MCID_none", query_key="1", retmode="xml")
    check("unknown WebEnv", answer.status == 200 and answer.xml.findtext("ERROR") == "Unable to obtain query #1")
    check("and in JSON", server.search("", WebEnv="x", query_key="1", retmode="json").json
          == {"esearchresult": {"ERROR": "Unable to obtain query #1"}})
    errors = [e.text for e in server.post("epost", id="abc").xml.findall("ERROR")]
    check("epost without a good id", len(errors) == 2 and errors[0] == "Empty ID list; Nothing to store", errors)
    check("epost names bad ids", server.post("epost", id=f"abc,{ONE}").xml.findtext("InvalidIdList/Id") == "abc")


def test_summary(server):
    result = server.get("esummary", id=f"{ONE},{BASE + 77}", retmode="json").json["result"]
    item = result[ONE]
    check("esummary JSON", result["uids"] == [ONE, str(BASE + 77)] and item["pubtype"] == ["Randomized Controlled Trial"]
          and item["title"] == "Manual therapy for tension headache: an invented trial" and item["pubdate"] == "2019 Mar"
          and item["sortpubdate"] == "2019/03/01 00:00" and item["authors"][0]["name"] == "Zeta AB", item)
    check("esummary error per uid", result[str(BASE + 77)]["error"] == "cannot get document summary")
    items = server.get("esummary", id=f"{TWO},{BASE + 77}", version="2.0").xml.findall("DocumentSummarySet/DocumentSummary")
    check("esummary 2.0", items[0].findtext("Title") == "Neck pain & posture" and items[0].get("uid") == TWO
          and items[0].findtext("Source") == "J Invent" and items[1].findtext("error"), items)
    answer = server.get("esummary", id=THREE).xml
    check("esummary 1.0", answer.find("DocSum/Item[@Name='Title']").text == "A review of headache")
    check("esummary, bad uid", server.get("esummary", id="abc", retmode="json").json["error"]
          == "Invalid uid abc at position= 0")
    many = server.post("esummary", id=",".join(str(n) for n in range(1, 502)), retmode="json").json
    check("esummary, 501 uids", many["error"].startswith("Too many UIDs"), many)


def test_citations(server):
    """ECitMatch: the line itself with a PMID, NOT_FOUND or AMBIGUOUS behind it."""
    lines = ["J Invent|2020|2||Inventor AB|a|", "J Invent|2019|||Zeta|b|", "J Invent|1999|||Zeta|c|",
             "J Invent|2020||||d|", "|||5|Zeta|e|", "nonsense"]
    answer = server.talk(f"GET /entrez/eutils/ecitmatch.cgi?{urllib.parse.urlencode({'db': 'pubmed', 'bdata': chr(13).join(lines)})}"
                         " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    got = [line.split("|")[5:7] for line in answer.text.splitlines()]
    check("ecitmatch", got == [["a", TWO], ["b", ONE], ["c", "NOT_FOUND;INVALID_CITATION"], ["d", "AMBIGUOUS (2 citations)"]],
          answer.text)


def test_beside(place):
    """ELink, the ID converter and Crossref: their shapes, what they refuse, limits apart from the E-utilities'."""
    works = os.path.join(place, "works.json")
    with open(works, "w", encoding="utf-8") as file:
        file.write('[{"DOI": "10.99999/Book", "title": "Invented", "type": "book"}]')
    server = Server(place, "beside", "--rate", "0", "--crossref", works)

    def get(target):
        return server.talk(f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    base = "/entrez/eutils/elink.fcgi?db=pubmed&dbfrom=pubmed&linkname=pubmed_pubmed&cmd=neighbor_score"
    apart = get(f"{base}&id={ONE}&id={TWO}").xml
    check("elink: a set for each repeated id", [e.text for e in apart.findall("LinkSet/IdList/Id")] == [ONE, TWO]
          and len(apart.findall("LinkSet")) == 2)
    check("elink: scores", all(e.find("Score") is not None for e in apart.findall("LinkSet/LinkSetDb/Link")))
    mixed = get(f"{base}&id={ONE},{TWO}").xml
    check("elink: one set for ids with commas", len(mixed.findall("LinkSet")) == 1 and len(mixed.findall("LinkSet/IdList/Id")) == 2)
    check("elink: no ids", get(base).status == 400)
    ids = "/tools/idconv/api/v1/articles/?format=json&idtype="
    answer = get(f"{ids}pmid&ids=1,2")
    check("converter: what is not in PMC", [r["status"] for r in answer.json["records"]] == ["error", "error"])
    check("converter: kinds mixed", get(f"{ids}pmcid&ids=PMC1,2").status == 400)
    check("converter: 201 ids", get(f"{ids}pmid&ids={','.join(['1'] * 201)}").status == 400)
    tail = "/transform/application/vnd.citationstyles.csl+json"
    answer = get(f"/v1/works/10.99999%2Fbook{tail}")
    check("crossref: a work, its DOI in any case", answer.json["title"] == "Invented" and answer.status == 200)
    check("crossref: another DOI", get(f"/v1/works/10.99999%2Fother{tail}").text == "Resource not found.")
    for _ in range(5):
        answer = get(f"/v1/works/10.99999%2Fbook{tail}")
    check("crossref: a limit of its own", answer.status == 429 and server.get("esearch", term="headache").status == 200)


def test_limits(place):
    server = Server(place, "limits", "--seed", "7")
    answer = server.get("efetch", id=",".join([ONE] * 500), retmode="xml")
    check("a long GET gives 414", answer.status == 414 and "html" in answer.text, answer.status)
    check("elsewhere there is nothing", server.get("esearch", path="/", term="x").status == 404)
    check("other methods", server.talk(b"PUT /entrez/eutils/esearch.fcgi HTTP/1.1\r\nConnection: close\r\n\r\n").status == 405)
    time.sleep(1.05)
    answers = [server.search("headache") for _ in range(4)]
    check("3 requests a second", [a.status for a in answers] == [200, 200, 200, 429], [a.status for a in answers])
    check("the 429", answers[3].json == {"error": "API rate limit exceeded", "api-key": "127.0.0.1", "count": "4",
                                         "limit": "3"}, answers[3].text)
    keyed = [server.search("headache", api_key="KEYKEYKEY").status for _ in range(11)]
    check("10 with a key", keyed == [200] * 10 + [429], keyed)
    server.control("POST", "/ctl/clock", "+5")
    check("the clock can be moved", server.search("headache").status == 200)
    answer = server.search("headache", api_key="badkey1")
    check("a bad key", answer.status == 400 and answer.json["error"] == "API key invalid", answer.text)
    log = server.requests()
    check("the key is hashed in the log", "KEYKEYKEY" not in json.dumps(log) and any(
        e.get("params", {}).get("api_key", "").startswith("sha256:") for e in log), log[-1])
    check("refused requests are in the log", any(e.get("over_limit") and e["status"] == 429 for e in log))
    server.talk(b"GET /entrez/eutils/einfo.fcgi HTTP/1.1\r\nConnection: close\r\n\r\n")
    check("missing tool and email are in the log", server.requests()[-1]["missing"] == ["tool", "email"])
    check("nobody listens on other addresses", refused(server.port))
    check("SIGTERM ends it cleanly", server.stop() == 0 and not os.path.exists(server.file))
    lenient = Server(place, "lenient", "--mode", "lenient", "--history-seconds", "0.2", "--gzip", "always")
    check("lenient lets all through", [lenient.search("headache").status for _ in range(5)] == [200] * 5)
    check("and says so in the log", lenient.requests()[-1].get("over_limit") is True)
    check("gzip always", lenient.fetch().headers.get("content-encoding") == "gzip")
    env = lenient.post("epost", id=ONE).xml.findtext("WebEnv")
    time.sleep(0.25)
    check("a WebEnv expires", "Unable to obtain" in lenient.get("efetch", WebEnv=env, query_key=1, retmode="xml").text)
    check("SIGINT ends it too", lenient.stop(signal.SIGINT) == 0)


def refused(port):
    try:
        socket.create_connection(("127.0.0.2", port), 1).close()
    except OSError:
        return True
    return False


def test_synthetic(place):
    server = Server(place, "synthetic", "--synthetic", "250000", "--rate", "0", records=False)
    began = time.monotonic()
    check("250,000 hits", server.search("synthetic", rettype="count").xml.findtext("Count") == "250000")
    ids = [e.text for e in server.search("all[sb]", retmax=9999).xml.findall("IdList/Id")]
    check("9,999 of them at most", len(ids) == 9999 and len(set(ids)) == 9999)
    first, last, total, crowded = BASE + 1, BASE + 250000, 0, 0
    for low in range(first, last + 1, 50000):
        total += int(server.search(f"synthetic AND {low}:{low + 49999}[uid]", rettype="count").xml.findtext("Count"))
    check("PMID slices add up", total == 250000, total)
    total = 0
    for year in range(2000, 2021):
        count = int(server.search(f'"{year}/01/01"[crdt] : "{year}/12/31"[crdt]', rettype="count").xml.findtext("Count"))
        total, crowded = total + count, max(crowded, count)
    check("years add up", total == 250000 and crowded > 20000, (total, crowded))
    check("searches are quick", time.monotonic() - began < 5, time.monotonic() - began)
    records = server.post("efetch", id=",".join(ids[:200]), retmode="xml").xml
    check("200 invented records", len(records) == 200 and "invented" in records[0].find(".//ArticleTitle").text)
    check("a random trial", server.ids(f"randomized controlled trial[pt] AND {first}:{first + 39}[uid]") == [1, 21])
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as file:
        memory = int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1))
    check("memory stays under 100 MB", memory < 100000, memory)
    server.stop()


# ---- the faults ----------------------------------------------------------------------------------------------------


def test_rules(server):
    for bad in ("x", "{}", '[{"do":{}}]', '[{"do":{"statsu":500}}]', '[{"do":{"status":99}}]', '[{"match":{"path":"e"},'
                '"do":{"status":500}}]', '[{"do":{"gzip":"bomb:x"}}]', '[{"do":{"body":"nothing"}}]',
                '[{"time":1,"do":{"status":500}}]', '[{"match":{"nth":0},"do":{"status":500}}]'):
        answer = server.control("PUT", "/ctl/faults", bad)
        check(f"bad rule {bad}", answer.status == 400 and answer.json["error"], answer.text)
    server.fault({"status": 503}, {"path": "efetch", "nth": 2}, 2)
    check("other paths are spared", server.search("headache").status == 200)
    check("nth and times", [server.fetch(ONE).status for _ in range(4)] == [200, 503, 503, 200])
    check("the rules tell", server.control("GET", "/ctl/faults").json[0]["fired"] == 2)
    server.fault({"status": 500}, {"pmid": BASE + 2}, 0)
    check("by PMID", [server.fetch(i).status for i in (IDS, ONE, TWO, f"{ONE},{TWO}")] == [500, 200, 500, 500])
    check("an unknown control path", server.control("GET", "/ctl/none").status == 404)
    server.control("POST", "/ctl/reset")
    check("reset", server.requests() == [] and server.control("GET", "/ctl/faults").json == []
          and server.fetch(TWO).status == 200)
    entry = server.requests()[0]
    check("a log entry", entry["method"] == "GET" and entry["path"].endswith("efetch.fcgi") and entry["bytes"] > 1000
          and entry["params"]["id"] == TWO and entry["status"] == 200, entry)


def test_bodies(server):
    def given(do, **params):
        server.fault(do)
        return server.get("efetch", id=IDS, retmode="xml", **params)
    answer = given({"status": 429, "retry_after": 2, "body": "ratelimit-json"}, api_key="SECRET")
    check("429", answer.status == 429 and answer.headers["retry-after"] == "2" and answer.json["api-key"] == "SECRET")
    check("429 without Retry-After", "retry-after" not in given({"status": 429}).headers)
    for status in (500, 502, 503, 504):
        check(f"{status}", given({"status": status}).status == status and "WWW Error 500" in given({"status": 500}).text)
    for name, expected in (("html200", "<!DOCTYPE html>"), ("prolog", "pubmed_250101.dtd"), ("json", '{"note"'),
                           ("efetch-error", "<ERROR>Search Backend failed"), ("webenv-expired", "Unable to obtain query"),
                           ("esearch-error", "Database is not supported"), ("docsum-comment", "<!-- "),
                           ("warninglist", "<WarningList>"), ("cxx-exception", "TXCLIENT"), ("text:odd", "odd")):
        answer = given({"body": name})
        check(f"body {name}", answer.status == 200 and expected in answer.text and "</PubmedArticle>" not in answer.text,
              answer.text)
    check("body empty", given({"body": "empty"}).body == b"")
    whole = server.fetch().body
    for cut, size in ((0, 0), (1, 1), ("half", len(whole) // 2), ("last", len(whole) - 1), (100, 100)):
        answer = given({"truncate": cut})
        check(f"truncate {cut}", answer.body == whole[:size] and answer.whole, len(answer.body))
    answer = given({"flip": True})
    check("flip", sum(bin(a ^ b).count("1") for a, b in zip(answer.body, whole)) == 1 and len(answer.body) == len(whole))
    check("flip at", given({"flip": 10}).body[10] != whole[10])
    present = lambda answer: [int(n) - BASE for n in re.findall(r"<PMID[^>]*>(\d+)", answer.text)]
    check("drop_pmids", present(given({"drop_pmids": [BASE + 2]})) == [1, 3, 4])
    check("drop true", present(given({"drop_pmids": True})) == [1, 2, 3])
    check("dup_pmids", present(given({"dup_pmids": [BASE + 3]})) == [1, 2, 3, 4, 3])
    check("add_pmids", present(given({"add_pmids": [BASE + 6, BASE + 99]})) == [1, 2, 3, 4, 6, 99])
    check("shuffle", sorted(present(given({"shuffle": True}))) == [1, 2, 3, 4])
    server.fault({"count_lie": 2})
    check("count_lie", server.search("headache").xml.findtext("Count") == "5")
    check("redirect", given({"redirect": "file:///etc/passwd"}).headers["location"] == "file:///etc/passwd")
    answer = given({"redirect": "http-downgrade"})
    check("downgrade", answer.status == 302 and answer.headers["location"].startswith("http://127.0.0.1:"), answer.headers)
    check("loop", given({"redirect": "loop"}).headers["location"].startswith("/entrez/eutils/efetch.fcgi?"))


def test_xml(server):
    def given(kind, timeout=5, match=None):
        server.fault({"xml": kind}, match)
        return server.fetch(timeout=timeout).body
    for kind, expected in (("entity-bomb", b"&a9;"), ("quadratic-bomb", b"&a;" * 100), ("undefined-entity", b"&nbsp2;"),
                           ("xxe:file:///etc/passwd", b'SYSTEM "file:///etc/passwd"'), ("badutf8", b"\xc3\x28"),
                           ("dtd:http://127.0.0.1:9/x.dtd", b'SYSTEM "http://127.0.0.1:9/x.dtd"'), ("ctrl", b"\x1b[31m"),
                           ("nul", b"\0"), ("ufffe", b"\xef\xbf\xbe"), ("unknown", b"<NewElement"), ("crlf", b"\r\n"),
                           ("empty-title", b"<ArticleTitle></ArticleTitle>"), ("book", b"<PubmedBookArticle>"),
                           ("deep:5000", b"<i>" * 5000), ("authors:3000", b"<Author><LastName>" * 1),
                           ("attribute:20000", b"x" * 20000), ("hugefield:12m", b"Invented filler.")):
        body = given(kind)
        check(f"xml {kind}", expected in body and body.count(b"<PMID") == 4 and body.endswith(b"</PubmedArticleSet>\r\n" if
              kind == "crlf" else b"</PubmedArticleSet>\n"), body[:300])
    check("3,000 authors", given("authors:3000").count(b"<Author><LastName>Invented") == 3000)
    check("a field of 12 MB", len(given("hugefield:12m")) > 12000000)
    body = given("badutf8", match={"pmid": BASE + 3})
    check("the poisoned PMID is chosen", body.index(THREE.encode()) < body.index(b"\xc3\x28") < body.index(ONE.encode()))
    for kind in ("unknown", "empty-title", "book", "crlf", "deep:50", "authors:10"):
        check(f"{kind} is well formed", len(ElementTree.fromstring(given(kind))) == 4)


def test_transfer(server):
    whole = server.fetch().body
    packed = server.fetch(accept="gzip").packed

    def given(do, timeout=3, accept=None, **rule):
        server.fault(do, **rule)
        return server.fetch(timeout=timeout, accept=accept)
    answer = given({"gzip": "truncate", "length": "exact"})
    check("gzip cut, length of the rest", answer.whole and answer.body is None and packed.startswith(answer.packed))
    check("gzip cut, chunked", given({"gzip": "truncate"}).packed == packed[:len(packed) // 2])
    answer = given({"gzip": "truncate", "length": "full"})
    check("gzip cut, full length", not answer.whole and int(answer.headers["content-length"]) == len(packed))
    answer = given({"gzip": "badcrc"})
    check("gzip, bad CRC", answer.body is None and zlib.decompressobj(-15).decompress(answer.packed[10:-8]) == whole)
    answer = given({"gzip": "notgzip"})
    check("not gzip", answer.headers["content-encoding"] == "gzip" and answer.packed == whole)
    check("two members", given({"gzip": "multi"}).body == whole)
    answer = given({"gzip": "bomb:50mb"}, timeout=20)
    check("bomb", len(answer.packed) < 100000 and len(answer.body) > 50000000, len(answer.packed))
    for name in ("+100", "-100", "100"):
        answer = given({"length": name})
        size = int(name) if name == "100" else len(whole) + int(name)
        check(f"length {name}", answer.headers["content-length"] == str(size) and answer.raw == whole, answer.headers)
    answer = given({"length": "none"})
    check("no length", not {"content-length", "transfer-encoding"} & set(answer.headers) and answer.body == whole)
    answer = given({"length": "none", "close_after": 500})
    check("closed early", answer.body == whole[:500] and answer.ending == "eof", answer.ending)
    check("closed early in chunks", not given({"close_after": 500}).whole)
    answer = given({"close_after": "request"})
    check("closed without a byte", answer.data == b"" and answer.ending == "eof", answer.ending)
    check("bad chunk size", given({"chunk": "bad-size"}).raw.startswith(b"zz\r\n"))
    answer = given({"chunk": "truncate"})
    check("chunks cut", not answer.whole and 0 < len(answer.body) < len(whole))
    answer = given({"chunk": "trailer"})
    check("trailer", answer.whole and answer.body == whole and b"X-Trailer:" in answer.raw)
    for where in ("connect", "header", "body"):
        answer = given({"rst": where})
        check(f"reset at {where}", answer.ending == "reset" and bool(answer.found) == (where == "body"), answer.ending)
    check("reset by path", given({"rst": "connect"}, match={"path": "efetch"}).ending == "reset")
    check("reset after", len(given({"rst": "body", "after": 700, "length": "none"}).raw) <= 700)
    server.fault({"rst": "keepalive"})
    with server.connect() as sock:
        ask = f"GET /entrez/eutils/efetch.fcgi?db=pubmed&retmode=xml&id={ONE} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        sock.sendall(ask)
        first = receive(sock, b"0\r\n\r\n")
        try:
            sock.sendall(ask)
            second = receive(sock)
        except OSError:
            second = (b"", "reset")
    check("reset on the kept connection", first[1] == "kept" and second == (b"", "reset"), (first[1], second[1]))
    began = time.monotonic()
    check("delay", given({"delay_ms": 300}).body == whole and time.monotonic() - began >= 0.3)
    for where, size in ((True, 0), ("header", 1), ("body", 200)):
        answer = given({"stall": where}, timeout=0.5)
        check(f"stall {where}", answer.ending == "timeout" and len(answer.data) >= size, answer.ending)
    began = time.monotonic()
    check("drip of the body", given({"drip_bps": 20000}).body == whole and time.monotonic() - began > len(whole) / 25000)
    with server.connect(0.6) as sock:
        server.fault({"drip_bps": 40, "drip": "header"})
        sock.sendall(ask)
        began, data = time.monotonic(), b""
        while time.monotonic() - began < 0.6:
            data += sock.recv(100)
    check("drip", 5 <= len(data) <= 60 and data.startswith(b"HTTP/1.1"), len(data))


def test_kept(server):
    """Two requests on one connection, and many connections at once."""
    with server.connect() as sock:
        ask = f"GET /entrez/eutils/efetch.fcgi?db=pubmed&retmode=xml&id={ONE} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        sock.sendall(ask + ask)
        data = b""
        while data.count(b"\r\n0\r\n\r\n") < 2:
            data += sock.recv(65536)
    check("two requests on one connection", data.count(b"HTTP/1.1 200") == 2 and data.count(b"</PubmedArticleSet>") == 2)
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(server.fetch().body)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check("20 at once", len(answers) == 20 and len(set(answers)) == 1)
    check("nonsense closes the connection", server.talk(b"\x16\x03 nonsense\r\n\r\n").data == b"")


def test_bad_tls(place, server):
    """`server` has a sound certificate; the others do not, by option and by rule."""
    context = server.tls
    check("the sound certificate is accepted", server.fetch().status == 200)

    def problem():
        try:
            server.connect().close()
        except ssl.SSLError as error:
            return str(error)
        except OSError as error:
            return type(error).__name__
        return ""
    for kind, words in (("expired", "expired"), ("wronghost", "ostname mismatch"), ("selfsigned", "self"),
                        ("reset-in-handshake", "Reset")):
        server.fault({"tls": kind})
        text = problem()
        check(f"tls {kind}", words in text, text)
        check("and then sound again", server.fetch().status == 200)
    check("refused handshakes are in the log", any(e.get("event") == "tls-failed" for e in server.requests()))
    server.tls = None
    check("plain http gets no reply", server.fetch().status == 0)
    server.tls = context
    for kind, words in (("bad-expired", "expired"), ("bad-wronghost", "ostname mismatch"), ("bad-selfsigned", "self")):
        other = Server(place, kind, "--tls", kind, "--tls-dir", os.path.join(place, kind))
        context = ssl.create_default_context(cafile=os.path.join(place, kind, "ca.pem"))
        try:
            with socket.create_connection(("127.0.0.1", other.port), 3) as sock:
                context.wrap_socket(sock, server_hostname="localhost").close()
            text = "accepted"
        except ssl.SSLError as error:
            text = str(error)
        check(f"--tls {kind}", words in text, text)
        check(f"{kind} stops", other.stop() == 0)


def test_shapes(server):
    """Element by element against recorded real replies; only where OSLER_SHARED names a folder that has them."""
    folder = os.path.join(os.environ.get("OSLER_SHARED", ""), "data", "eutils")
    if not os.environ.get("OSLER_SHARED") or not os.path.isdir(folder):
        return

    def tags(element):
        return (element.tag, sorted({repr(tags(child)) for child in element}))
    pairs = (("biopython__biopython/esearch8.xml", server.search("abcXYZ")),
             ("biopython__biopython/esearch1.xml", server.search("posture")),
             ("biopython__biopython/epost1.xml", server.post("epost", id=ONE)),
             ("biopython__biopython/epost2.xml", server.post("epost", id=ONE, db="nothing")),
             ("biopython__biopython/epost3.xml", server.post("epost", id="abc")),
             ("biopython__biopython/esummary8.xml", server.get("esummary")),
             ("biopython__biopython/espell.xml", server.get("espell", term="hedache")),
             ("observed_bodies/efetch_expired_webenv.xml", server.get("efetch", WebEnv="x", query_key=1, retmode="xml")))
    for name, answer in pairs:
        with open(os.path.join(folder, name), "rb") as file:
            data = file.read()
        check(f"shape of {name}", tags(ElementTree.fromstring(data)) == tags(answer.xml), answer.text)
        check(f"head of {name}", data.split(b">")[1].strip() == answer.body.split(b">")[1].strip(), answer.text)
    with open(os.path.join(folder, "observed_bodies/esummary_42802988.json"), encoding="utf-8") as file:
        real = next(v for k, v in json.load(file)["result"].items() if k != "uids")
    ours = server.get("esummary", id=ONE, retmode="json").json["result"][ONE]
    check("members of esummary JSON", all(type(v) is type(real[k]) or k == "pmcrefcount" for k, v in ours.items()), ours)


def test_usage(place):
    def run(*options):
        done = subprocess.run([sys.executable, os.path.join(HERE, "eutilsd.py"), *options], capture_output=True, text=True,
                              timeout=20, check=False)
        return done.returncode, done.stderr
    check("a missing file", run("--records", "/nowhere.xml")[0] == 4)
    check("no records", run("--records", os.path.join(place, "none.xml"))[0] == 4)
    check("no source", run()[0] == 2)
    check("--tls without a folder", run("--synthetic", "5", "--tls")[0] == 2)
    with open(os.path.join(place, "bad.json"), "w", encoding="ascii") as file:
        file.write('[{"do":{"statsu":1}}]')
    code, text = run("--synthetic", "5", "--faults", os.path.join(place, "bad.json"))
    check("a bad rule file", code == 4 and "statsu" in text, text)


def main():
    faulthandler.dump_traceback_later(60, exit=True)  # a stand-in that hangs is a failure, not a wait
    began = time.monotonic()
    place = tempfile.mkdtemp(prefix="eutilsd-selftest-")
    try:
        head = '<?xml version="1.0"?>\n<PubmedArticleSet>\n'
        with open(os.path.join(place, "a.xml"), "w", encoding="utf-8", newline="") as file:
            file.write(head + OLDER + "\n" + RECORDS[1] + "</PubmedArticleSet>")
        with open(os.path.join(place, "b.xml.gz"), "wb") as file:  # two gzip members
            text = head + "".join(RECORDS[:1] + RECORDS[2:]) + "</PubmedArticleSet>"
            file.write(gzip.compress(text[:900].encode()) + gzip.compress(text[900:].encode()))
        with open(os.path.join(place, "none.xml"), "w", encoding="utf-8") as file:
            file.write(head + "</PubmedArticleSet>")
        with open(os.path.join(place, "rules.json"), "w", encoding="utf-8") as file:
            json.dump([{"do": {"status": 502}}], file)
        plain = Server(place, "plain", "--rate", "1000", "--rate-key", "1000", "--faults", os.path.join(place, "rules.json"),
                       "--log", os.path.join(place, "log.jsonl"))
        secure = Server(place, "secure", "--rate", "1000", "--tls", "--tls-dir", os.path.join(place, "tls"))
        secure.tls = ssl.create_default_context(cafile=os.path.join(place, "tls", "ca.pem"))
        check("rules from a file", [plain.fetch().status for _ in range(2)] == [502, 200])
        plain.control("POST", "/ctl/reset")
        check("reset starts them again", plain.fetch().status == 502)
        plain.control("PUT", "/ctl/faults", [])
        for test in (test_search, test_search_shape, test_fetch, test_history, test_summary, test_citations, test_shapes, test_kept):
            test(plain)
        plain.control("POST", "/ctl/reset")
        for server in (plain, secure):
            server.control("PUT", "/ctl/faults", [])
            for test in (test_bodies, test_xml, test_transfer):
                test(server)
        test_fetch(secure)
        test_rules(secure)
        test_bad_tls(place, secure)
        test_beside(place)
        test_limits(place)
        test_synthetic(place)
        test_usage(place)
        check("stops", plain.stop() == 0 and secure.stop() == 0)
        with open(os.path.join(place, "log.jsonl"), encoding="utf-8") as file:
            log = [json.loads(line) for line in file]
        check("the log file", len(log) > 100 and "SECRET" not in json.dumps(log), len(log))
    finally:
        for server in Server.all:
            if server.process.poll() is None:
                server.process.kill()
                server.process.wait()
        shutil.rmtree(place, ignore_errors=True)
    failed = RESULTS.count(False)
    print(f"{len(RESULTS) - failed} passed, {failed} failed ({time.monotonic() - began:.1f} s)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
