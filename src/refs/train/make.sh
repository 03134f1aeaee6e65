# make.sh BUILD WORK JOURNALS.csv SOURCE...: train the labeler's model anew (README.md).
set -eu
build=$1 work=$2 journals=$3
shift 3
here=$(dirname "$0")
mkdir -p "$work"
styles=${STYLES:-/usr/share/citation-style-language/styles}
# Every style, and those that many journals share once more.
{
    ls "$styles" | sed -n 's/\.csl$//p'
    cat "$styles"/dependent/*.csl | sed -n 's/.*href="[^"]*styles\/\([^"]*\)" rel="independent-parent".*/\1/p' |
        sort | uniq -c | sort -rn | awk '$1 > 4 { print $2; if ($1 > 40) print $2 }'
} >"$work/styles.txt"
# In three parts: a file of works is read whole.
: >"$work/examples.txt"
for SEED in 1 2 3; do
    export SEED
    python3 "$here/examples.py" items "$work/items.json" "${ITEMS:-20000}" "$journals" "$@"
    "$build/tests/print_rendered" "$work/items.json" "${EACH:-16}" "$SEED" <"$work/styles.txt" >"$work/rendered.txt"
    python3 "$here/examples.py" label "$work/items.json" <"$work/rendered.txt" >>"$work/examples.txt"
done
SEED=4 python3 "$here/examples.py" bibtex "${BIBTEX:-60000}" "$journals" "$@" >>"$work/examples.txt"
"$build/tests/print_model" "$work/examples.txt" "${ROWS:-48500}" "${PASSES:-6}" >"$work/model.inc"
