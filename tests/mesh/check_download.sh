# check_download.sh BUILD: osler mesh update YEAR against a stand-in; the vocabulary is invented.
build=$1
command -v python3 >/dev/null || { echo "skipped: no python3"; exit 77; }
T=$(mktemp -d)
pid=
trap 'kill $pid 2>/dev/null; rm -rf "$T"' EXIT
export OSLER_MESH="$T/some/place/mesh.bin" XDG_RUNTIME_DIR="$T" OSLER_FETCH_TIME_SCALE=0.001
failures=0

# mesh STATUS TEXT ARGUMENTS...
mesh() {
    expected=$1 text=$2
    shift 2
    "$build/osler" mesh "$@" >"$T/out" 2>&1 </dev/null
    status=$?
    [ $status = "$expected" ] && grep -qF -- "$text" "$T/out" && return
    failures=$((failures + 1))
    echo "osler mesh $*: status $status, expected $expected and '$text'"
    sed 's/^/    /' "$T/out"
}
mkdir -p "$T/files/MESH_FILES/xmlmesh" "$T/files/2024/xmlmesh"
descriptors() { # NAME
    echo '<DescriptorRecordSet>'
    for i in $(seq 300); do
        printf '<DescriptorRecord><DescriptorUI>D99%04d</DescriptorUI><DescriptorName><String>%s %s</String></DescriptorName><TreeNumberList><TreeNumber>C99.%03d</TreeNumber></TreeNumberList><ConceptList><Concept PreferredConceptYN="Y"><TermList><Term IsPermutedTermYN="N"><String>Term %s</String></Term></TermList></Concept></ConceptList></DescriptorRecord>\n' "$i" "$1" "$i" "$i" "$(echo "$1$i" | md5sum)"
    done
    echo '</DescriptorRecordSet>'
}
descriptors Harp | gzip -9n >"$T/files/MESH_FILES/xmlmesh/desc2026.gz"
descriptors Flute | gzip -9n >"$T/files/2024/xmlmesh/desc2024.gz"
python3 tests/support/nlmd.py "$T/files" "$T/port" "$T/log" &
pid=$!
for try in $(seq 100); do [ -s "$T/port" ] && break; sleep 0.1; done
export OSLER_MESH_URL="http://127.0.0.1:$(cat "$T/port")/"

mesh 0 "300 headings" update 2026
mesh 0 "Harp 7  D990007" "harp 7"
mesh 0 "300 headings" update 2024 # an earlier year, in its own folder
mesh 0 "Flute 7  D990007" "flute 7"
mesh 3 "the server has no file 2025/xmlmesh/desc2025.gz" update 2025
mesh 2 "expected a year" update 1066
mesh 0 "Flute 7" "flute 7"

# A connection that breaks, then a server in trouble: what has come is used.
printf 'cut 1000\nstatus 503\nstatus 503\nstatus 503\nstatus 503\nstatus 503\n' >"$T/files/fault"
mesh 5 "the server is in trouble" update 2026
mesh 0 "Flute 7" "flute 7"
: >"$T/log"
mesh 0 "300 headings" update 2026
[ "$(cut -d' ' -f2 "$T/log")" = "bytes=1000-" ] || { echo "asked for $(cat "$T/log"), expected from byte 1000 on"; failures=$((failures + 1)); }
mesh 0 "Harp 7" "harp 7"
[ "$(ls "$T/some/place")" = mesh.bin ] || { echo "left: $(ls "$T/some/place")"; failures=$((failures + 1)); }

# A file that is not what it should be changes nothing.
echo "<html>gone</html>" | gzip >"$T/files/MESH_FILES/xmlmesh/desc2026.gz"
mesh 4 "expected NLM's descriptor file" update 2026
mesh 0 "Harp 7" "harp 7"
OSLER_MESH_URL=http://example.org/ mesh 10 "the address in OSLER_MESH_URL cannot be used" update 2026
OSLER_MESH=builtin mesh 10 "there is no place for the vocabulary" update 2026
[ $failures = 0 ] && echo "all cases passed"
exit $((failures != 0))
