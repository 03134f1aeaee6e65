# check_nbib.sh BUILD: no record of real MEDLINE text files is lost: as many are read as there are
# PMID lines.  The data is outside the repository: $OSLER_SHARED, or ../shared; skipped without it.
build=$1
shared=${OSLER_SHARED:-../shared}
data=$shared/data
[ -d "$data/formats/nbib" ] || { echo "SKIPPED: no $data/formats/nbib (set OSLER_SHARED)"; exit 77; }
files=0 records=0 failed=0
for file in "$data"/formats/nbib/*/* "$data"/design/*.nbib "$data"/ranking/*.nbib; do
    files=$((files + 1))
    expected=$(grep -acE '^PMID *-' "$file")
    case $file in *MultiAbstract*|*MultiTitle*) expected=1 ;; esac # without PMID
    read=$("$build"/tests/print_records -q "$file") || { echo "$file: crashed"; failed=1; }
    records=$((records + expected))
    case $read in
    "$expected records, 0 deletions, 0 failures") ;;
    *) echo "$file: expected $expected records, got $read"; failed=1 ;;
    esac
done
echo "$files files, $records records"
exit $failed
