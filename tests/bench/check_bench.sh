# check_bench.sh BUILD: the benchmarks run, and the invented records are what they are said to be:
# well-formed, as many as asked for, the same for the same seed however they are cut into files.
generate=$1/tests/generate_pubmed
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
status=0

wrong() {
    echo "WRONG: $*"
    status=1
}

records() {
    "$generate" --level 0 -o - "$@" | grep -v -e '^<?xml' -e '^<!DOCTYPE' -e 'PubmedArticleSet>'
}

# 1. The same arguments, the same bytes; another seed, others; a file cut in two has the same records.
"$generate" --count 300 -o a.xml.gz || wrong "the generator failed"
"$generate" --count 300 -o b.xml.gz
cmp a.xml.gz b.xml.gz || wrong "one seed gave two files"
records --count 300 >whole
{ records --count 120 && records --first 121 --count 180; } >halves
cmp whole halves || wrong "the records depend on the file they stand in"
records --count 300 --seed 2 >other
! cmp -s whole other || wrong "two seeds gave one file"
"$generate" --count 300 --level 6 -o c.xml.gz
[ "$(gzip -dc c.xml.gz | cksum)" = "$(gzip -dc a.xml.gz | cksum)" ] || wrong "the level changed the text"
first=$(grep -o '<PMID Version="1">[0-9]*' whole | head -n 1)
[ "$first" = '<PMID Version="1">1000000001' ] || wrong "the first PMID is $first"

# 2. The reference reads it to its end, by both inflaters, and finds as many records.
said=$("$1/tests/reference_extract" c.xml.gz) || wrong "the reference failed"
case $said in *" 300 records, "*) ;; *) wrong "the reference says: $said" ;; esac
if grep -q BENCH_ISAL "$1/build.ninja"; then
    [ "$("$1/tests/reference_extract" --isal c.xml.gz)" = "$said" ] || wrong "ISA-L and zlib disagree"
fi
head -c 50000 c.xml.gz >cut.xml.gz
! "$1/tests/reference_extract" cut.xml.gz 2>/dev/null || wrong "the reference took half a file for a whole one"

# 3. An import takes all of them, and again none.
"$1/osler" import --json --library library.db c.xml.gz >report || wrong "the import failed"
grep -Eq '"new": *300\b' report || wrong "the import did not take 300 records: $(cat report)"
grep -Eq '"failed": *0\b' report || wrong "the import failed on records: $(cat report)"

# 4. The benchmarks themselves.
python3 "$here/bench_ingest.py" "$1" --records 200 --rounds 1 >ingest || wrong "bench_ingest failed"
grep -q '^| import again |' ingest || wrong "bench_ingest printed: $(cat ingest)"
python3 "$here/bench_ingest.py" "$1" --grow 100,300 --batch 1 >grow || wrong "bench_ingest --grow failed"
[ "$(grep -c '^| [13]00 ' grow)" = 2 ] || wrong "bench_ingest --grow printed: $(cat grow)"
query="$1/tests/bench_query --rounds 1"
$query --osler "$1/osler" --fts fts.db --records 300 --only newest library.db >newest || wrong "bench_query failed"
$query --fts fts.db library.db >all || wrong "bench_query failed in the library"
agree=$(awk -F'|' '/^. word . patients / { print ($4 > 0 && $4 + 0 == $10 + 0) }' all)
[ "$agree" = 1 ] || wrong "Osler and FTS5 disagree on patients: $(cat all)"
grep -q '^`osler version` as a whole command' newest || wrong "bench_query printed: $(cat newest)"
python3 "$here/bench_convert.py" "$1" --records 100 --rounds 1 >convert || wrong "bench_convert failed"

python3 "$here/bench_formats.py" "$1" --records 100 --rounds 1 >formats
case $? in
0) [ "$(grep -c '^| .* | Osler | .* | 0 | - |$' formats)" = 4 ] || wrong "values are lost: $(cat formats)" ;;
77) cat formats ;;
*) wrong "bench_formats failed" ;;
esac

# 5. Bibliographies, where styles are installed.
if [ -d /usr/share/citation-style-language/styles ]; then
    python3 "$here/bench_cite.py" "$1" --counts 50 --rounds 1 --node none >cite || wrong "bench_cite.py failed"
    grep -q '^| apa | 50 | osler cite |' cite || wrong "bench_cite.py printed: $(cat cite)"
fi
exit $status
