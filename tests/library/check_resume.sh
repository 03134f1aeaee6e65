# check_resume.sh BUILD: after kill -9, the same import with --resume goes on with the first file not
# finished and passes over the others, and the library holds all of them.
osler=$1/osler
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
OSLER_LIBRARY=$T/library.db
export OSLER_LIBRARY

# set_of FIRST COUNT: records.
set_of() {
    awk -v first="$1" -v count="$2" 'BEGIN {
        print "<PubmedArticleSet>"
        for (n = first; n < first + count; n++)
            printf "<PubmedArticle><MedlineCitation><PMID Version=\"1\">%d</PMID><Article><ArticleTitle>Invented %d.</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n", n, n
        print "</PubmedArticleSet>"
    }'
}

fail() {
    echo "$1"
    cat "$T/report"
    exit 1
}

mkdir "$T/files"
cd "$T/files" || exit 1
set_of 990000001 100 >a.xml
set_of 990000101 3000 >b.whole
set_of 990003101 100 >c.xml

# b.xml is a pipe that says half of a file and no more: there the import is killed.
mkfifo b.xml
head -n 2000 b.whole >b.half
(cat b.half; sleep 60) >b.xml &
writer=$!
"$osler" import a.xml b.xml c.xml >"$T/report" 2>&1 &
import=$!
for i in $(seq 100); do
    grep -q '^a.xml' "$T/report" && break
    sleep 0.1
done
sleep 0.3
kill -9 $import
wait $import 2>/dev/null
kill $writer 2>/dev/null
grep -q '^a.xml .*100 new$' "$T/report" || fail "expected the report of a.xml"
[ "$(wc -l <"$T/report")" = 1 ] || fail "expected the report of a.xml alone"
"$osler" library stats | grep -q '^records  *100$' || fail "expected the records of a.xml alone"
rm b.xml
mv b.whole b.xml

"$osler" import --resume a.xml b.xml c.xml >"$T/report" || fail "exit code $?"
grep -q '^a.xml  passed over: imported 2[0-9-]*$' "$T/report" || fail "a.xml was to be passed over"
grep -q '^b.xml .*3000 new$' "$T/report" || fail "b.xml was to be imported"
grep -q '^c.xml .*100 new$' "$T/report" || fail "c.xml was to be imported"
grep -q '^total .*3100 new . 1 passed over$' "$T/report" || fail "the total is wrong"
"$osler" library stats | grep -q '^records  *3200$' || fail "expected the records of all files"
"$osler" library verify || exit 1

# Known by name, size and time: moved it is the same file; changed, or under another name, it is not.
cd ..
mv files elsewhere
cp elsewhere/a.xml elsewhere/other.xml
"$osler" import --resume --json elsewhere/a.xml elsewhere/b.xml - <elsewhere/c.xml >"$T/report" || fail "exit code $?"
grep -q '"file":"elsewhere/b.xml","format":null,"read":0,.*"passed_over":true,"imported":"2.*"total":{"read":100,"new":0,.*"unchanged":100.*"passed_over":2}' "$T/report" ||
    fail "the report in JSON is wrong"
cp -p elsewhere/a.xml elsewhere/other.xml
touch elsewhere/b.xml
cp elsewhere/c.xml c.xml
touch -r elsewhere/c.xml c.xml
echo >>c.xml
touch -r elsewhere/c.xml c.xml
"$osler" import --resume elsewhere/other.xml elsewhere/b.xml c.xml >"$T/report" || fail "exit code $?"
[ "$(grep -c unchanged "$T/report")" = 4 ] || fail "no file was to be passed over"
"$osler" import elsewhere/b.xml >"$T/report" || fail "exit code $?"
grep -q '3000 unchanged' "$T/report" || fail "without --resume nothing is passed over"
echo "killed, resumed, whole"
