# check_keys.sh BUILD: the table of keys is what the vocabulary gives; OSLER_UPDATE=1 makes it anew.
build=$1
made=$(mktemp)
trap 'rm -f "$made"' EXIT
"$build/tests/print_keys" >"$made" || exit 1
[ -z "$OSLER_UPDATE" ] || cp "$made" src/mesh/keys.inc
cmp "$made" src/mesh/keys.inc || { echo "src/mesh/keys.inc is stale: OSLER_UPDATE=1 makes it anew"; exit 1; }
