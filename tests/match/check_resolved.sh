#!/bin/sh
# check_resolved.sh BUILD: verdicts on references with known errors, made of invented records and,
# where $OSLER_SHARED is, of real ones.
set -eu
build=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM

"$build/tests/generate_pubmed" --count 2000 --seed 7 --level 0 -o "$folder/invented.xml"
"$build/tests/print_resolved" --each 20 "$folder/invented.xml" "$folder/invented.db"
if [ -z "${OSLER_SHARED:-}" ]; then
    echo "OSLER_SHARED is not set: real records are left out"
    exit 0
fi
gzip -dc "$OSLER_SHARED/data/pubmed/pubmed_dev.xml.gz" >"$folder/real.xml"
"$build/tests/print_resolved" --each 20 --seed 2 "$folder/real.xml" "$folder/real.db"
"$build/tests/print_resolved" --text --each 20 --seed 3 "$folder/real.xml" "$folder/text.db"
