# check_resolve_online.sh BUILD: references that the library has not, resolved by the stand-in's PubMed; nothing is
# stored.  All records are invented.
build=$1
. tests/support/stand_in.sh

# paper PMID YEAR VOLUME PAGES FAMILY TITLE
paper() {
    printf '<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">%s</PMID><Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><Volume>%s</Volume><PubDate><Year>%s</Year></PubDate></JournalIssue><Title>Journal of invented records</Title></Journal><ArticleTitle>%s</ArticleTitle><Pagination><MedlinePgn>%s</MedlinePgn></Pagination><AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>%s</LastName><Initials>AB</Initials></Author></AuthorList><Language>eng</Language></Article><MedlineJournalInfo><MedlineTA>J Invent Rec</MedlineTA></MedlineJournalInfo></MedlineCitation></PubmedArticle>\n' \
        "$1" "$3" "$2" "$6" "$4" "$5"
}
{
    echo '<?xml version="1.0" ?><PubmedArticleSet>'
    paper 990000001 2012 30 347-54 Zeta 'Sleep and posture in invented pianists.'
    paper 990000002 2012 30 401-9 Yota 'Sleep, breathing and posture in imagined violinists.'
    paper 990000003 2015 33 1-9 Xavi 'A trial of nothing against very little.'
    echo '</PubmedArticleSet>'
} >"$T/records.xml"
{
    echo '<?xml version="1.0" ?><PubmedArticleSet>'
    paper 990000004 2011 29 5-8 Wawel 'Rest and unrest among owners of small boats.'
    echo '</PubmedArticleSet>'
} >"$T/own.xml"
cat >"$T/refs.txt" <<'END'
1. Zeta AB. Sleep and posture in invented pianists. J Invent Rec. 2012;30:347-54.
2. Nobody C. Quite another title on the patience of snails. J Invent Rec. 2012;30:401-9.
3. Xavi AB. A trial of nothing against very little. J Invent Rec. 2014;33:1-9.
4. Wawel AB. Rest and unrest among owners of small boats. J Invent Rec. 2011;29:5-8.
END
sed -n 1,3p "$T/refs.txt" >"$T/strange.txt"
start plain --records "$T/records.xml" --mode strict
export OSLER_EUTILS_URL="http://127.0.0.1:$port" NCBI_API_KEY=$key

# setup NAME [RULES]: a case on a library with one record.
setup() {
    begin "$@"
    osler 0 import "$T/own.xml"
}

# told: verdict, PMID and where the record is, of each line of the JSON on out.
told() {
    python3 -SE -c 'import json, sys
for line in open(sys.argv[1]):
    r = json.loads(line)
    print(r["verdict"], r["pmid"], r.get("in_library"), r.get("pubmed_answered"), end=";")' "$T/out"
}

setup "without --online nothing is asked for, and the answer is as it was"
osler 1 resolve "$T/refs.txt" --json
equal "the verdicts" "$(told)" \
    'not-in-library None None None;not-in-library None None None;not-in-library None None None;exact 990000004 None None;'
equal "requests" "$(requests 'len(log)')" 0

setup "what agrees gets a verdict, a page alone does not, and nothing is stored"
osler 1 resolve "$T/refs.txt" --json --online
equal "the verdicts" "$(told)" \
    'exact 990000001 False True;not-in-library None False True;repairable 990000003 False True;exact 990000004 True False;'
says '"differences":[{"field":"year","given":"2014","record":"2015"}]'
says '2 of these in PubMed only'
equal "asked for: Zeta, not Wawel" "$(requests '("Zeta" in str(log), "Wawel" in str(log))')" "(True, False)"
osler 0 find --ids ''
equal "records" "$(cat "$T/out")" 990000004
osler 1 resolve "$T/refs.txt" --online
says '1  exact · PMID 990000001 · in PubMed, not in this library'
says '2  not in this library, not found in PubMed'
says '3  repairable · PMID 990000003 · in PubMed, not in this library'
grep -E '^ +4  exact · PMID 990000004$' "$T/out" >"$T/line"
equal "the library's own" "$(wc -l <"$T/line")" 1

setup "all of them exact: no findings; the corrected list is exact too"
sed -n 1p "$T/refs.txt" >"$T/one.txt"
osler 0 resolve "$T/one.txt" --online
osler 1 resolve "$T/strange.txt" --online --patch --to ris
cp "$T/out" "$T/corrected.ris"
osler 1 resolve "$T/corrected.ris" --online --json
equal "the verdicts" "$(told)" 'exact 990000001 False True;not-in-library None False True;exact 990000003 False True;'

setup "a title of one work in PubMed with the authors of another there"
cat >"$T/chimera.ris" <<'END'
TY  - JOUR
AU  - Xavi, A. B.
TI  - Sleep, breathing and posture in imagined violinists
T2  - J Invent Rec
PY  - 2012
VL  - 30
SP  - 401
EP  - 409
ER  - 
END
osler 1 resolve "$T/chimera.ris" --online --json
says '"verdict":"chimera","id":null'
says '"candidates":[{"id":"990000002"'
says '"in_library":false,"agrees":["title"'

down='[{"match":{"path":"ecitmatch"},"times":0,"do":{"status":503}}]'
setup "PubMed fails: what the library says is printed, the rest is not called absent" "$down"
osler 8 resolve "$T/refs.txt" --online --json
equal "the verdicts" "$(told)" \
    'not-in-library None False False;not-in-library None False False;not-in-library None False False;exact 990000004 True False;'
says 'HTTP 503'
osler 8 resolve "$T/refs.txt" --online
says '1  not in this library, PubMed did not answer'
setup "PubMed fails and nothing is known" "$down"
osler 5 resolve "$T/strange.txt" --online
says '3  not in this library, PubMed did not answer'
setup "PubMed refuses, and nothing is known" '[{"match":{"path":"ecitmatch"},"times":0,"do":{"status":429}}]'
osler 6 resolve "$T/strange.txt" --online
setup "the records do not come: those without candidates are answered" \
    '[{"match":{"path":"efetch"},"times":0,"do":{"status":503}}]'
osler 8 resolve "$T/refs.txt" --online --json
says '"verdict":"not-in-library"'
equal "nothing is taken unseen" "$(grep -c 99000000[123] "$T/out")" 0
osler 0 library verify
finish
