# check_fetch.sh BUILD: osler fetch against the E-utilities stand-in on the loopback address, with
# the faults that NCBI and the network are known for.  All records are invented.
build=$1
command -v openssl >/dev/null || { echo "skipped: no openssl"; exit 77; }
. tests/support/stand_in.sh

# ---- 250 invented records, PMIDs 990000001 to 990000250
{
    echo '<?xml version="1.0" ?><PubmedArticleSet>'
    awk 'BEGIN { for (i = 1; i <= 250; i++) {
        printf "<PubmedArticle><MedlineCitation Status=\"Publisher\" Owner=\"NLM\"><PMID Version=\"1\">%d</PMID>", 990000000 + i
        printf "<DateRevised><Year>2026</Year><Month>01</Month><Day>02</Day></DateRevised>"
        printf "<Article PubModel=\"Print\"><Journal><JournalIssue CitedMedium=\"Print\"><PubDate><Year>%d</Year></PubDate></JournalIssue><Title>Journal of invented records</Title></Journal>", 1990 + i % 30
        printf "<ArticleTitle>Invented record %d on the %s head.</ArticleTitle><Language>eng</Language>", i, i % 10 ? "aching" : "spinning"
        printf "<PublicationTypeList><PublicationType UI=\"D016428\">Journal Article</PublicationType></PublicationTypeList></Article>"
        printf "<MedlineJournalInfo><MedlineTA>J Invent Rec</MedlineTA></MedlineJournalInfo></MedlineCitation></PubmedArticle>\n" } }'
    echo '</PubmedArticleSet>'
} >"$T/records.xml"

start plain --records "$T/records.xml" --mode strict --log "$T/plain.log"
export OSLER_EUTILS_URL="http://127.0.0.1:$port"

begin "a query, without a key"
fetch 0 --json 'spinning[ti]'
equal "what came" "$(python3 -c 'import json, sys; r = json.load(open(sys.argv[1]))
print(r["count"], r["asked"], r["got"], r["new"], r["missing"], r["failed"], r["complete"])' "$T/out")" "25 25 25 25 0 0 True"
equal "the method" "$(requests 'sorted({r["method"] for r in log})')" "['POST']"
equal "tool and email left out" "$(requests 'sum(len(r["missing"]) for r in log)')" 0

# From here on with a key: 0.12 s between requests.
begin "250 records in two batches, the pace without a key"
fetch 0 'aching OR spinning'
says "PubMed finds 250 records"
says "asked 250, got 250: 250 new, 0 changed, 0 unchanged; 0 missing, 0 failed"
equal "requests" "$(requests '[r["path"].split("/")[-1] for r in log]')" "['esearch.fcgi', 'efetch.fcgi', 'efetch.fcgi']"
equal "the shortest gap, at least 0.40 s" "$(requests 'min(b["clock"] - a["clock"] for a, b in zip(log, log[1:])) >= 0.40')" True
equal "refused requests" "$(requests 'sum(r["status"] == 429 for r in log)')" 0

export NCBI_API_KEY=$key
case="the same again, with a key"
fetch 0 'aching OR spinning'
says "asked 250, got 250: 0 new, 0 changed, 250 unchanged; 0 missing, 0 failed"
equal "the shortest gap, at least 0.12 s" "$(requests 'min(b["clock"] - a["clock"] for a, b in zip(log[3:], log[4:])) >= 0.12')" True

begin "PMIDs as arguments"
fetch 0 --ids 990000003 990000001,990000002 990000001
equal "the PMIDs" "$(tr '\n' ' ' <"$T/out")" "990000003 990000001 990000002 "

begin "PMIDs on standard input"
printf '# two\nPMID: 990000007, https://pubmed.ncbi.nlm.nih.gov/990000008/\n' | "$build/osler" fetch - >"$T/out" 2>"$T/err"
equal "the status" $? 0
says "asked 2, got 2: 2 new"
printf '990000001\n990000002 x12\n' | "$build/osler" fetch - >"$T/out" 2>"$T/err"
equal "the status" $? 4
says "standard input:2: 'x12' is not a PMID"

begin "nothing found, a phrase not found"
fetch 0 'qqqqzzzz'
says "PubMed finds 0 records"
fetch 0 --dry-run 'spinning AND qqqqzzzz'
says "qqqqzzzz"

begin "--limit, --dry-run, --save"
fetch 0 --limit 7 --save dizzy 'spinning'
says "asked 7, got 7"
equal "the saved search" "$(python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT name, query FROM saved_search").fetchall())' "$T/library.db")" "[('dizzy', 'spinning')]"
fetch 0 --dry-run --limit 7 'spinning'
says "PubMed finds 25 records, of which the newest 7 would be fetched"
fetch 2
fetch 2 --save x 1

begin "missing PMIDs are named"
fetch 8 990000001 990999999 990000002
says "asked 3, got 2: 2 new, 0 changed, 0 unchanged; 1 missing, 0 failed"
says "990999999"
begin "a PMID left out once is asked for again" '[{"match":{"path":"efetch"},"do":{"drop_pmids":[990000010]}}]'
fetch 0 spinning
begin "a PMID left out for good is named" '[{"match":{"path":"efetch"},"times":0,"do":{"drop_pmids":[990000010]}}]'
fetch 8 spinning
says "asked 25, got 24"
says "990000010"
begin "a record nobody asked for" '[{"match":{"path":"efetch"},"do":{"add_pmids":[990777777]}}]'
fetch 8 990000001
says "sent although not asked for, not stored: 990777777"
equal "the library" "$(python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT pmid FROM citation").fetchall())' "$T/library.db")" "[(990000001,)]"
begin "a record that comes twice" '[{"match":{"path":"efetch"},"do":{"dup_pmids":true}}]'
fetch 0 990000001 990000002
begin "a count that promises more" '[{"match":{"path":"esearch"},"times":0,"do":{"count_lie":2}}]'
fetch 8 spinning
says "PubMed counted 2 records more than it listed"

# ---- faults that pass: everything arrives
fleeting() {
    begin "$1" "[{\"match\":{\"path\":\"efetch\"},\"times\":$2,\"do\":$3}]"
    fetch 0 'spinning'
    says "asked 25, got 25: 25 new, 0 changed, 0 unchanged; 0 missing, 0 failed"
    equal "efetch requests" "$(requests 'sum("efetch" in r["path"] for r in log)')" $(($2 + 1))
}
fleeting "500 thrice" 3 '{"status":500}'
fleeting "HTML at 200" 1 '{"body":"html200"}'
fleeting "an error at 200" 1 '{"body":"efetch-error"}'
fleeting "a JSON error at 200" 1 '{"body":"ratelimit-json"}'
fleeting "a C++ exception at 200" 1 '{"body":"cxx-exception"}'
fleeting "a prolog alone" 1 '{"body":"prolog"}'
fleeting "an empty reply" 1 '{"body":"empty"}'
fleeting "cut at half" 1 '{"truncate":"half"}'
fleeting "cut at one byte" 1 '{"truncate":1}'
fleeting "cut gzip of the full length" 1 '{"gzip":"truncate"}'
fleeting "gzip with a wrong check sum" 1 '{"gzip":"badcrc"}'
fleeting "not gzip at all" 1 '{"gzip":"notgzip"}'
fleeting "a gzip bomb" 1 '{"gzip":"bomb:300m"}'
fleeting "a length too short" 1 '{"length":"-100"}'
fleeting "a length too long" 1 '{"length":"+100"}'
fleeting "chunks that end early" 1 '{"chunk":"truncate"}'
fleeting "a reset in the middle" 1 '{"rst":"body","after":500}'
fleeting "a silent server" 1 '{"stall":"body"}'
fleeting "a dripping server" 1 '{"drip_bps":40}'
fleeting "a connection that ends before a reply" 1 '{"close_after":"request"}'
fleeting "a flipped bit" 1 '{"flip":400}'
begin "two gzip members" '[{"match":{"path":"efetch"},"do":{"gzip":"multi"}}]'
fetch 0 spinning
equal "efetch requests" "$(requests 'sum("efetch" in r["path"] for r in log)')" 1
begin "cut before the last tag ends" '[{"match":{"path":"efetch"},"do":{"truncate":1000000}},{"match":{"path":"esearch"},"do":{"truncate":"half"}}]'
fetch 0 spinning

begin "429 twice, with Retry-After" '[{"times":2,"do":{"status":429,"retry_after":60}}]'
fetch 0 990000001
equal "the waits, at least 0.6 s (60 s in the time of tests)" \
    "$(requests '[b["clock"] - a["clock"] >= 0.6 for a, b in zip(log, log[1:])]')" "[True, True]"
equal "answers" "$(requests '[r["status"] for r in log]')" "[429, 429, 200]"

# ---- faults that stay
begin "429 for ever, echoing the key" '[{"times":0,"do":{"status":429}}]'
fetch 6 990000001
says "too many requests"
equal "requests" "$(requests 'len(log)')" 6
begin "500 for ever" '[{"times":0,"do":{"status":503}}]'
fetch 5 990000001
says "after 6 tries"
begin "a bad key" '[{"times":0,"do":{"status":400}}]'
fetch 10 990000001
says "NCBI_API_KEY"
equal "requests" "$(requests 'len(log)')" 1
begin "a redirect" '[{"times":0,"do":{"redirect":"https://elsewhere.example/entrez/"}}]'
fetch 5 990000001
says "redirects, which is refused to elsewhere.example"
begin "one bad record is named, the others are stored" \
    '[{"match":{"path":"efetch","pmid":990000005},"times":0,"do":{"xml":"badutf8"}}]'
fetch 8 990000001 990000002 990000003 990000004 990000005 990000006 990000007
says "asked 7, got 6: 6 new, 0 changed, 0 unchanged; 0 missing, 1 failed"
says "failed: 990000005:"
begin "every reply is cut" '[{"match":{"path":"efetch"},"times":0,"do":{"truncate":"half"}}]'
fetch 8 990000001
says "failed: 990000001:"
begin "an entity from outside" '[{"match":{"path":"efetch"},"times":0,"do":{"xml":"xxe:file:///etc/passwd"}}]'
fetch 8 990000001
if grep -q root: "$T/out" "$T/err"; then equal "the file" shown hidden; fi

# ---- addresses
case="addresses"
for address in http://example.org/ http://127.0.0.1.example.org/ http://localhost.example.org/ http://127.0.0.1@example.org/ \
    http://10.0.0.1/ ftp://127.0.0.1/ file:///etc/passwd 'http://user:secret@127.0.0.1/' nonsense; do
    OSLER_EUTILS_URL=$address "$build/osler" fetch 1 >"$T/out" 2>"$T/err"
    equal "the status for $address" $? 10
    if grep -q secret "$T/err"; then equal "the password" shown hidden; fi
done

# ---- interrupted: whole batches alone are in the library
begin "interrupted" '[{"match":{"path":"efetch","nth":2},"do":{"stall":true}}]'
OSLER_FETCH_TIME_SCALE=1 "$build/osler" fetch 'aching OR spinning' >"$T/out" 2>"$T/err" &
osler=$!
for try in $(seq 100); do
    [ "$(requests 'sum("efetch" in r["path"] for r in log)')" -ge 1 ] && break
    sleep 0.1
done
sleep 0.5
kill -INT $osler
wait $osler
equal "the status" $? 130
equal "the records" "$(python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM citation").fetchall())' "$T/library.db")" "[(200,)]"

# ---- https
start secure --records "$T/records.xml" --mode strict --tls good --tls-dir "$T/tls"
export OSLER_EUTILS_URL="https://127.0.0.1:$port/entrez/eutils/"
begin "https with the test CA"
CURL_CA_BUNDLE="$T/tls/ca.pem" fetch 0 spinning
says "asked 25, got 25"
SSL_CERT_FILE="$T/tls/ca.pem" fetch 0 990000001
case="https without the CA"
fetch 5 990000001
says "certificate"
case="https with a CA file that is not there"
CURL_CA_BUNDLE="$T/nowhere.pem" fetch 10 990000001
for fault in selfsigned expired wronghost; do
    begin "https, certificate $fault" "[{\"times\":0,\"do\":{\"tls\":\"$fault\"}}]"
    CURL_CA_BUNDLE="$T/tls/ca.pem" fetch 5 990000001
    says "certificate of the server cannot be trusted"
    equal "requests" "$(requests 'len(log)')" 0
done

# ---- the key is nowhere
case="the key"
mkdir "$T/kept"
cp "$T"/library.db* "$T/kept"
if grep -rqi "$key" "$T"; then equal "the key" "in $(grep -rlis "$key" "$T" | tr '\n' ' ')" nowhere; fi
grep -qF 'API rate limit exceeded' "$T/everything" || equal "the server's words" "left out" shown

finish
