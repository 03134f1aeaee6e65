#!/bin/sh
# How reference lists are split, by layout: no figure falls below tests/refs/lists.least.
[ -r "${OSLER_SHARED:-}/data/refs/reference_lists.jsonl" ] || {
    echo "skipped: OSLER_SHARED names no folder with data/refs/reference_lists.jsonl"
    exit 77
}
. "$(dirname "$0")/ratchet.sh"
figures=$(mktemp) || exit 1
trap 'rm -f "$figures"' EXIT
python3 "$(dirname "$0")/measure_lists.py" "$1/tests/print_split" \
    "$OSLER_SHARED/data/refs/reference_lists.jsonl" >"$figures" || exit 1
cat "$figures"
ratchet "$figures" "$(dirname "$0")/lists.least"
