# check_estimates.sh BUILD: counts that are estimated from a sample say "about", whatever is said.
build=$1
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
export OSLER_LIBRARY="$T/library.db"
awk 'BEGIN { for (i = 1; i <= 10100; i++)
    printf "PMID- %d\nTI  - Migraine %d (invented).\nDP  - %s\n\n", 990100000 + i, i, i % 2 ? 2020 : "" }' \
    >"$T/many.nbib"
"$build/osler" import -q --keep-original never "$T/many.nbib" >"$T/report" || exit 1
"$build/osler" evidence migraine --ids --since 2024 2>"$T/said" || exit 1
expected='osler evidence: about 10,000 records are about migraine, and all are left out by --since 2024; about 5,100 of them have no date'
[ "$(cat "$T/said")" = "$expected" ] || { cat "$T/said"; exit 1; }
"$build/osler" evidence migraine --ids --since 2020 >/dev/null 2>"$T/said" || exit 1
[ "$(cat "$T/said")" = "osler evidence: about 5,100 without a date are left out" ] ||
    { cat "$T/said"; exit 1; }
