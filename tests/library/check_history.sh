# check_history.sh BUILD: osler history and osler diff on invented records that change, go and come again.
build=$1
command -v python3 >/dev/null || { echo "skipped: no python3"; exit 77; }
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
export OSLER_LIBRARY="$T/library.db"
failures=0

# equal WHAT ACTUAL EXPECTED
equal() {
    [ "$2" = "$3" ] && return
    failures=$((failures + 1))
    printf '%s is\n%s\nexpected\n%s\n' "$1" "$2" "$3"
}

# record NUMBER STATUS MONTH TYPES HEADINGS: one of the bytes to be found again.
record() {
    printf '<PubmedArticle>\n  <MedlineCitation Status="%s" Owner="NLM"><PMID Version="1">%s</PMID><DateRevised><Year>2026</Year><Month>0%s</Month><Day>02</Day></DateRevised><Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2026</Year></PubDate></JournalIssue><Title>Journal of invented records</Title></Journal><ArticleTitle>Invented &amp;amp; <i>changing</i>.</ArticleTitle><Language>eng</Language><PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>%s</PublicationTypeList></Article>%s</MedlineCitation>\n</PubmedArticle>' "$2" "$1" "$3" "$4" "$5"
}

# load NAME DAY RECORDS: import them as of a day.
load() {
    { echo '<?xml version="1.0" ?><PubmedArticleSet>'; cat "$3"; echo '</PubmedArticleSet>'; } >"$T/$1"
    (cd "$T" && "$build/osler" import -q "$1" >/dev/null) || failures=$((failures + 1))
    python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE origin SET started = ? WHERE id = (SELECT max(id) FROM origin)", (sys.argv[2],))
db.commit()' "$OSLER_LIBRARY" "$2T08:00:00Z"
}
build=$(cd "$build" && pwd)

mesh='<MeshHeadingList><MeshHeading><DescriptorName UI="D006261" MajorTopicYN="Y">Headache</DescriptorName></MeshHeading></MeshHeadingList>'
trial='<PublicationType UI="D016449">Randomized Controlled Trial</PublicationType>'
retracted='<PublicationType UI="D016441">Retracted Publication</PublicationType>'
record 990000001 Publisher 1 "" "" >"$T/v1"
record 990000002 MEDLINE 1 "" "" >"$T/other"
cat "$T/v1" "$T/other" >"$T/first"
record 990000001 MEDLINE 3 "$trial" "$mesh" >"$T/v2"
record 990000001 MEDLINE 2 "" "$mesh" >"$T/v3"
record 990000001 MEDLINE 5 "$trial$retracted" "$mesh" >"$T/v4"
record 990000003 MEDLINE 1 "" "" >"$T/new"
cat "$T/v4" "$T/new" >"$T/fourth"
echo '<DeleteCitation><PMID Version="1">990000002</PMID></DeleteCitation>' >"$T/gone"
load a.xml 2026-01-10 "$T/first"
load b.xml 2026-03-10 "$T/v2"
load c.xml 2026-04-10 "$T/v3"
load d.xml 2026-05-10 "$T/fourth"
load e.xml 2026-06-10 "$T/gone"

equal "the history" "$("$build/osler" history 990000001)" "990000001  Invented & changing.
  1  2026-01-10  replaced, Publisher, revised 2026-01-02  from a.xml
  2  2026-03-10  replaced, MEDLINE, revised 2026-03-02  from b.xml
    newly indexed; status Publisher to MEDLINE; study design unknown to randomized-trial; changed: dates, headings, publication_types, status
    dates
      - revised 2026 1 2
      + revised 2026 3 2
    headings
      + D006261 Headache (major)
    publication_types
      + D016449 Randomized Controlled Trial
    status
      - Publisher
      + MEDLINE
  3  2026-04-10  older than yours, kept beside it, MEDLINE, revised 2026-02-02  from c.xml
  4  2026-05-10  current, MEDLINE, revised 2026-05-02  from d.xml
    retracted; changed: dates, publication_types
    dates
      - revised 2026 3 2
      + revised 2026 5 2
    publication_types
      + D016441 Retracted Publication"
equal "the history of what was deleted" "$("$build/osler" history 990000002)" "990000002  Invented & changing.
  1  2026-01-10  replaced, MEDLINE, revised 2026-01-02  from a.xml
  2  2026-06-10  deleted by PubMed"
for n in 1 2 3 4; do
    "$build/osler" history --original $n 990000001 | cmp - "$T/v$n" || failures=$((failures + 1))
done
"$build/osler" history --original 5 990000001 2>/dev/null
equal "the status for a version that is not there" $? 3
"$build/osler" history 990000009 2>/dev/null
equal "the status for a record that is not there" $? 3

equal "since before all" "$("$build/osler" diff --since 2026-01-01)" "990000001  new  Invented & changing.
990000003  new  Invented & changing.
2 new, 0 changed, 0 deleted since 2026-01-01"
equal "since February" "$("$build/osler" diff --since 2026-02-01)" "990000001  changed  Invented & changing.
    retracted; newly indexed; status Publisher to MEDLINE; study design unknown to randomized-trial; changed: dates, headings, publication_types, status
990000002  deleted  Invented & changing.
990000003  new  Invented & changing.
1 new, 1 changed, 1 deleted since 2026-02-01"
equal "since May, as JSON" "$("$build/osler" diff --since 2026-05-01 --json | python3 -c 'import json, sys
for line in sys.stdin:
    d = json.loads(line)
    print(d["id"], d["kind"], d["when"], d.get("flags_gained"), [f["field"] for f in d.get("fields", [])])')" "990000001 changed 2026-05-10T08:00:00Z ['retracted'] ['dates', 'publication_types']
990000002 deleted 2026-06-10T08:00:00Z None []
990000003 new 2026-05-10T08:00:00Z None []"
equal "since June" "$("$build/osler" diff --since 2026-06-01 --ids)" 990000002
equal "since July" "$("$build/osler" diff --since 2026-07-01)" "0 new, 0 changed, 0 deleted since 2026-07-01"
"$build/osler" diff --since yesterday 2>"$T/err"
equal "the status for no date" $? 2
grep -q "'yesterday' is no date" "$T/err" || equal "what it says" "$(cat "$T/err")" "is no date"
[ $failures = 0 ] && echo "all cases passed"
exit $((failures != 0))
