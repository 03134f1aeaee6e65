# check_kill.sh BUILD: kill `osler import` at every call that changes a file, then look at what is left.
#
# An import into a library that has records (some are changed, some deleted, most are new) is killed
# (SIGKILL, by strace) at the Nth pwrite64, fdatasync, fsync, ftruncate or unlink, for N from the first
# to the last call (evenly sampled where there are many).  After each: the library is sound, it holds as
# many records as before the import or as after it, and the same import again gives a library equal in
# every table, those of the search index included, to that of an import that nobody disturbed.  Then
# the same with a library of version 1, which is taken over first.
osler=$1/osler
least=60 most=120
command -v strace >/dev/null || { echo "skipped: strace is not installed"; exit 77; }
command -v python3 >/dev/null || { echo "skipped: python3 is not installed"; exit 77; }
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
strace -o "$T/try" true 2>/dev/null || { echo "skipped: strace may not trace here"; exit 77; }
ASAN_OPTIONS=detect_leaks=0 # the leak check itself is a tracer
export ASAN_OPTIONS
unset OSLER_LIBRARY

# record PMID TITLE: an invented one.
record() {
    cat <<END
<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">$1</PMID>
<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><Volume>1</Volume><PubDate><Year>2020</Year></PubDate></JournalIssue><Title>Journal of Invented Records</Title></Journal>
<ArticleTitle>$2</ArticleTitle><Abstract><AbstractText>Record $1 is invented. It stands in no journal, and $2 is not what it found.</AbstractText></Abstract>
<AuthorList><Author><LastName>Nobody$1</LastName><ForeName>Nora</ForeName><Initials>N</Initials></Author></AuthorList><Language>eng</Language>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">$1</ArticleId><ArticleId IdType="doi">10.5555/$1</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
END
}

# set FIRST LAST TITLE: a file of records.
set_of() {
    echo '<?xml version="1.0"?><PubmedArticleSet>'
    for n in $(seq "$1" "$2"); do record "$n" "$3 $n"; done
    if [ "$4" ]; then echo "<DeleteCitation><PMID Version=\"1\">$4</PMID></DeleteCitation>"; fi
    echo '</PubmedArticleSet>'
}

records() { "$osler" library stats --library "$1" | sed -n 's/^records *//p'; }

# One file a record, so that there are segments to merge.
for n in 1 2 3 4 5 6; do set_of 99000000$n 99000000$n "An invented trial" >"$T/first$n.xml"; done
set_of 990000004 990000015 "A revised invented trial" 990000001 >"$T/second.xml"
mkdir "$T/base"
"$osler" import -q --library "$T/base/library.db" "$T"/first?.xml >/dev/null || exit 1
cp -r "$T/base" "$T/whole"
"$osler" import -q --library "$T/whole/library.db" "$T/second.xml" >/dev/null || exit 1
before=$(records "$T/base/library.db")
after=$(records "$T/whole/library.db")
[ "$before $after" = "6 14" ] || { echo "expected 6 and 14 records, not $before and $after"; exit 1; }

points=0 bad=0 survivors=""
for call in pwrite64 fdatasync fsync ftruncate unlink; do
    cp -r "$T/base" "$T/count"
    strace -f -o "$T/calls" -e trace=$call "$osler" import -q --library "$T/count/library.db" "$T/second.xml" >/dev/null
    calls=$(grep -c "$call(" "$T/calls")
    rm -rf "$T/count"
    echo "$call: $calls calls"
    step=$(((calls + most - 1) / most))
    n=1
    while [ "$n" -le "$calls" ]; do
        at="$T/$call.$n"
        cp -r "$T/base" "$at"
        strace -f -o /dev/null -e trace=$call -e inject=$call:signal=KILL:when=$n \
            "$osler" import -q --library "$at/library.db" "$T/second.xml" >/dev/null 2>&1
        status=$?
        [ $status = 137 ] || { echo "$call $n: not killed (status $status)"; bad=$((bad + 1)); }
        "$osler" library verify -q --library "$at/library.db" || { echo "$call $n: damaged"; bad=$((bad + 1)); }
        count=$(records "$at/library.db")
        [ "$count" = "$before" ] || [ "$count" = "$after" ] || { echo "$call $n: $count records"; bad=$((bad + 1)); }
        "$osler" import -q --library "$at/library.db" "$T/second.xml" >/dev/null || { echo "$call $n: cannot import again"; bad=$((bad + 1)); }
        survivors="$survivors $at/library.db"
        points=$((points + 1))
        n=$((n + step))
    done
done

# Who said it and when differs where the import was made twice; all else is the same.
cat >"$T/compare.py" <<'END'
import sqlite3, sys

def dump(path):
    db = sqlite3.connect(path)
    tables = [name for (name,) in db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'origin'")]
    return {name: sorted(map(repr, db.execute(f"SELECT * FROM {name}"))) for name in tables}

whole = dump(sys.argv[1])
assert len(whole["index_chunk"]) > 5 and len(whole["version"]) == 4, "the comparison compares nothing"
bad = [path for path in sys.argv[2:] if dump(path) != whole]
print(*(f"{path}: differs from an undisturbed import" for path in bad), sep="\n", end="\n" if bad else "")
sys.exit(bool(bad))
END
python3 "$T/compare.py" "$T/whole/library.db" $survivors || bad=$((bad + 1))

# The same while a library of version 1 is taken over.
mkdir "$T/old"
gzip -dc tests/store/version_1.db.gz >"$T/old/library.db"
cp -r "$T/old" "$T/taken"
"$osler" import -q --library "$T/taken/library.db" "$T/first1.xml" >/dev/null || bad=$((bad + 1))
for call in pwrite64 fdatasync unlink; do
    cp -r "$T/old" "$T/count"
    strace -f -o "$T/calls" -e trace=$call "$osler" import -q --library "$T/count/library.db" "$T/first1.xml" >/dev/null
    calls=$(grep -c "$call(" "$T/calls")
    rm -rf "$T/count"
    echo "taking over, $call: $calls calls"
    step=$(((calls + 29) / 30))
    n=1
    while [ "$n" -le "$calls" ]; do
        at="$T/old.$call.$n"
        cp -r "$T/old" "$at"
        strace -f -o /dev/null -e trace=$call -e inject=$call:signal=KILL:when=$n \
            "$osler" import -q --library "$at/library.db" "$T/first1.xml" >/dev/null 2>&1
        "$osler" import -q --library "$at/library.db" "$T/first1.xml" >/dev/null || { echo "taking over, $call $n: cannot import"; bad=$((bad + 1)); }
        "$osler" library verify -q --library "$at/library.db" || { echo "taking over, $call $n: damaged"; bad=$((bad + 1)); }
        [ "$(records "$at/library.db")" = "$(records "$T/taken/library.db")" ] || { echo "taking over, $call $n: records"; bad=$((bad + 1)); }
        rm -rf "$at"
        points=$((points + 1))
        n=$((n + step))
    done
done
echo "$points points killed, $bad bad"
[ "$points" -ge $least ] || { echo "expected at least $least points"; exit 1; }
[ "$bad" = 0 ]
