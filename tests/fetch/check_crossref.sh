# check_crossref.sh BUILD: works by DOI: from the stand-in's PubMed, else from its Crossref.  All records are invented.
build=$1
. tests/support/stand_in.sh

# paper PMID DOI TITLE
paper() {
    printf '<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">%s</PMID><Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><Volume>30</Volume><PubDate><Year>2012</Year></PubDate></JournalIssue><Title>Journal of invented records</Title></Journal><ArticleTitle>%s</ArticleTitle><Pagination><MedlinePgn>347-54</MedlinePgn></Pagination><AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Zeta</LastName><Initials>AB</Initials></Author></AuthorList><Language>eng</Language></Article></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pubmed">%s</ArticleId><ArticleId IdType="doi">%s</ArticleId></ArticleIdList></PubmedData></PubmedArticle>\n' \
        "$1" "$3" "$1" "$2"
}
{
    echo '<?xml version="1.0" ?><PubmedArticleSet>'
    paper 990000001 10.99999/one 'Sleep and posture in invented pianists.'
    echo '</PubmedArticleSet>'
} >"$T/records.xml"
cat >"$T/works.json" <<'END_OF_WORKS'
[{"type":"journal-article","DOI":"10.99999/Only.Crossref(1)<2>","title":"On <i>patience</i> in invented snails &amp; slugs","container-title":"Annals of Invented Gardens","volume":"7","issue":"2","page":"11-19","author":[{"family":"Yota","given":"Anna B."},{"family":"Xavi","given":"C."}],"abstract":"<jats:title>Aim</jats:title><jats:p>P &lt; 0.05 in invented snails.</jats:p>","issued":{"date-parts":[[2019,3]]},"ISSN":["0000-0000"],"publisher":"Invented Press","reference-count":3,"relation":{},"is-referenced-by-count":0},
 {"type":"book-chapter","DOI":"10.99999/chapter","title":"A chapter on nothing","container-title":"The invented book","author":[{"family":"Wawel","given":"D."}],"issued":{"date-parts":[[2001]]}}]
END_OF_WORKS
start plain --records "$T/records.xml" --crossref "$T/works.json" --mode strict
export OSLER_EUTILS_URL="http://127.0.0.1:$port" OSLER_CROSSREF_URL="http://127.0.0.1:$port" NCBI_API_KEY=$key
only='10.99999/Only.Crossref(1)<2>'
of() { requests "[r[\"path\"] for r in log if r.get(\"service\") == \"crossref\"]"; }

begin "what PubMed has comes from PubMed, Crossref is not asked"
osler 0 fetch doi:10.99999/one
says "asked 1, got 1 from PubMed and 0 from Crossref: 1 new"
equal "Crossref" "$(of)" "[]"
osler 0 fetch --ids https://doi.org/10.99999/ONE
equal "the id" "$(cat "$T/out")" 990000001

begin "what PubMed has not comes from Crossref, and what neither has is named"
osler 8 fetch 10.99999/one "$only" 10.99999/nowhere
says "asked 3, got 1 from PubMed and 1 from Crossref: 2 new, 0 changed, 0 unchanged; 1 not found, 0 failed"
says "10.99999/nowhere: neither PubMed nor Crossref has a record of it"
equal "Crossref" "$(of)" "['/v1/works/10.99999%2FOnly.Crossref%281%29%3C2%3E/transform/application/vnd.citationstyles.csl+json', '/v1/works/10.99999%2Fnowhere/transform/application/vnd.citationstyles.csl+json']"
equal "who asks" "$(requests '[("mailto:tests@example.org" in r["headers"]["user-agent"], "api_key" in r["params"], r["params"]) for r in log if r.get("service")][0]')" "(True, False, {})"
equal "rows" "$(sql 'SELECT pmid, title, year, volume, page FROM citation ORDER BY id')" \
    "[(990000001, 'Sleep and posture in invented pianists.', 2012, '30', '347'), (None, 'On patience in invented snails & slugs', 2019, '7', '11')]"
osler 0 fetch --json "$only"
says '"outcome":"crossref","id":"osler:2"'
says '"unchanged":1'
osler 0 library verify
osler 3 fetch 10.99999/nowhere
osler 2 fetch --dry-run 10.99999/one
osler 0 show "$only"
equal "tags" "$(grep -c jats "$T/out")" 0
says "P < 0.05 in invented snails."
says "127.0.0.1:$port doi:10.99999/Only.Crossref(1)<2>"

for body in empty html200 html500 ratelimit-json; do
    begin "$body once is asked again" "[{\"match\":{\"path\":\"crossref\"},\"do\":{\"body\":\"$body\"}}]"
    osler 0 fetch "$only"
done
begin "too many requests" '[{"match":{"path":"crossref"},"do":{"status":429,"retry_after":1}}]'
osler 0 fetch "$only"
begin "cut in the middle" '[{"match":{"path":"crossref"},"do":{"truncate":"half"}}]'
osler 0 fetch "$only"
begin "a 404 that is not Crossref's is no answer" '[{"match":{"path":"crossref"},"times":0,"do":{"status":404,"body":"html200"}}]'
osler 5 fetch "$only"
begin "the record of another work" '[{"match":{"path":"crossref"},"times":0,"do":{"body":"text:{\"type\":\"book\",\"DOI\":\"10.99999/other\",\"title\":\"Other\"}"}}]'
osler 8 fetch "$only"
says "is not the record of 10.99999/Only.Crossref(1)<2>"
begin "in trouble: what PubMed has is in the library" '[{"match":{"path":"crossref"},"times":0,"do":{"status":503}}]'
osler 5 fetch 10.99999/one "$only"
says "got 1 from PubMed and 0 from Crossref"
says "(HTTP 503), after 6 tries"
begin "a redirect to another host" '[{"match":{"path":"crossref"},"times":0,"do":{"redirect":"https://elsewhere.example/"}}]'
osler 5 fetch "$only"
begin "many DOIs keep the pace"
osler 3 fetch 10.99999/a 10.99999/b 10.99999/c 10.99999/d
equal "too fast" "$(requests 'sum("over_limit" in r for r in log)')" 0
# references: one of PubMed, one of Crossref, one of a DOI whose work is another, one that nobody has
cat >"$T/refs.ris" <<'END_OF_REFERENCES'
TY  - JOUR
AU  - Zeta, A. B.
TI  - Sleep and posture in invented pianists
PY  - 2012
DO  - 10.99999/one
ER  - 
TY  - JOUR
AU  - Yota, Anna B.
AU  - Xavi, C.
TI  - On patience in invented snails & slugs
T2  - Annals of Invented Gardens
PY  - 2018
VL  - 7
SP  - 11
EP  - 19
DO  - 10.99999/Only.Crossref(1)<2>
ER  - 
TY  - JOUR
AU  - Someone, E.
TI  - Tides and timetables of imaginary harbors
PY  - 1990
DO  - 10.99999/chapter
ER  - 
TY  - JOUR
AU  - Nobody, F.
TI  - Unheard of things in unknown places
PY  - 1990
DO  - 10.99999/nowhere
ER  - 
END_OF_REFERENCES
told() {
    python3 -SE -c 'import json, sys
for line in open(sys.argv[1]):
    r = json.loads(line)
    print(r["verdict"], r["id"], r["pmid"], r.get("in_library"), end=";")' "$T/out"
}
begin "resolve --online: Crossref for what PubMed lacks; a DOI alone proves nothing"
"$build/osler" import /dev/null >/dev/null 2>&1
osler 3 resolve "$T/refs.ris" --json --online
osler 0 fetch --limit 1 pianists
osler 1 resolve "$T/refs.ris" --json --online
equal "the verdicts" "$(told)" \
    "exact 990000001 990000001 True;repairable $only None False;not-in-library None None False;not-in-library None None False;"
says '1 in Crossref only'
says '"field":"year","given":"2018","record":"2019"'
osler 1 resolve "$T/refs.ris" --online
says "2  repairable · $only · in Crossref, not in this library"
osler 0 find --ids ''
equal "nothing is stored" "$(cat "$T/out")" 990000001
begin "resolve --online: Crossref in trouble" '[{"match":{"path":"crossref"},"times":0,"do":{"status":503}}]'
osler 0 fetch --limit 1 pianists
osler 8 resolve "$T/refs.ris" --online
says "HTTP 503"
begin "resolve --online: a damaged record is none" '[{"match":{"path":"crossref"},"times":0,"do":{"body":"text:{\"DOI\":7}"}}]'
osler 0 fetch --limit 1 pianists
osler 1 resolve "$T/refs.ris" --online
begin "import --online of a list in plain text: what agrees is fetched from Crossref"
cat >"$T/refs.txt" <<END_OF_LIST
1. Yota AB, Xavi C. On patience in invented snails & slugs. Annals of Invented Gardens. 2019;7(2):11-19. doi:10.99999/Only.Crossref(1)<2>
2. Someone E. Tides and timetables of imaginary harbors. Harbor J. 1990;3:1-9. doi:10.99999/chapter
END_OF_LIST
osler 0 fetch --limit 1 pianists
"$build/osler" import --online --list invented "$T/refs.txt" >"$T/out" 2>"$T/err"
equal "rows" "$(sql 'SELECT title FROM citation WHERE pmid IS NULL')" "[('On patience in invented snails & slugs',)]"
if grep -qi "$key" "$T/everything"; then echo "the key was shown"; failures=$((failures + 1)); fi
finish
