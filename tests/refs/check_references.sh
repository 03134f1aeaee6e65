#!/bin/sh
# How well references of journals become fields: no figure falls below tests/refs/references.least.
[ -r "${OSLER_SHARED:-}/data/refs/journal_references.jsonl" ] || {
    echo "skipped: OSLER_SHARED names no folder with data/refs/journal_references.jsonl"
    exit 77
}
. "$(dirname "$0")/ratchet.sh"
figures=$(mktemp) || exit 1
trap 'rm -f "$figures"' EXIT
python3 "$(dirname "$0")/measure_references.py" "$1/osler" \
    "$OSLER_SHARED/data/refs/journal_references.jsonl" >"$figures" || exit 1
cat "$figures"
ratchet "$figures" "$(dirname "$0")/references.least"
