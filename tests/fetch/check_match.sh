# check_match.sh BUILD: printed citations found in the stand-in's PubMed.  All records are invented.
build=$1
. tests/support/stand_in.sh

# paper PMID YEAR VOLUME PAGES FAMILY DOI TITLE
paper() {
    printf '<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">%s</PMID><Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><Volume>%s</Volume><PubDate><Year>%s</Year></PubDate></JournalIssue><Title>Journal of invented records</Title></Journal><ArticleTitle>%s</ArticleTitle><Pagination><MedlinePgn>%s</MedlinePgn></Pagination><AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>%s</LastName><Initials>AB</Initials></Author></AuthorList><Language>eng</Language></Article><MedlineJournalInfo><MedlineTA>J Invent Rec</MedlineTA></MedlineJournalInfo></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="doi">%s</ArticleId></ArticleIdList></PubmedData></PubmedArticle>\n' \
        "$1" "$3" "$2" "$7" "$4" "$5" "$6"
}
{
    echo '<?xml version="1.0" ?><PubmedArticleSet>'
    paper 990000001 2012 30 347-54 Zeta 10.99999/one 'Sleep and posture in invented pianists.'
    paper 990000002 2012 30 401-9 Yota 10.99999/two 'Sleep, breathing and posture in imagined violinists.'
    paper 990000003 2015 33 1-9 Zeta 10.99999/three 'A trial of nothing against very little.'
    echo '</PubmedArticleSet>'
} >"$T/records.xml"
start plain --records "$T/records.xml" --mode strict
export OSLER_EUTILS_URL="http://127.0.0.1:$port" NCBI_API_KEY=$key

# match EXPECTED...: what print_matches says of the lines on stdin, the titles left out.
match() {
    "$build/tests/print_matches" >"$T/out" 2>"$T/err"
    equal "the status" $? 0
    equal "what was found" "$(grep -v : "$T/out" | tr '\n' ';')" "$1"
}

begin "by journal, year, volume, page and author, in one request"
match 'citation 990000001;citation 990000002;' <<'END'
J Invent Rec|2012|30|347|Zeta AB||
Journal of invented records|2012|30|401|Yota AB||
END
equal "requests" "$(requests '[r["path"].split("/")[-1] for r in log]')" "['ecitmatch.cgi', 'efetch.fcgi']"
says '990000002: Sleep, breathing and posture in imagined violinists.'

begin "what ECitMatch does not find, the DOI and the title do"
match 'doi 990000003;title 990000002;title 990000002;nothing;nothing;' <<'END'
J Invent Rec|2015|99|1|Zeta AB||10.99999/three
J Elsewhere|2012|30|401|Yota AB|Sleep, breathing and posture in imagined violinists|
|2013|||Yota AB|Sleep, breathing, posture in imagined violinists of Rom|10.99999/unknown
J Elsewhere|2012|1|1|Nobody X|Quite another title of something else|
||||||
END

begin "a year off by one, the page right"
match 'title 990000003;' <<'END'
J Invent Rec|2016|33|1|Zeta AB|Trial of nothing against very little|
END

begin "several fit: none is taken from ECitMatch, the title decides"
match 'title 990000002;' <<'END'
J Invent Rec|2012|30|||Posture, breathing and sleep in imagined violinists|
END

begin "a spurious 500 is asked again" '[{"match":{"path":"ecitmatch"},"times":2,"do":{"status":500}}]'
match 'citation 990000001;' <<'END'
J Invent Rec|2012|30|347|Zeta AB||
END
begin "a web page in place of lines" '[{"match":{"path":"ecitmatch"},"times":1,"do":{"body":"html200"}}]'
match 'citation 990000001;' <<'END'
J Invent Rec|2012|30|347|Zeta AB||
END
begin "a line left out: the title is searched" '[{"match":{"path":"ecitmatch"},"do":{"drop_pmids":[990000001]}}]'
match 'title 990000001;citation 990000002;' <<'END'
J Invent Rec|2012|30|347|Zeta AB|Sleep and posture in invented pianists.|
J Invent Rec|2012|30|401|Yota AB|Sleep, breathing and posture in imagined violinists.|
END
begin "bars, quotes and line ends in a citation stay in their field"
printf 'J Invent Rec|2012|30|347|Zeta\rAB|"Sleep" [ti] OR posture AND (invented) pianists|10.1/"x\n' >"$T/line"
match 'citation 990000001;' <"$T/line"

begin "150 citations go in two requests"
for i in $(seq 150); do echo 'J Invent Rec|2012|30|347|Zeta AB||'; done >"$T/many"
match "$(for i in $(seq 150); do printf 'citation 990000001;'; done)" <"$T/many"
equal "requests" "$(requests 'sum("ecitmatch" in r["path"] for r in log)')" 2

begin "a server in trouble is not 'nothing found'" '[{"match":{"path":"ecitmatch"},"times":0,"do":{"status":503}}]'
echo 'J Invent Rec|2012|30|347|Zeta AB||' | "$build/tests/print_matches" >"$T/out" 2>"$T/err"
equal "the status" $? 8
says "the server is in trouble (HTTP 503), after 6 tries"
finish
