# check_valgrind.sh: the main job under valgrind, on the released build: no error, no leak.
[ -n "$OSLER_RELEASE" ] && [ -x "$OSLER_RELEASE/osler" ] ||
    { echo "SKIPPED: OSLER_RELEASE names no build without sanitizers (tests/run.sh makes one)"; exit 77; }
command -v valgrind >/dev/null || { echo "SKIPPED: valgrind is not installed"; exit 77; }
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
OSLER_LIBRARY=$T/library.db
export OSLER_LIBRARY
status=0
check() {
    expected=$1
    shift
    valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,indirect,possible \
        "$OSLER_RELEASE/osler" "$@" >"$T/out" 2>"$T/err" </dev/null
    got=$?
    [ "$got" = "$expected" ] || { echo "osler $*: exit $got, expected $expected"; cat "$T/err"; status=1; }
}
printf '<PubmedArticleSet><PubmedArticle><x></PubmedArticle>' >"$T/broken.xml"
check 0 import -q sample-bib/invented.xml sample-bib/muscle-relaxants.nbib
check 4 import -q "$T/broken.xml"
check 0 evidence "tension headache" --for omt --explain
check 0 evidence "tension headache" --json
check 3 evidence "no such condition at all"
check 0 explain "tension headache" 990000001
check 0 find 'headache[tiab] AND (trial OR "systematic review")' --json
check 2 find 'headache AND ('
check 0 show 990000001 --json
check 0 show 990000001
check 0 classify sample-bib/invented.xml --json
check 0 library verify
exit $status
