# tidy.sh BUILD: clang-tidy 14 with the house's rules (.clang-tidy) finds nothing in the sources.
build=$1
tidy=$(command -v clang-tidy-14 || command -v clang-tidy) || { echo "SKIPPED: clang-tidy is not installed"; exit 77; }
"$tidy" --version | grep -q ' 14\.' || { echo "SKIPPED: clang-tidy is not version 14"; exit 77; }
out=$(mktemp)
trap 'rm -f "$out"' EXIT
find src -name '*.c' | sort | xargs -P "$(nproc)" -n 4 "$tidy" -p "$build" --quiet \
    --extra-arg=-Wno-unknown-warning-option >"$out" 2>/dev/null
status=$?
grep -E 'warning:|error:' "$out" | sort -u
exit $status
