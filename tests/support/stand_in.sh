# What checks against the E-utilities stand-in share; to be sourced by sh with `build` set.  It makes the folder
# $T, an environment without the user's own, and ends what it started.
server=tests/support/eutilsd/eutilsd.py
command -v python3 >/dev/null || { echo "skipped: no python3"; exit 77; }
[ -f "$server" ] || { echo "skipped: no stand-in server"; exit 77; }
T=$(mktemp -d)
pids=
trap 'for pid in $pids; do kill "$pid" 2>/dev/null; done; rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
failures=0
key=KEYKEYKEYKEYKEYKEYKEYKEYKEYKEYKEYKEY
export OSLER_FETCH_TIME_SCALE=0.01 OSLER_LIBRARY="$T/library.db" NCBI_EMAIL=tests@example.org XDG_RUNTIME_DIR="$T"
unset NCBI_API_KEY CURL_CA_BUNDLE SSL_CERT_FILE http_proxy https_proxy all_proxy

# start NAME OPTIONS...: a server with the records that the options name; sets port and control.
start() {
    name=$1
    shift
    python3 "$server" --port 0 --port-file "$T/$name.port" --lifetime 300 "$@" &
    pids="$pids $!"
    for try in $(seq 100); do [ -s "$T/$name.port" ] && break; sleep 0.1; done
    [ -s "$T/$name.port" ] || { echo "the stand-in did not start"; exit 1; }
    port=$(sed -n 1p "$T/$name.port") control=$(sed -n 2p "$T/$name.port")
    # nothing leaves the machine, whatever a test forgets to name
    export OSLER_EUTILS_URL="http://127.0.0.1:$port" OSLER_IDCONV_URL="http://127.0.0.1:$port"
    export OSLER_CROSSREF_URL="http://127.0.0.1:$port"
}

# The control port, spoken to in few imports: this runs a hundred times.
cat >"$T/control.py" <<'PYTHON'
import json, socket, sys

def say(method, path, body=""):
    with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as s:
        s.sendall(f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
        answer = b"".join(iter(lambda: s.recv(65536), b"")).decode()
    head, _, body = answer.partition("\r\n\r\n")
    if " 200 " not in head.partition("\r\n")[0]:
        sys.exit(f"the stand-in refuses: {body}")
    return json.loads(body)

if sys.argv[2] == "begin":
    say("POST", "/ctl/reset")
    if sys.argv[3]:
        say("PUT", "/ctl/faults", sys.argv[3])
elif sys.argv[2] == "faults":
    say("PUT", "/ctl/faults", sys.argv[3])
else:  # an expression over the log of requests
    log = [r for r in say("GET", "/ctl/requests") if "path" in r]
    print(eval(sys.argv[3]))
PYTHON

# osler EXPECTED_STATUS ARGUMENTS...: run it; out and err hold what it printed.
osler() {
    expected=$1
    shift
    "$build/osler" "$@" >"$T/out" 2>"$T/err" </dev/null
    status=$?
    cat "$T/out" "$T/err" >>"$T/everything"
    [ "$status" = "$expected" ] && return
    failures=$((failures + 1))
    echo "$case: osler $*: status $status, expected $expected"
    sed 's/^/    /' "$T/out" "$T/err"
}

# fetch EXPECTED_STATUS ARGUMENTS...: the same for osler fetch.
fetch() {
    expected=$1
    shift
    osler "$expected" fetch "$@"
}

# says TEXT: the last command printed it.
says() {
    grep -qF -- "$1" "$T/out" "$T/err" && return
    failures=$((failures + 1))
    echo "$case: does not say '$1':"
    sed 's/^/    /' "$T/out" "$T/err"
}

# equal WHAT ACTUAL EXPECTED
equal() {
    [ "$2" = "$3" ] && return
    failures=$((failures + 1))
    echo "$case: $1 is '$2', expected '$3'"
}

# begin NAME [RULES]: a case of its own, on a fresh library, with the faults of the rules.
begin() {
    case=$1
    rm -f "$T"/library.db* "$T"/osler/pace-*
    python3 -SE "$T/control.py" "$control" begin "$2" || failures=$((failures + 1))
}

# requests EXPRESSION: its value, log being the list of requests the server has seen.
requests() {
    python3 -SE "$T/control.py" "$control" requests "$1"
}

# sql QUERY: its rows in the library, as Python prints them.
sql() {
    python3 -SE -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchall())' "$OSLER_LIBRARY" "$1"
}

# finish: the verdict.
finish() {
    [ $failures = 0 ] && echo "all cases passed"
    exit $((failures != 0))
}
