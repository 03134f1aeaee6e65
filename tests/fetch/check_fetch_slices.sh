# check_fetch_slices.sh BUILD: a search above 9,999 records, which PubMed does not list in one go.
build=$1
server=tests/support/eutilsd/eutilsd.py
command -v python3 >/dev/null || { echo "skipped: no python3"; exit 77; }
[ -f "$server" ] || { echo "skipped: no stand-in server"; exit 77; }
T=$(mktemp -d)
python3 "$server" --synthetic 10100 --synthetic-base 495000001 --port-file "$T/port" --lifetime 120 &
pid=$!
trap 'kill $pid; rm -rf "$T"' EXIT
for try in $(seq 200); do [ -s "$T/port" ] && break; sleep 0.1; done
OSLER_EUTILS_URL=http://127.0.0.1:$(sed -n 1p "$T/port") OSLER_LIBRARY=$T/library.db
OSLER_FETCH_TIME_SCALE=0.01 NCBI_API_KEY=KEYKEYKEYKEYKEYKEY
export OSLER_EUTILS_URL OSLER_LIBRARY OSLER_FETCH_TIME_SCALE NCBI_API_KEY
unset CURL_CA_BUNDLE SSL_CERT_FILE
"$build/osler" fetch --json invented >"$T/out" || { echo "osler fetch failed"; cat "$T/out"; exit 1; }
python3 - "$T" <<'PYTHON'
import json, sqlite3, sys
report = json.load(open(sys.argv[1] + "/out"))
assert (report["count"], report["got"], report["new"], report["complete"]) == (10100, 10100, 10100, True), report
pmids = [row[0] for row in sqlite3.connect(sys.argv[1] + "/library.db").execute("SELECT pmid FROM citation ORDER BY pmid")]
assert pmids == list(range(495000001, 495010101)), len(pmids)
print("10,100 of 10,100 records")
PYTHON
