# check_sync.sh BUILD: saved searches against a PubMed that changes: a stand-in for each of its days.  All records are
# invented.
build=$1
. tests/support/stand_in.sh
case="the start"

# record PMID CREATED REVISED STATUS TITLE TYPES HEADINGS; days as 2026-01-02
record() {
    day() { echo "$1" | sed 's|\(....\)-\(..\)-\(..\)|<Year>\1</Year><Month>\2</Month><Day>\3</Day>|'; }
    printf '<PubmedArticle><MedlineCitation Status="%s" Owner="NLM"><PMID Version="1">%s</PMID><DateRevised>%s</DateRevised><Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2026</Year></PubDate></JournalIssue><Title>Journal of invented records</Title></Journal><ArticleTitle>%s</ArticleTitle><Language>eng</Language><PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>%s</PublicationTypeList></Article>%s</MedlineCitation><PubmedData><History><PubMedPubDate PubStatus="entrez">%s</PubMedPubDate></History></PubmedData></PubmedArticle>\n' \
        "$4" "$1" "$(day "$3")" "$5" "$6" "$7" "$(day "$2")"
}
whole() {
    echo '<?xml version="1.0" ?><PubmedArticleSet>'
    cat
    echo '</PubmedArticleSet>'
}
mesh='<MeshHeadingList><MeshHeading><DescriptorName UI="D006261" MajorTopicYN="Y">Headache</DescriptorName></MeshHeading></MeshHeadingList>'
retracted='<PublicationType UI="D016441">Retracted Publication</PublicationType>'
early="2020-03-01 2020-03-02"
today=$(date -u +%Y-%m-%d)
{
    record 990000001 $early MEDLINE "Piano practice and the neck, one." "" "$mesh"
    record 990000002 $early Publisher "Piano practice and the neck, two." "" ""
    record 990000003 $early MEDLINE "Piano practice and the neck, three." "" "$mesh"
    record 990000004 $early MEDLINE "Piano practice and the neck, four." "" "$mesh"
    record 990000005 $early MEDLINE "Piano practice and the neck, five." "" "$mesh"
    record 990000006 $early MEDLINE "Piano practice and the neck, six." "" "$mesh"
    record 990000007 $early MEDLINE "Violins, seven." "" "$mesh"
    record 990000008 $early MEDLINE "Violins, eight." "" "$mesh"
    record 990000010 $early MEDLINE "Piano practice and the neck, ten." "" "$mesh"
} | whole >"$T/day1.xml"
{
    record 990000001 $early MEDLINE "Piano practice and the neck, one." "" "$mesh" # the same
    record 990000002 2020-03-01 $today MEDLINE "Piano practice and the neck, two." "" "$mesh" # indexed
    record 990000003 2020-03-01 $today MEDLINE "Piano practice and the neck, three." "$retracted" "$mesh" # retracted
    record 990000004 2020-03-01 $today MEDLINE "Piano practice and the neck: corrected, four." "" "$mesh" # changed
    record 990000005 2020-03-01 $today MEDLINE "Harps, five." "" "$mesh" # left
    # 990000006 is gone
    record 990000007 2020-03-01 $today MEDLINE "Violins and the piano, seven." "" "$mesh" # joined
    record 990000008 $early MEDLINE "Violins and the piano, eight." "" "$mesh" # joined, and nobody says why
    record 990000009 $today $today Publisher "Piano practice and the neck, nine." "" "" # new
    record 990000010 $early MEDLINE "Piano practice and the neck, ten." "$retracted" "$mesh" # retracted in silence
} | whole >"$T/day2.xml"
start day1 --records "$T/day1.xml"
first_port=$port first_control=$control
start day2 --records "$T/day2.xml"
second_port=$port second_control=$control
export NCBI_API_KEY=$key
at_day() {
    eval "port=\$$1_port control=\$$1_control"
    export OSLER_EUTILS_URL="http://127.0.0.1:$port"
}

at_day first
begin "nothing is saved yet"
osler 3 sync
says "the library has no saved search"
fetch 0 --save keys 'piano[ti]'
equal "the result kept" "$(sql 'SELECT count(*) FROM search_result WHERE gone IS NULL')" "[(7,)]"
osler 3 sync violins
says "there is no saved search 'violins'"

case="the same day again"
osler 0 sync keys
says "keys: 7 before + 0 came - 0 left = 7 now"
says "nothing has changed"

case="the day after"
at_day second
python3 -SE "$T/control.py" "$control" begin ""
osler 0 sync keys
cp "$T/out" "$T/said"
says "keys: 7 before + 3 came - 2 left = 8 now"
says "1 new, 1 older and matching now, 2 retracted or otherwise flagged, 1 newly indexed, 1 changed, 1 left the search, 1 deleted or merged, 1 unexplained"
equal "each record" "$(grep '^  99' "$T/out" | sort)" "  990000002  newly indexed  Piano practice and the neck, two.
  990000003  retracted or otherwise flagged  Piano practice and the neck, three.
  990000004  changed  Piano practice and the neck: corrected, four.
  990000005  left the search  Harps, five.
  990000006  deleted or merged  Piano practice and the neck, six.
  990000007  older and matching now  Violins and the piano, seven.
  990000008  unexplained  Violins and the piano, eight.
  990000009  new  Piano practice and the neck, nine.
  990000010  retracted or otherwise flagged  Piano practice and the neck, ten."
equal "what was not asked for" "$(requests 'sum("990000001" in r["params"].get("id", "") for r in log)')" 0
equal "the result" "$(sql 'SELECT sum(gone IS NULL), sum(gone IS NOT NULL) FROM search_result')" "[(8, 2)]"
equal "what left is still in the library" "$(sql 'SELECT count(*) FROM citation WHERE deleted IS NULL AND pmid IN (990000005, 990000006)')" "[(2,)]"
osler 0 history 990000003
says "retracted"

case="and again: what the overlap brings is no news"
osler 0 sync --json
equal "the report" "$(python3 -c 'import json, sys
r = [json.loads(line) for line in open(sys.argv[1])]
print(len(r), r[-1]["before"], r[-1]["added"], r[-1]["lost"], r[-1]["now"], r[-1]["count"], r[-1]["changed"], r[-1]["complete"])' "$T/out")" "1 8 0 0 8 8 0 True"

case="a record that cannot be had is not taken for seen"
at_day first
begin "" ""
fetch 0 --save keys 'piano[ti]'
at_day second
python3 -SE "$T/control.py" "$control" begin '[{"match":{"path":"efetch","pmid":990000009},"times":0,"do":{"xml":"badutf8"}}]'
osler 8 sync
says "990000009"
python3 -SE "$T/control.py" "$control" begin ""
osler 0 sync
says "keys: 7 before + 1 came - 0 left = 8 now"
equal "its record" "$(sql 'SELECT count(*) FROM citation WHERE pmid = 990000009')" "[(1,)]"
equal "the bytes that were bad are forgotten" "$(sql 'SELECT count(*) FROM fetch_failure')" "[(0,)]"

case="counts that do not agree change nothing"
python3 -SE "$T/control.py" "$control" begin '[{"match":{"path":"esearch"},"times":0,"do":{"count_lie":2}}]'
osler 8 sync
says "does not agree with PubMed's count"
equal "the result" "$(sql 'SELECT sum(gone IS NULL) FROM search_result')" "[(8,)]"

case="a search interrupted by a dead network keeps its state"
at_day first
begin "" ""
fetch 0 --save keys 'piano[ti]'
at_day second
python3 -SE "$T/control.py" "$control" begin '[{"match":{"path":"efetch"},"times":0,"do":{"status":503}}]'
osler 5 sync
equal "the result" "$(sql 'SELECT sum(gone IS NULL) FROM search_result')" "[(7,)]"
python3 -SE "$T/control.py" "$control" begin ""
osler 0 sync
says "keys: 7 before + 3 came - 2 left = 8 now"
says "2 retracted or otherwise flagged"

case="a record that is not final is asked for again, but not at every sync"
at_day first
begin "" ""
fetch 0 --save keys 'piano[ti]'
# change SQL: the library as it would be after some time
change() {
    python3 -SE -c 'import sqlite3, sys
library = sqlite3.connect(sys.argv[1])
library.execute(sys.argv[2])
library.commit()' "$OSLER_LIBRARY" "$1"
}
# asked COUNT OPTIONS...: a sync that asks for so many records
asked() {
    wanted=$1
    shift
    osler 0 sync --json "$@"
    equal "records asked for" "$(python3 -SE -c 'import json, sys
print([json.loads(line) for line in open(sys.argv[1])][-1]["asked"])' "$T/out")" "$wanted"
}
asked 0
asked 1 --all
change "DELETE FROM unsettled"
change "UPDATE origin SET started = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-100 days')"
asked 1
asked 0
change "UPDATE unsettled SET asked = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-24 days')"
asked 0
asked 1 --all
change "UPDATE unsettled SET asked = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-26 days')"
asked 1
at_day second
python3 -SE "$T/control.py" "$control" begin '[{"match":{"path":"efetch"},"times":0,"do":{"status":503}}]'
change "DELETE FROM unsettled"
osler 5 sync
equal "what did not come counts as not asked for" "$(sql 'SELECT count(*) FROM unsettled')" "[(0,)]"
python3 -SE "$T/control.py" "$control" begin ""
osler 0 sync

case="another query under the name begins anew"
fetch 0 --save keys 'violins[ti]'
equal "the result" "$(sql 'SELECT count(*) FROM search_result')" "[(2,)]"
osler 0 library verify

case="the saved searches"
osler 0 sync --list
says "keys  2 records, run $today"
says "    violins[ti]"
osler 2 sync --list keys
osler 2 sync --forget
osler 3 sync --forget strings
osler 0 sync --forget keys
equal "what is left of it" "$(sql 'SELECT (SELECT count(*) FROM saved_search), (SELECT count(*) FROM search_state), (SELECT count(*) FROM search_result)')" "[(0, 0, 0)]"
osler 3 sync
finish
