# check_oracle.sh BUILD: every field of PubMed's XML against an independent reading (oracle.py).
# The data is outside the repository: $OSLER_SHARED, or ../shared; skipped without it.
build=$1
shared=${OSLER_SHARED:-../shared}
data=$shared/data/pubmed
[ -d "$data" ] || { echo "SKIPPED: no $data (set OSLER_SHARED)"; exit 77; }
command -v python3 >/dev/null || { echo "SKIPPED: python3 is not installed"; exit 77; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
number=0
for file in "$data"/*.gz "$data"/edge_cases/*/*; do
    # A truncated record and one without content: test_reader.c holds what becomes of them.
    case $file in *Malformed*|*Minimal*) continue ;; esac
    number=$((number + 1))
    "$build"/tests/print_records "$file" >"$work/$number" 2>/dev/null || exit 1
    printf '%s\n%s\n' "$file" "$work/$number"
done >"$work/list"
xargs python3 tests/formats/oracle.py --compare <"$work/list"
