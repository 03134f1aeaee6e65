#!/bin/sh
# check_dedupe.sh BUILD: pairs of known duplicates and of known versions, in $OSLER_SHARED.
set -eu
build=$1
if [ -z "${OSLER_SHARED:-}" ]; then
    echo "OSLER_SHARED is not set: nothing to check"
    exit 77
fi
columns='csv:title=title,year=year,authors=author,pages=pages,volume=volume,journal=journal'
python3 - "$build/osler" "$OSLER_SHARED/data/dedupe" "$columns" <<'END'
import csv, gzip, itertools, json, subprocess, sys, tempfile

osler, data, columns = sys.argv[1:]
sets = [("cytology_screening", "records_pre_merged.csv", "ID", ",issue=number"),
        ("respiratory", "records_pre_merged.csv", "ID", ""),
        ("diabetes", "records.csv.gz", "record_id", ",issue=number,doi=doi")]
short = False
for name, file, id_column, more in sets:
    raw = open(f"{data}/{name}/{file}", "rb").read()
    raw = gzip.decompress(raw) if file.endswith(".gz") else raw
    rows = list(csv.DictReader(raw.decode("utf-8", "replace").splitlines(keepends=True)))
    ids = [r[id_column] if r[id_column].startswith("id") else "id_%07d" % int(r[id_column]) for r in rows]
    gold = set()
    for line in csv.reader(open(f"{data}/{name}/merged_record_ids.csv")):
        gold |= set(itertools.combinations(sorted(line[0].split(";")), 2))
    with tempfile.NamedTemporaryFile(suffix=".csv") as copy:
        copy.write(raw)
        copy.flush()
        said = subprocess.run([osler, "dedupe", "--json", "-q", "--from", columns + more, copy.name],
                              stdout=subprocess.PIPE)
    found = json.loads(said.stdout)
    pairs_of = lambda lists: {p for l in lists for p in itertools.combinations(sorted(ids[m["index"] - 1] for m in l), 2)}
    merged, review = pairs_of(found["groups"]), pairs_of(p["records"] for p in found["review"])
    recall = len(merged & gold) / len(gold)
    wrong = len(merged - gold)
    print(f"{name}: recall {recall:.4f} of {len(gold)} pairs, {wrong} wrong; review {len(review)}, {len(review & gold)} of them duplicates")
    short = short or recall < 0.95 or wrong > 1
sys.exit(short)
END
