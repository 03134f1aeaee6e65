# readme.sh BUILD: every example of README.md is what the command prints.  The blocks marked
# ```console are replayed in order, on a library of the sample bibliography.
build=$1
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
awk '/^```console$/ { inside = 1; next } /^```$/ { inside = 0 } inside' README.md >"$T/readme.case"
[ "$(grep -c '^\$ ' "$T/readme.case")" -ge 3 ] || { echo "README.md holds fewer than three examples"; exit 1; }
sh tests/support/transcript.sh "$build" "$T/readme.case"
