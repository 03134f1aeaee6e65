# check_resume.sh BUILD: a large fetch that is interrupted in every way goes on where it was and fetches nothing
# twice; two processes share one pace.  The records are invented.
build=$1
. tests/support/stand_in.sh
case="the start"
start many --synthetic 12500 --synthetic-base 495000001 --rate 0 --rate-key 0
export OSLER_EUTILS_URL="http://127.0.0.1:$port" NCBI_API_KEY=$key
want=12500
query='invented[ti]'

# stored: how many records the library has.
stored() {
    sql 'SELECT count(*) FROM citation' 2>/dev/null | tr -dc 0-9
}

# wait_for N: until the library has N records.
wait_for() {
    for try in $(seq 600); do
        have=$(stored)
        [ "${have:-0}" -ge "$1" ] && return
        sleep 0.05
    done
    equal "records" "$have" "$1 or more"
}

# PMIDs asked for in all, and different ones: the stand-in's log names each.
asked() {
    requests 'sum(len(r["params"]["id"].split(",")) for r in log if "efetch" in r["path"])'
}

begin "killed, stopped, cut off; then the same command"
"$build/osler" fetch "$query" >/dev/null 2>&1 &
osler_pid=$!
wait_for 1000
kill -9 $osler_pid
wait $osler_pid 2>/dev/null
had=$(stored)
equal "records without a note that they came" "$(sql 'SELECT (SELECT count(*) FROM citation) - sum(length(pmids)) / 8 FROM fetch_batch')" "[(0,)]"
"$build/osler" fetch "$query" >"$T/out" 2>"$T/err" &
osler_pid=$!
wait_for $((had + 1000))
kill -INT $osler_pid
wait $osler_pid
equal "the status after a signal" $? 130
says "going on with the fetch of"
says "$(python3 -c "print(f'{$had:,}')") records are in the library already"
had=$(stored)
python3 -SE "$T/control.py" "$control" faults '[{"match":{"path":"efetch","nth":6},"times":0,"do":{"rst":"header"}}]'
fetch 5 "$query"
equal "more records came before the network died" $(($(stored) > had && $(stored) <= had + 1000)) 1
had=$(stored)
python3 -SE "$T/control.py" "$control" faults '[]'
fetch 0 --json "$query"
equal "the report" "$(python3 -c 'import json, sys; r = json.load(open(sys.argv[1]))
print(r["asked"], r["before"] + r["got"], r["before"], r["complete"], r["resumed"] is not None)' "$T/out")" "$want $want $had True True"
equal "the records" "$(sql 'SELECT count(*), min(pmid), max(pmid) FROM citation')" "[(12500, 495000001, 495012500)]"
equal "one fetch with all the counts" "$(sql 'SELECT count(*), sum(added), sum(failed), count(finished) FROM origin')" "[(1, 12500, 0, 1)]"
equal "nothing is left of its state" "$(sql 'SELECT (SELECT count(*) FROM fetch_job), (SELECT count(*) FROM fetch_batch)')" "[(0, 0)]"
# Beyond each PMID once: the batches in flight when it was killed and stopped, and the seven requests for the one that
# was reset (six tries, the first of them on a connection that libcurl opens anew by itself).
extra=$(($(asked) - want))
[ $((extra >= 0 && extra <= 1800)) = 1 ] || equal "PMIDs asked for more than once" $extra "at most those of 9 batches"
osler 0 library verify

case="the same command after it has finished begins anew"
before=$(asked)
fetch 0 --limit 400 "$query"
fetch 0 --limit 400 "$query"
equal "PMIDs asked for" $(($(asked) - before)) 800

begin "--resume, for a list of PMIDs"
seq 495000001 495002000 >"$T/pmids"
"$build/osler" fetch - <"$T/pmids" >/dev/null 2>&1 &
osler_pid=$!
wait_for 400
kill -9 $osler_pid
wait $osler_pid 2>/dev/null
had=$(stored)
fetch 0 --resume
says "asked 2,000, got"
equal "the records" "$(stored)" 2000
equal "PMIDs asked for more than once, at most one batch" $(($(asked) <= 2200)) 1
fetch 3 --resume
says "no fetch into this library was interrupted in the last 7 days"
fetch 2 --resume x

begin "--restart, and a fetch that is too old"
"$build/osler" fetch --limit 3000 "$query" >/dev/null 2>&1 &
osler_pid=$!
wait_for 400
kill -9 $osler_pid
wait $osler_pid 2>/dev/null
fetch 0 --restart --limit 3000 "$query"
says "asked 3,000, got 3,000:"
"$build/osler" fetch --limit 4000 "$query" >/dev/null 2>&1 &
osler_pid=$!
wait_for 3200
kill -9 $osler_pid
wait $osler_pid 2>/dev/null
python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE origin SET started = ? WHERE finished IS NULL", ("2020-01-01T00:00:00Z",))
db.commit()' "$OSLER_LIBRARY"
fetch 0 --limit 4000 "$query"
says "asked 4,000, got 4,000:"

begin "two processes, one pace"
OSLER_LIBRARY="$T/second.db" "$build/osler" fetch --limit 2000 "$query" >/dev/null 2>&1 &
osler_pid=$!
fetch 0 --limit 2000 "$query"
wait $osler_pid
equal "the status of the other" $? 0
equal "requests" "$(requests 'len(log)')" 22
# A gap of 0.12 s from turn to turn; on the way to the server a little may be lost.
equal "requests in any second, at most 9" "$(requests 'max(sum(0 <= b["clock"] - a["clock"] < 1 for b in log) for a in log) <= 9')" True
begin "after a 429 both are slower" '[{"times":1,"do":{"status":429}}]'
fetch 0 495000001
NCBI_API_KEY=$key fetch 0 495000002
equal "the gap of the second command, at least 0.24 s" "$(requests 'log[-1]["clock"] - log[-2]["clock"] >= 0.24')" True
finish
