# check_baseline.sh BUILD: NLM's baseline and update files, from a folder and from a stand-in; all records are invented.
build=$1
command -v python3 >/dev/null || { echo "skipped: no python3"; exit 77; }
T=$(mktemp -d)
pid=
trap 'kill $pid 2>/dev/null; rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
export OSLER_LIBRARY="$T/library.db" XDG_RUNTIME_DIR="$T" OSLER_FETCH_TIME_SCALE=0.001
unset NCBI_API_KEY NCBI_EMAIL
failures=0

osler() { # STATUS ARGUMENTS...
    expected=$1
    shift
    "$build/osler" "$@" >"$T/out" 2>"$T/err" </dev/null
    status=$?
    [ $status = "$expected" ] && return
    failures=$((failures + 1))
    echo "$case: osler $*: status $status, expected $expected"
    sed 's/^/    /' "$T/out" "$T/err"
}
says() {
    grep -qF -- "$1" "$T/out" "$T/err" && return
    failures=$((failures + 1))
    echo "$case: does not say '$1':"
    sed 's/^/    /' "$T/out" "$T/err"
}
equal() { # WHAT ACTUAL EXPECTED
    [ "$2" = "$3" ] && return
    failures=$((failures + 1))
    echo "$case: $1 is '$2', expected '$3'"
}
fresh() { rm -rf "$T"/library.db*; case=$1; }
pmids() { "$build/osler" find --ids --limit 0 '' 2>/dev/null | sort | tr '\n' ' '; }
title() { "$build/osler" show "$1" 2>/dev/null | head -2 | tr '\n' ' '; }

record() { # PMID VERSION YEAR TITLE
    printf '<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="%s">%s</PMID><DateRevised><Year>%s</Year><Month>01</Month><Day>02</Day></DateRevised><Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2025</Year></PubDate></JournalIssue><Title>Journal of invented records</Title></Journal><ArticleTitle>%s</ArticleTitle><Language>eng</Language><PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article></MedlineCitation></PubmedArticle>\n' "$2" "$1" "$3" "$4"
}
whole() {
    echo '<?xml version="1.0" encoding="utf-8"?><PubmedArticleSet>'
    cat
    echo '</PubmedArticleSet>'
}
sum() { (cd "$1" && printf 'MD5(%s)= %s\n' "$2" "$(md5sum <"$2" | cut -c1-32)" >"$2.md5"); }
file() { # FOLDER NAME, its content on standard input
    gzip -9n >"$1/$2"
    sum "$1" "$2"
}
F="$T/files"
mkdir "$F"
{ record 990000001 1 2025 "One of the baseline."; record 990000002 1 2025 "Two of the baseline."; record 990000003 1 2025 "Three, first version."
  for i in $(seq 400); do record $((990001000 + i)) 1 2025 "Number $i of many, $(echo "$i" | md5sum)."; done; } | whole | file "$F" pubmed26n0001.xml.gz
{ record 990000004 1 2025 "Four of the baseline."; } | whole | file "$F" pubmed26n0002.xml.gz
{ record 990000001 1 2026 "One, revised."; record 990000003 2 2026 "Three, second version."
  echo '<DeleteCitation><PMID Version="1">990000002</PMID><PMID Version="1">990000004</PMID><PMID Version="1">990000777</PMID></DeleteCitation>'; } | whole | file "$F" pubmed26n0003.xml.gz
{ record 990000004 1 2026 "Four, added again."; } | whole | file "$F" pubmed26n0004.xml.gz
few() { pmids | tr ' ' '\n' | grep '^99000000' | tr '\n' ' '; }

fresh "a folder"
osler 0 fetch --baseline "$F"
says "pubmed26n0003.xml.gz  5 records   0 new, 2 changed, 0 unchanged, 0 older, 2 deleted"
says "files 4: 4 taken in, 0 before, 0 waiting; records: 405 new, 2 changed, 2 deleted"
equal "the records" "$(few)" "990000001 990000003 990000004 "
title 990000003 | grep -q "second version" || equal "the version" "$(title 990000003)" "the second"
title 990000004 | grep -q "added again" || equal "what was deleted and added" "$(title 990000004)" "added again"
osler 0 fetch --baseline "$F"
says "files 4: 0 taken in, 4 before, 0 waiting"
osler 0 library verify

case="an update whose turn is over"
osler 0 import "$F/pubmed26n0003.xml.gz"
says "passed over: imported"
{ record 990000001 1 2027 "One, late."; } | whole >"$T/late.xml"
mkdir "$T/late"
file "$T/late" pubmed26n0002.xml.gz <"$T/late.xml"
osler 4 import "$T/late/pubmed26n0002.xml.gz"
says "its turn is over: pubmed26n0004, which comes after it, has been imported"
osler 0 import --out-of-order "$T/late/pubmed26n0002.xml.gz"
says "1 updated"
osler 0 import "$F/pubmed26n0004.xml.gz" # the last may come again
says "1 unchanged"

case="a file that is lacking"
{ record 990000006 1 2026 "Six."; } | whole | file "$T/late" pubmed26n0006.xml.gz
rm "$T/late/pubmed26n0002.xml.gz"
osler 4 fetch --baseline "$T/late"
says "it waits for pubmed26n0005, which comes before it and is lacking"
says "files 1: 0 taken in, 0 before, 1 waiting"
osler 0 import "$T/late/pubmed26n0006.xml.gz"
says "1 file before it was not imported"

fresh "the user's own data of a deleted record"
osler 0 import "$F/pubmed26n0001.xml.gz" "$F/pubmed26n0002.xml.gz"
osler 0 tag +mine 990000002
osler 0 note 990000002 "remember this one"
osler 0 fetch --baseline "$F"
says "PubMed has deleted 990000002: your tags, notes, keys and list entries of it are kept"
osler 0 show 990000002
says "remember this one"
! grep -q "deleted 990000004" "$T/err" || equal "what is said of a record without own data" "$(cat "$T/err")" nothing

# broken NAME TEXT: the second file is damaged: one sentence, the first is in, nothing of the second is
broken() {
    osler 4 fetch --baseline "$T/bad"
    says "$1"
    equal "lines of the error" "$(wc -l <"$T/err")" 1
    says "files 3: 1 taken in, 0 before, 2 waiting"
    equal "records" "$(few)" "990000001 990000002 990000003 "
    osler 0 library verify
}
copy() { rm -rf "$T/bad"; mkdir "$T/bad"; cp "$F"/pubmed26n000[123].* "$T/bad"; }
B=pubmed26n0002.xml.gz
fresh "a wrong md5"; copy; echo "MD5($B)= 00112233445566778899aabbccddeeff" >"$T/bad/$B.md5"
broken "its .md5 says 00112233445566778899aabbccddeeff"
fresh "an md5 file without a digest"; copy; echo "<html>" >"$T/bad/$B.md5"
broken "expected an MD5 digest"
fresh "no md5"; copy; rm "$T/bad/$B.md5"
broken "there is no .md5 beside it to check it by"
fresh "gzip that is cut"; copy; head -c 150 "$F/$B" >"$T/bad/$B"; sum "$T/bad" $B
broken "$B"
fresh "gzip that is damaged"; copy; { head -c 120 "$F/$B"; printf 'XXXX'; tail -c +125 "$F/$B"; } >"$T/bad/$B"; sum "$T/bad" $B
broken "$B"
fresh "XML that is cut"; copy; gzip -dc "$F/$B" | grep -v '</PubmedArticleSet>' | gzip >"$T/bad/$B"; sum "$T/bad" $B
broken "$B"
fresh "a record that is cut"; copy; gzip -dc "$F/$B" | head -c 300 | gzip >"$T/bad/$B"; sum "$T/bad" $B
broken "$B"
case="the whole file comes"; cp "$F/$B" "$F/$B.md5" "$T/bad"
osler 0 fetch --baseline "$T/bad"
says "files 3: 2 taken in, 1 before, 0 waiting"

fresh "places that are none"
osler 3 fetch --baseline "$T/nowhere"
osler 3 fetch --baseline "$T"
says "no file of NLM's is there"
osler 10 fetch --baseline http://example.org/pubmed/
says "the address in --baseline cannot be used"
osler 2 fetch --baseline "$F" headache

# ---- From the web
python3 tests/support/nlmd.py "$F" "$T/port" "$T/log" &
pid=$!
for try in $(seq 100); do [ -s "$T/port" ] && break; sleep 0.1; done
site="http://127.0.0.1:$(cat "$T/port")/pubmed/baseline/"
asked() { grep -c "$1" "$T/log"; }

fresh "the web"
osler 0 fetch --baseline "$site"
says "files 4: 4 taken in, 0 before, 0 waiting; records: 405 new, 2 changed, 2 deleted"
equal "the records" "$(few)" "990000001 990000003 990000004 "
equal "what is left beside the library" "$(ls -d "$T"/library.db-nlm 2>/dev/null)" ""
: >"$T/log"
osler 0 fetch --baseline "$site"
equal "requests when there is nothing new" "$(wc -l <"$T/log")" 1

fresh "a connection that breaks"; : >"$T/log"
printf 'cut 5000\ncut 3000\nstatus 503\n' >"$F/fault"
osler 0 fetch --baseline "$site"
equal "the parts asked for" "$(grep 'n0001.xml.gz ' "$T/log" | cut -d' ' -f2 | tr '\n' ' ')" " bytes=5000- bytes=8000- bytes=8000- "
equal "the records" "$(few)" "990000001 990000003 990000004 "

fresh "a server that is in trouble all the time"
printf 'cut 5000\nstatus 503\nstatus 503\nstatus 503\nstatus 503\nstatus 503\nstatus 503\n' >"$F/fault"
osler 5 fetch --baseline "$site"
equal "the part that came" "$(wc -c <"$T/library.db-nlm/pubmed26n0001.xml.gz.part")" 5000
: >"$T/log" ; printf 'whole\n' >"$F/fault"
case="and goes on, with a server that gives no parts"
osler 0 fetch --baseline "$site"
equal "where it goes on" "$(grep 'n0001.xml.gz ' "$T/log" | cut -d' ' -f2)" "bytes=5000-"
equal "the records" "$(few)" "990000001 990000003 990000004 "

fresh "a part of another file"
mkdir -p "$T/library.db-nlm"; head -c 6000 /dev/zero >"$T/library.db-nlm/pubmed26n0001.xml.gz.part"
osler 0 fetch --baseline "$site"
equal "the records" "$(few)" "990000001 990000003 990000004 "
fresh "a part that is all of it"
mkdir -p "$T/library.db-nlm"; cp "$F/pubmed26n0001.xml.gz" "$T/library.db-nlm/pubmed26n0001.xml.gz.part"
osler 0 fetch --baseline "$site"
equal "the records" "$(few)" "990000001 990000003 990000004 "

# Killed at any moment: the same command ends with the same library.
for after in 0.005 0.01 0.02 0.03 0.05 0.08; do
    fresh "killed after $after s"
    "$build/osler" fetch --baseline "$site" >/dev/null 2>&1 &
    victim=$!
    sleep $after
    kill -9 $victim 2>/dev/null
    wait $victim 2>/dev/null
    osler 0 fetch --baseline "$site"
    equal "the records" "$(few)" "990000001 990000003 990000004 "
    equal "how many" "$(pmids | wc -w)" 403
    osler 0 library verify
done
[ $failures = 0 ] && echo "all cases passed"
exit $((failures != 0))
