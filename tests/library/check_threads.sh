# check_threads.sh BUILD: the library is the same, byte for byte, whatever the number of threads; so is
# what a conversion writes and says.
#
# A file of records, broken ones, deletions and PMIDs that come again in the same file, then a second
# one that changes some of them, are imported with 1, 2, 3 and 5 threads, twice with 5.  Only the clock may
# differ: the times in the table origin, which are set to one value before the files are compared.
osler=$1/osler
command -v python3 >/dev/null || { echo "skipped: python3 is not installed"; exit 77; }
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
unset OSLER_LIBRARY

# set_of COUNT WORD FILE: records of very different lengths; every 97th is broken.
set_of() {
    awk -v count="$1" -v word="$2" 'BEGIN {
        print "<?xml version=\"1.0\"?>\n<PubmedArticleSet>"
        for (n = 1; n <= count; n++) {
            pmid = 990000000 + (n % 50 == 0 ? n - 25 : n)
            text = ""
            for (i = n * 37 % (n % 61 == 0 ? 4000 : 120); i > 0; i--)
                text = text " w" (i * n % 991)
            printf "<PubmedArticle><MedlineCitation Status=\"MEDLINE\"><PMID Version=\"1\">%d</PMID>", pmid
            printf "<Article><Journal><Title>Journal of Invented Records</Title></Journal><ArticleTitle>An invented %s %d.%s", word, n, n % 97 ? "</ArticleTitle>" : ""
            printf "<Abstract><AbstractText>We randomized %d patients.%s</AbstractText></Abstract>", n, text
            printf "<AuthorList><Author><LastName>Nobody%d</LastName><Initials>N</Initials></Author></AuthorList></Article>", n % 13
            print "</MedlineCitation></PubmedArticle>"
            if (n % 200 == 0)
                printf "<DeleteCitation><PMID Version=\"1\">%d</PMID></DeleteCitation>\n", 990000000 + n - 60
        }
        print "</PubmedArticleSet>"
    }' >"$3"
}

set_of 2000 trial "$T/first.xml"
set_of 2400 cohort "$T/second.xml"
gzip -k "$T/first.xml"

for run in 1 2 3 5 5.again; do
    mkdir "$T/$run"
    (cd "$T" && "$osler" import --json --threads "${run%.*}" --library "$T/$run/library.db" first.xml.gz first.xml second.xml >"$T/$run/report")
    [ $? = 8 ] || { echo "$run threads: expected exit code 8, of a partial import"; exit 1; }
    cmp "$T/1/report" "$T/$run/report" || { echo "$run threads: another report"; exit 1; }
done
grep -q '"unchanged":1[0-9][0-9][0-9]' "$T/1/report" || { echo "the second import was to change nothing"; exit 1; }

python3 - "$T"/*/library.db <<'END' || exit 1
import sqlite3, sys
for path in sys.argv[1:]:
    db = sqlite3.connect(path, isolation_level=None)
    assert db.execute("SELECT count(*) FROM citation").fetchone()[0] > 1900, "there is nothing to compare"
    db.execute("UPDATE origin SET started = '2026-01-01T00:00:00Z', finished = '2026-01-01T00:00:00Z'")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
END
for run in 2 3 5 5.again; do
    cmp "$T/1/library.db" "$T/$run/library.db" || { echo "$run threads: another library"; exit 1; }
done

for run in 1 2 3 5 5.again; do
    (cd "$T" && "$osler" convert --to jsonl --threads "${run%.*}" first.xml.gz second.xml >"$run/text" 2>"$run/said")
    [ $? = 8 ] || { echo "$run threads: expected exit code 8, of a partial conversion"; exit 1; }
    cmp "$T/1/text" "$T/$run/text" || { echo "$run threads: another text"; exit 1; }
    cmp "$T/1/said" "$T/$run/said" || { echo "$run threads: other failures"; exit 1; }
done
[ "$(wc -l <"$T/1/text")" = 4356 ] || { echo "expected 4356 records, not $(wc -l <"$T/1/text")"; exit 1; }
echo "five libraries and five texts, the same bytes"
