#!/bin/sh
# check_names.sh BUILD: of the journals in NLM's list (as outside data has it), 90 of 100 titles and
# abbreviations must be brought together, and of 100 neighbours in it, many of them sections or
# former titles of one journal, at most 2.
set -eu
build=$1
if [ -z "${OSLER_SHARED:-}" ]; then
    echo "OSLER_SHARED is not set: names of journals were not compared"
    exit 77
fi
python3 - "$OSLER_SHARED/data/journals/journal_abbreviations_entrez.csv" "$build/tests/print_compared" <<'END'
import csv, subprocess, sys
rows = [r[:2] for r in csv.reader(open(sys.argv[1], encoding="utf-8")) if len(r) >= 2]
def compare(pairs):
    text = "".join(a.replace("\t", " ") + "\t" + b.replace("\t", " ") + "\n" for a, b in pairs)
    out = subprocess.run([sys.argv[2]], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    words = out.split()
    return int(words[0]) + int(words[2]), int(words[4])
good, missed = compare(rows)
wrong, right = compare([(rows[i][0], rows[i + 1][1]) for i in range(len(rows) - 1)
                        if rows[i][1] != rows[i + 1][1]])
print(f"one journal: {good} of {good + missed} seen; neighbours: {wrong} of {wrong + right} taken for one")
sys.exit(0 if good >= 0.90 * (good + missed) and wrong <= 0.02 * (wrong + right) else 1)
END
