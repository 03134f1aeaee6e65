# check_faults.sh BUILD: every fault of the E-utilities and the network that the stand-in can make, and what osler
# fetch did about it, as a table.  Fails when a record is neither in the library nor named.
build=$1
. tests/support/stand_in.sh
command -v openssl >/dev/null || { echo "skipped: no openssl"; exit 77; }
start plain --synthetic 12 --mode strict
plain_port=$port plain_control=$control
start secure --synthetic 12 --mode strict --tls good --tls-dir "$T/tls"
secure_port=$port secure_control=$control
port=$plain_port control=$plain_control
export NCBI_API_KEY=$key OSLER_FETCH_TIME_SCALE=0.005 OSLER_EUTILS_URL="http://127.0.0.1:$port" CURL_CA_BUNDLE="$T/tls/ca.pem"
cat >"$T/row.py" <<'PYTHON'
import json, sqlite3, sys
name, status, out, library, log = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4], json.loads(sys.argv[5])
text = open(out).read()
r = json.loads(text) if text.strip() else {"asked": 0, "got": 0, "problems": [], "retries": 0, "error": "nothing"}
stored = {row[0] for row in sqlite3.connect(library).execute("SELECT pmid FROM citation")} if r["got"] else set()
named = {int(p["pmid"] or 0) for p in r["problems"]}
wanted = set(range(990000001, 990000013)) if r["asked"] == 12 else set()
lost = 0 if r["error"] else len(wanted - stored - named) + (r["asked"] not in (12, 14))
again = r["retries"] or len(log) > 2
did = "asked again" if again and r["complete"] else "took it as it is" if r["complete"] else ""
if r["error"]:
    did = "stopped: " + r["error"]
elif not did:
    troubles = sorted({p["trouble"] for p in r["problems"]})
    did = "stored the rest, named " + ", ".join(troubles) if troubles else f"reported {r['unlisted']} not listed"
print(f"| {name} | {len(log)} | {r['retries']} | {r['got']} of {r['asked']} | {status} | {did[:110]} | {lost} |")
sys.exit(lost > 0)
PYTHON
rows=0
# fault NAME RULES: one row; the query finds 12 records.
fault() {
    case=$1
    begin "$1" "$2"
    "$build/osler" fetch --json invented >"$T/out" 2>"$T/err" </dev/null
    status=$?
    rows=$((rows + 1))
    python3 -SE "$T/row.py" "$1" $status "$T/out" "$OSLER_LIBRARY" "$(requests '[1 for r in log]')" || failures=$((failures + 1))
    cat "$T/err" "$T/out" >>"$T/everything"
}
# once WHAT DO: in the first reply with records; for_good: in all of them; searching: in the first two searches.
once() { fault "$1" "[{\"match\":{\"path\":\"efetch\"},\"do\":$2}]"; }
for_good() { fault "$1, for good" "[{\"match\":{\"path\":\"efetch\"},\"times\":0,\"do\":$2}]"; }
searching() { fault "search: $1" "[{\"match\":{\"path\":\"esearch\"},\"times\":2,\"do\":$2}]"; }

echo "| fault | requests | repeated | got | exit | what osler did | lost |"
echo "|---|---|---|---|---|---|---|"
fault "none" ""
for code in 500 502 503 504 408; do once "HTTP $code" "{\"status\":$code}"; done
once "HTTP 429 with Retry-After" '{"status":429,"retry_after":2}'
once "HTTP 429 without" '{"status":429}'
fault "HTTP 429, for good" '[{"times":0,"do":{"status":429}}]'
fault "HTTP 503, for good" '[{"times":0,"do":{"status":503}}]'
fault "HTTP 400, bad key" '[{"times":0,"do":{"status":400}}]'
fault "HTTP 403, for good" '[{"times":0,"do":{"status":403}}]'
for body in html200 html500 empty prolog json efetch-error docsum-comment webenv-expired cxx-exception ratelimit-json; do
    once "200 with $body" "{\"body\":\"$body\"}"
done
searching "Search Backend failed at 200" '{"body":"esearch-error"}'
searching "HTML at 200" '{"body":"html200"}'
searching "empty" '{"body":"empty"}'
searching "cut at half" '{"truncate":"half"}'
searching "HTTP 500" '{"status":500}'
searching "ids left out of the list" '{"drop_pmids":true}'
fault "search: counts two more than it lists" '[{"match":{"path":"esearch"},"times":0,"do":{"count_lie":2}}]'
for at in 0 1 '"half"' '"last"'; do once "cut, sent as whole: $at" "{\"truncate\":$at}"; done
once "one bit flipped in a tag" '{"flip":300}'
for kind in truncate badcrc notgzip multi bomb:300m; do once "gzip: $kind" "{\"gzip\":\"$kind\"}"; done
for length in +100 -100 none 100; do once "Content-Length $length" "{\"length\":\"$length\"}"; done
for kind in bad-size truncate trailer; do once "chunks: $kind" "{\"chunk\":\"$kind\"}"; done
for place in connect header body keepalive; do once "reset: $place" "{\"rst\":\"$place\",\"after\":500}"; done
once "closed before a reply" '{"close_after":"request"}'
once "closed in the middle, no length" '{"close_after":900,"length":"none"}'
once "silent" '{"stall":true}'
once "silent in the body" '{"stall":"body"}'
once "dripping" '{"drip_bps":40}'
once "late by a second" '{"delay_ms":1000}'
once "redirect to another host" '{"redirect":"https://elsewhere.example/"}'
once "redirect to http" '{"redirect":"http-downgrade"}'
once "redirect to a file" '{"redirect":"file:///etc/passwd"}'
once "a record left out" '{"drop_pmids":[990000007]}'
for_good "a record left out" '{"drop_pmids":[990000007]}'
once "a record twice" '{"dup_pmids":true}'
once "a record nobody asked for" '{"add_pmids":[990777777]}'
once "records in another order" '{"shuffle":true}'
for kind in entity-bomb quadratic-bomb undefined-entity xxe:file:///etc/passwd dtd:file:///etc/passwd badutf8 ctrl nul ufffe unknown crlf \
    empty-title book deep:300 authors:2000 attribute:100k hugefield:2m; do
    fault "record: $kind, for good" "[{\"match\":{\"path\":\"efetch\",\"pmid\":990000007},\"times\":0,\"do\":{\"xml\":\"$kind\"}}]"
done
control=$secure_control
export OSLER_EUTILS_URL="https://127.0.0.1:$secure_port"
fault "https" ""
for kind in selfsigned expired wronghost; do fault "certificate: $kind" "[{\"times\":0,\"do\":{\"tls\":\"$kind\"}}]"; done
fault "https: reset in the handshake" '[{"do":{"tls":"reset-in-handshake"}}]'
# The services beside: one request each, answered in the end, or a failure with its own exit code.
cat >"$T/works.json" <<'WORKS'
[{"type":"book","DOI":"10.99999/invented","title":"An invented book"}]
WORKS
start works --synthetic 12 --mode strict --crossref "$T/works.json"
# beside NAME EXIT PATH TIMES DO: EXIT is what the fault must lead to.
beside() {
    begin "$1" "[{\"match\":{\"path\":\"$3\"},\"times\":$4,\"do\":$5}]"
    case $3 in
    elink) "$build/osler" links similar --online --json 990000001 >"$T/out" 2>"$T/err" </dev/null ;;
    espell) "$build/osler" fetch --dry-run --json nosuchwordatall >"$T/out" 2>"$T/err" </dev/null ;;
    idconv) "$build/osler" ids --online --json 990000001 >"$T/out" 2>"$T/err" </dev/null ;;
    crossref) "$build/osler" fetch --json 10.99999/invented >"$T/out" 2>"$T/err" </dev/null ;;
    esac
    status=$?
    rows=$((rows + 1)) wrong=0
    [ "$status" = "$2" ] || { wrong=1 failures=$((failures + 1)); }
    did=$(grep '^osler: ' "$T/err" | head -n 1 | cut -c 8-110)
    asked=$(requests "sum('$3' == r.get('service', r['path'].split('/')[-1].split('.')[0]) for r in log)")
    [ -n "$did" ] && [ "$status" -ge 5 ] && did="stopped: $did"
    [ -z "$did" ] && [ "$status" -ge 5 ] && did="named as failed"
    [ "$status" -lt 5 ] && did="answered"
    [ "$asked" -gt 1 ] && [ "$status" -lt 5 ] && did="asked again, answered"
    echo "| $3: $1 | $asked | - | - | $status | $did | $wrong |"
    cat "$T/err" "$T/out" >>"$T/everything"
}
# No invented record is in PubMed Central: that the converter does not know it (exit 3) is its answer.
for path in elink:0 idconv:3 crossref:0 espell:0; do
    good=${path#*:} path=${path%:*}
    for body in html200 empty prolog ratelimit-json; do beside "200 with $body" $good $path 1 "{\"body\":\"$body\"}"; done
    for code in 500 503 429; do beside "HTTP $code" $good $path 1 "{\"status\":$code}"; done
    for at in 0 1 '"half"' '"last"'; do beside "cut, sent as whole: $at" $good $path 1 "{\"truncate\":$at}"; done
    for kind in truncate badcrc notgzip; do beside "gzip: $kind" $good $path 1 "{\"gzip\":\"$kind\"}"; done
    for kind in bad-size truncate; do beside "chunks: $kind" $good $path 1 "{\"chunk\":\"$kind\"}"; done
    for place in header body; do beside "reset: $place" $good $path 1 "{\"rst\":\"$place\",\"after\":50}"; done
    beside "silent" $good $path 1 '{"stall":true}'
    [ $path = espell ] && continue # without a suggestion the search is as it was
    beside "HTTP 503, for good" 5 $path 0 '{"status":503}'
    beside "HTTP 429, for good" 6 $path 0 '{"status":429}'
    beside "HTML at 200, for good" 5 $path 0 '{"body":"html200"}'
    beside "redirect to another host" 5 $path 0 '{"redirect":"https://elsewhere.example/"}'
done
beside "fails inside for good, with its scores" 0 elink 2 '{"body":"cxx-exception"}'
beside "fails inside for good" 3 elink 0 '{"body":"cxx-exception"}'
beside "the record of another work" 8 crossref 0 '{"body":"text:{\"DOI\":\"10.99999/other\"}"}'
beside "a spelling that never comes" 0 espell 0 '{"status":503}'
echo
echo "$rows rows, $failures with lost records"
if grep -qi "$key" "$T/everything"; then echo "the key was shown"; failures=$((failures + 1)); fi
exit $((failures != 0))
