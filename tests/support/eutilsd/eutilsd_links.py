"""What the stand-in answers beside the E-utilities of a search: ELink, the PMC ID Converter and Crossref.

Marks as in eutilsd_replies.py: `observed`, `documented` (NCBI's or Crossref's documentation, or the project's
reference) and `assumed`.
"""
import json
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree

from eutilsd_records import normalize
from eutilsd_replies import HEAD, HTML, JSON, TEXT, Reply

# assumed: the day of the DTD
ELINK = HEAD.format(root="eLinkResult", name="elink", day="20101123", file="elink")
NAMES = ("pubmed_pubmed", "pubmed_pubmed_citedin", "pubmed_pubmed_refs")
IDCONV_PATH = "/tools/idconv/api/v1/articles/"  # documented (reference B2)
CROSSREF_PATH = "/v1/works/"  # documented (reference B2)
TRANSFORM = "/transform/application/vnd.citationstyles.csl+json"  # documented (Crossref REST API)
CSL_JSON = "application/vnd.citationstyles.csl+json"
MOST_CONVERTED = 200  # documented (reference B2)


class Facts:
    """Of each record: the PMIDs it cites, its PMCID and DOI, the words of its title. Read when first asked for."""

    def __init__(self, store):
        self.cites, self.cited, self.ids, self.words = {}, {}, {}, {}
        for ordinal, pmid in enumerate(store.pmids):
            try:
                self.read(pmid, ElementTree.fromstring(store.raw(ordinal)))
            except ElementTree.ParseError:
                continue
        for pmid, targets in self.cites.items():
            for target in targets:
                self.cited.setdefault(target, []).append(pmid)

    def read(self, pmid, root):
        ids = {e.get("IdType"): (e.text or "").strip() for e in root.findall("PubmedData/ArticleIdList/ArticleId")}
        self.ids[pmid] = (ids.get("pmc") or None, ids.get("doi") or None)
        self.cites[pmid] = list(dict.fromkeys(
            int(e.text) for e in root.findall("PubmedData/ReferenceList//ArticleId")
            if e.get("IdType") == "pubmed" and (e.text or "").strip().isdigit()))
        title = root.find("MedlineCitation/Article/ArticleTitle")
        self.words[pmid] = set(normalize("".join(title.itertext())).split()) if title is not None else set()


class Links:
    """Answers over one store. `crossref` is a list of CSL-JSON items."""

    def __init__(self, store, crossref=()):
        self.store, self.known = store, None
        self.works = {item["DOI"].lower(): item for item in crossref}

    @property
    def facts(self):
        if self.known is None:
            self.known = Facts(self.store)
        return self.known

    # ---- ELink

    def linked(self, pmid, name):
        """(PMID, score) pairs. assumed: references in the order of the paper, citing records newest first."""
        facts = self.facts
        if name == "pubmed_pubmed_refs":
            # documented (reference B2): only for articles in PMC
            has = facts.ids.get(pmid, (None, None))[0]
            return [(target, 0) for target in facts.cites.get(pmid, [])] if has else []
        if name == "pubmed_pubmed_citedin":
            return [(source, 0) for source in sorted(facts.cited.get(pmid, []), reverse=True)]
        own = facts.words.get(pmid, set())  # assumed: similar is what shares most words of its title
        scores = [(len(own & words) * 1000000 // max(1, len(own | words)), other)
                  for other, words in facts.words.items() if own & words]
        return [(other, score) for score, other in sorted(scores, key=lambda pair: (-pair[0], pair[1]))][:100]

    def elink(self, groups, params, fault):
        """observed (elink replies in Biopython's tests): the elements and their order. documented: ids with commas
        between them share a set of links, repeated ids have one each. assumed: no LinkSetDb where there is none."""
        name, scored = params.get("linkname", "pubmed_pubmed"), params.get("cmd", "neighbor") == "neighbor_score"
        if name not in NAMES:
            return Reply(f"{ELINK}<eLinkResult><ERROR>Link name is unknown</ERROR></eLinkResult>\n")  # assumed
        if not groups:
            return Reply(f"{ELINK}<eLinkResult><ERROR>Empty Id list</ERROR></eLinkResult>\n", status=400)  # assumed
        dropped = fault.get("drop_pmids") or []
        sets = []
        for at, group in enumerate(groups):
            pmids = [int(i) for i in re.findall(r"\d+", group)]
            if set(pmids) & set(dropped if dropped is not True else pmids if at == len(groups) - 1 else []):
                continue
            links = {to: score for pmid in pmids for to, score in self.linked(pmid, name)}
            rows = "".join(f"<Link><Id>{to}</Id>{f'<Score>{score}</Score>' if scored else ''}</Link>\n"
                           for to, score in links.items())
            found = f"<LinkSetDb><DbTo>pubmed</DbTo><LinkName>{name}</LinkName>\n{rows}</LinkSetDb>" if rows else ""
            ids = "".join(f"<Id>{pmid}</Id>" for pmid in pmids)
            sets.append(f"<LinkSet><DbFrom>pubmed</DbFrom><IdList>{ids}</IdList>{found}</LinkSet>\n")
        return Reply(f"{ELINK}<eLinkResult>\n{''.join(sets)}</eLinkResult>\n")

    # ---- the PMC ID Converter

    def idconv(self, params, fault):
        """documented (reference B2): at most 200 ids of one kind; ids only of what is in PMC. observed elsewhere
        (pubmed-mcp-server #73): kinds mixed are refused whole with 400. assumed: the members of the reply."""
        ids = [part.strip() for part in params.get("ids", "").split(",") if part.strip()]
        kind = params.get("idtype", "pmcid")
        shapes = {"pmid": r"\d+", "pmcid": r"(PMC)?\d+", "doi": r"10\..+"}
        if kind not in shapes or not ids or len(ids) > MOST_CONVERTED or not all(
                re.fullmatch(shapes[kind], i) for i in ids) or len({i.startswith("PMC") for i in ids}) > 1:
            return Reply(json.dumps({"status": "error", "message": "Invalid request"}), JSON, 400)
        dropped = fault.get("drop_pmids")
        records = [self.converted(i, kind) for i in ids]
        if dropped is True:
            records.pop()
        return Reply(json.dumps({"status": "ok", "request": {"ids": ids, "idtype": kind}, "records": records}), JSON)

    def converted(self, text, kind):
        for pmid, (pmcid, doi) in self.facts.ids.items():
            own = {"pmid": str(pmid), "pmcid": pmcid or "", "doi": doi or ""}[kind]
            if pmcid and own.lower() in (text.lower(), "pmc" + text):
                # assumed: the PMID is a number; the DOI is left out where the record has none
                return {"pmcid": pmcid, "pmid": pmid, **({"doi": doi} if doi else {}), "requested-id": text}
        return {"requested-id": text, "status": "error", "errmsg": "Identifier not found in PMC"}

    # ---- Crossref

    def crossref(self, path):
        """documented: the path of a transformed record. assumed: the text of the 404."""
        doi = urllib.parse.unquote(path[len(CROSSREF_PATH):].removesuffix(TRANSFORM)).lower()
        if not path.endswith(TRANSFORM):
            return Reply("<html><head><title>404</title></head></html>\n", HTML, 404)
        if doi not in self.works:
            return Reply("Resource not found.", TEXT, 404)
        return Reply(json.dumps(self.works[doi], ensure_ascii=False), CSL_JSON)
