# check_links.sh BUILD: links and identifiers, from the records, from the stand-in's ELink and from its ID converter.
# All records are invented.
build=$1
. tests/support/stand_in.sh

# paper PMID PMCID DOI TITLE [CITED PMID...]; "" for no PMCID
paper() {
    printf '<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">%s</PMID><Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2012</Year></PubDate></JournalIssue><Title>Journal of invented records</Title></Journal><ArticleTitle>%s</ArticleTitle><Language>eng</Language></Article></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pubmed">%s</ArticleId><ArticleId IdType="doi">%s</ArticleId>' \
        "$1" "$4" "$1" "$3"
    [ -n "$2" ] && printf '<ArticleId IdType="pmc">%s</ArticleId>' "$2"
    printf '</ArticleIdList><ReferenceList>'
    shift 4
    for cited; do
        printf '<Reference><Citation>Invented reference to %s.</Citation><ArticleIdList><ArticleId IdType="pubmed">%s</ArticleId></ArticleIdList></Reference>' "$cited" "$cited"
    done
    echo '</ReferenceList></PubmedData></PubmedArticle>'
}
set_of() {
    echo '<?xml version="1.0" ?><PubmedArticleSet>'
    cat
    echo '</PubmedArticleSet>'
}
one() { paper 990000001 PMC9900001 10.99999/one 'Sleep and posture in invented pianists.' 990000002 990000003 990000777; }
{
    one
    paper 990000002 '' 10.99999/two 'Sleep and posture in imagined violinists.' 990000003
    paper 990000003 PMC9900003 10.99999/three 'A trial of nothing against very little.'
    paper 990000004 PMC9900004 10.99999/four 'Quite another subject.' 990000003
} | set_of >"$T/records.xml"
one | set_of >"$T/one.xml"
{
    one
    paper 990000004 PMC9900004 10.99999/four 'Quite another subject.' 990000003
} | set_of >"$T/two.xml"
start plain --records "$T/records.xml" --mode strict
export OSLER_EUTILS_URL="http://127.0.0.1:$port" OSLER_IDCONV_URL="http://127.0.0.1:$port" NCBI_API_KEY=$key

# setup FILE NAME [RULES]: a case on a library of that file.
setup() {
    file=$1
    shift
    begin "$@"
    osler 0 import "$T/$file"
}
lines() { tr '\n' ' ' <"$T/out"; }

setup one.xml "the records answer, nothing is asked for"
osler 0 links refs 990000001 --ids
equal "references" "$(lines)" "990000002 990000003 990000777 "
osler 0 links refs 10.99999/one
says '1  PMID 990000002 · not in this library'
says 'Invented reference to 990000002.'
setup two.xml "who cites: the reference lists read from their other end"
osler 3 links citedby 990000003
setup records.xml "all of it in the library"
osler 0 links citedby 990000003 --ids
equal "citing" "$(tr ' ' '\n' <"$T/out" | sort | tr '\n' ' ')" "990000001 990000002 990000004 "
osler 0 links refs 'pianists[ti] OR violinists[ti]' --json
says '"from":"990000002","id":"990000003","pmid":"990000003"'
osler 2 links similar 990000001
says "ask it with --online"
osler 2 links friends 990000001
osler 2 links refs 990000001 --ids --json
equal "requests" "$(requests 'len(log)')" 0

setup one.xml "PubMed is asked: one request, ids apart, the key only in the form"
osler 0 links refs --online --ids 990000001 990000004
equal "references" "$(lines)" "990000002 990000003 990000777 "
equal "requests" "$(requests '[(r["method"], r["path"].split("/")[-1], r["params"]["cmd"]) for r in log]')" \
    "[('POST', 'elink.fcgi', 'neighbor')]"
osler 8 links refs --online 990000004 PMC12
says "PMC12: it is not in this library, and no PMID"
osler 0 links refs --online --json 990000001
says '"pmid":"990000002","doi":null,"text":"Invented reference to 990000002.","recorded":true,"in_pubmed":true'
osler 0 links similar --online 990000001
says 'PMID 990000002 · score 500000 · not in this library'
osler 0 links similar --online --limit 1 --ids 990000001
equal "similar" "$(lines)" "990000002 "

begin "no library is needed for PMIDs with --online"
osler 0 links citedby --online --ids 990000003
equal "citing" "$(lines)" "990000004 990000002 990000001 "
osler 3 links citedby --online neck
osler 3 links citedby 990000003

setup one.xml "what is not in the library is fetched, and what PubMed has not is named"
osler 8 links refs --fetch 990000001
says "asked 3, got 2: 2 new; 1 missing, 0 failed"
says "990000777"
osler 0 links refs 990000001
says "imagined violinists"
osler 8 links refs --fetch 990000001
says "asked 1, got 0"
osler 0 library verify

setup one.xml "a record without links is an answer; references are of what is in PubMed Central"
osler 0 links refs --online 990000002
says "no links are known"

setup one.xml "a reply that passes over a work is asked again" '[{"match":{"path":"elink"},"do":{"drop_pmids":[990000004]}}]'
osler 0 links refs --online --ids 990000001 990000004
equal "requests" "$(requests 'len(log)')" 2
setup one.xml "for good: the work is named, the other is answered" \
    '[{"match":{"path":"elink"},"times":0,"do":{"drop_pmids":[990000004]}}]'
osler 8 links refs --online --ids 990000001 990000004
says "990000004: PubMed did not answer for it, asked twice"
equal "references" "$(lines)" "990000002 990000003 990000777 "

setup one.xml "the scores make ELink fail inside: the links come without them" \
    '[{"match":{"path":"elink"},"times":2,"do":{"body":"cxx-exception"}}]'
osler 0 links similar --online 990000001
says 'PMID 990000002 · not in this library'
says "PubMed gave no scores of 1 of these works"
equal "commands" "$(requests '[r["params"]["cmd"] for r in log][1:]')" "['neighbor_score', 'neighbor']"
for body in prolog empty html200 cxx-exception; do
    setup one.xml "$body once is asked again" "[{\"match\":{\"path\":\"elink\"},\"do\":{\"body\":\"$body\"}}]"
    osler 0 links citedby --online --ids 990000003
    equal "citing" "$(lines)" "990000001 990000004 990000002 "
done
setup one.xml "cut in the middle" '[{"match":{"path":"elink"},"do":{"truncate":"half"}}]'
osler 0 links citedby --online --ids 990000003
setup one.xml "a server in trouble is not 'no links'" '[{"match":{"path":"elink"},"times":0,"do":{"status":503}}]'
osler 5 links citedby --online 990000003
says "the server is in trouble (HTTP 503), after 6 tries"
setup one.xml "refused" '[{"match":{"path":"elink"},"times":0,"do":{"status":429}}]'
osler 6 links citedby --online 990000003

setup one.xml "identifiers: the library first"
osler 0 ids PMC9900001
says "990000001   PMC9900001    10.99999/one"
osler 8 ids 10.99999/one 990000003
says "990000003: not in this library"
osler 3 ids 990000003
osler 3 ids nonsense
says "nonsense: no PMID, PMCID or DOI"
equal "requests" "$(requests 'len(log)')" 0
setup one.xml "identifiers: the converter for the rest, one request a kind"
osler 8 ids --online 990000003 PMC9900001 10.99999/four 990000002 PMC9900004 --json
equal "rows" "$(grep -o '"source":"[a-z]*","pmid":"[0-9]*","pmcid":[^,]*' "$T/out" | tr -d '"' | tr '\n' ';')" \
    "source:converter,pmid:990000003,pmcid:PMC9900003;source:library,pmid:990000001,pmcid:PMC9900001;source:converter,pmid:990000004,pmcid:PMC9900004;source:unknown,pmid:990000002,pmcid:null;source:converter,pmid:990000004,pmcid:PMC9900004;"
says "990000002: not in this library, and not in PubMed Central"
equal "requests" "$(requests '[(r["method"], r["params"]["idtype"], r["params"]["ids"], "api_key" in r["params"]) for r in log]')" \
    "[('GET', 'pmid', '990000003,990000002', False), ('GET', 'pmcid', 'PMC9900004', False), ('GET', 'doi', '10.99999/four', False)]"
setup one.xml "201 works: two requests, in the pace of the service"
seq 990000100 990000300 >"$T/ids"
"$build/osler" ids --online - <"$T/ids" >"$T/out" 2>"$T/err"
equal "status" $? 3
equal "requests" "$(requests '[len(r["params"]["ids"].split(",")) for r in log]')" "[200, 1]"
equal "too fast" "$(requests 'sum("over_limit" in r for r in log)')" 0
begin "no library is needed with --online"
osler 0 ids --online --to pmid PMC9900003
equal "the PMID" "$(lines)" "990000003 "
for body in empty html200 html500 ratelimit-json; do
    begin "converter: $body once is asked again" "[{\"match\":{\"path\":\"idconv\"},\"do\":{\"body\":\"$body\"}}]"
    osler 0 ids --online --to doi 990000003
    equal "the DOI" "$(lines)" "10.99999/three "
done
begin "converter: cut in the middle" '[{"match":{"path":"idconv"},"do":{"truncate":"half"}}]'
osler 0 ids --online 990000003
begin "converter: JSON of something else" '[{"match":{"path":"idconv"},"times":0,"do":{"body":"json"}}]'
osler 5 ids --online 990000003
says "says no records"
begin "converter: in trouble" '[{"match":{"path":"idconv"},"times":0,"do":{"status":503}}]'
osler 5 ids --online 990000003
says "the converter did not answer"
begin "converter: a redirect to another host" '[{"match":{"path":"idconv"},"times":0,"do":{"redirect":"https://elsewhere.example/"}}]'
osler 5 ids --online 990000003
says "the server redirects, which is refused to elsewhere.example"
begin "nothing found: PubMed's own spelling is suggested"
osler 0 fetch --dry-run 'pianits[ti]'
says "PubMed finds 0 records"
osler 0 fetch --dry-run pianits
says "did you mean: pianists"
osler 0 fetch --dry-run --json pianits
says '"suggestion":"pianists"'
equal "requests" "$(requests '[r["path"].split("/")[-1] for r in log][-2:]')" "['esearch.fcgi', 'espell.fcgi']"
begin "something found: nobody is asked"
osler 0 fetch --dry-run pianists
equal "requests" "$(requests '[r["path"].split("/")[-1] for r in log]')" "['esearch.fcgi']"
equal "suggestion" "$(grep -c 'did you mean' "$T/out")" 0
begin "a spelling that does not come is no failure" '[{"match":{"path":"espell"},"times":0,"do":{"status":503}}]'
osler 0 fetch --dry-run pianits
says "PubMed finds 0 records"

begin "a filter of Clinical Queries goes with the query, and is saved with it"
osler 0 fetch --filter THERAPY/narrow --save mine 'pianists OR trial'
equal "the query" "$(requests 'log[0]["params"]["term"]')" \
    "(pianists OR trial) AND (randomized controlled trial[pt] OR (randomized[tiab] AND controlled[tiab] AND trial[tiab]))"
equal "saved" "$(sql 'SELECT name, query FROM saved_search')" \
    "[('mine', '(pianists OR trial) AND (randomized controlled trial[pt] OR (randomized[tiab] AND controlled[tiab] AND trial[tiab]))')]"
osler 2 fetch --filter therapy pianists
says 'no filter is called "therapy"; there are therapy/broad, therapy/narrow'
osler 2 fetch --filter therapy/narrow 990000001
if grep -q "$key" "$T/everything"; then echo "the key was shown"; failures=$((failures + 1)); fi
finish
