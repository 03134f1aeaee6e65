# check_long_abstract.sh BUILD: ranking takes time in proportion to a text, not to its square.
build=$1
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
export OSLER_LIBRARY="$T/library.db"
{
    printf 'PMID- 990000301\nTI  - Migraine in a very long abstract (invented).\nAB  - '
    awk 'BEGIN { for (i = 0; i < 70000; i++) printf "migraine word " }'
    printf '\nDP  - 2020\n'
} >"$T/long.nbib"
"$build/osler" import -q "$T/long.nbib" >"$T/report" || { cat "$T/report"; exit 1; }
timeout 60 "$build/osler" evidence migraine --ids --as-of 2026-01-01 >"$T/ids" ||
    { echo "one abstract of 1 MB was not ranked in a minute"; exit 1; }
[ "$(cat "$T/ids")" = 990000301 ] || { echo "the record is not ranked:"; cat "$T/ids"; exit 1; }
