# check_lists.sh BUILD: references of a pasted list that the library has not, fetched from the stand-in's PubMed.
# All records are invented.
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
cat >"$T/refs.txt" <<'END'
1. Zeta AB. Sleep and posture in invented pianists. J Invent Rec. 2012;30:347-54.
2. Nobody C. Quite another title on the patience of snails. J Invent Rec. 2012;30:401-9.
3. Xavi AB. A trial of nothing against very little. J Invent Rec. 2014;33:1-9.
END
start plain --records "$T/records.xml" --mode strict
export OSLER_EUTILS_URL="http://127.0.0.1:$port" NCBI_API_KEY=$key

begin "without --online nothing is asked for"
osler 0 import "$T/refs.txt"
says 'not in this library'
equal "requests" "$(requests 'len(log)')" 0

begin "what agrees is fetched, and nothing else: a page alone is another paper's"
osler 0 import "$T/refs.txt" --online
equal "the verdicts" "$(grep -E '^ +[0-9]  ' "$T/out" | tr -s ' ' | tr '\n' ';')" \
    ' 1 exact PMID 990000001; 2 not-in-library; 3 repairable PMID 990000003;'
says '2 fetched from PubMed'
osler 0 find --ids ''
equal "records" "$(sort "$T/out" | tr '\n' ' ')" '990000001 990000003 '
osler 0 list refs --ids
equal "the list" "$(tr '\n' ' ' <"$T/out")" '990000001 990000003 '

# on_a_terminal ANSWER ARGUMENT...: osler with a terminal for its input, output and errors.
on_a_terminal() {
    python3 - "$build/osler" "$@" >"$T/out" 2>&1 <<'END'
import os, pty, sys
child, terminal = pty.fork()
if child == 0:
    os.execv(sys.argv[1], ["osler"] + sys.argv[3:])
seen, answered = b"", False
while True:
    try:
        piece = os.read(terminal, 4096)
    except OSError:
        break
    if not piece:
        break
    seen += piece
    if not answered and b"[y/N]" in seen:
        os.write(terminal, sys.argv[2].encode() + b"\n")
        answered = True
sys.stdout.write(seen.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
END
}
begin "on a terminal import asks first: an empty answer is no, and nothing leaves the machine"
printf '1. Yota AB. Sleep, breathing and posture in imagined violinists. J Invent Rec. 2012;30:401-9.\n' >"$T/one.txt"
equal "the exit status" "$(on_a_terminal '' import "$T/one.txt"; echo $?)" 0
says '1 reference is not in this library.  Look in PubMed and fetch?'
says 'not in this library'
equal "requests" "$(requests 'len(log)')" 0
begin "and yes is yes"
equal "the exit status" "$(on_a_terminal y import "$T/one.txt"; echo $?)" 0
says '1 fetched from PubMed'
osler 0 find --ids 'violinists'
equal "records" "$(tr '\n' ' ' <"$T/out")" '990000002 '

begin "a bare PMID is asked for by itself"
printf '990000002\n990000009\n' >"$T/ids.txt"
osler 0 import "$T/ids.txt" --online
equal "the verdicts" "$(grep -E '^ +[0-9]  ' "$T/out" | tr -s ' ' | tr '\n' ';')" \
    ' 1 exact PMID 990000002; 2 not-in-library;'
osler 0 list ids --ids
equal "the list" "$(tr '\n' ' ' <"$T/out")" '990000002 '

begin "when PubMed fails the list is kept all the same" '[{"match":{"path":"ecitmatch"},"times":0,"do":{"status":503}}]'
osler 8 import "$T/refs.txt" --online --list kept
osler 0 list kept
says 'not-in-library'
osler 0 library verify
finish
