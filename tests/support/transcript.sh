# transcript.sh BIN CASE: replay the "$ command" lines of CASE and compare all they print.
#
# Commands run in the repository's root, osler first on the PATH; $T is an empty folder of the
# case's own and OSLER_LIBRARY is $T/library.db.  A non-zero exit status shows as a line
# "[status]".  Output must be exact, so commands fix what varies (--as-of, --quiet).
# OSLER_UPDATE=1 rewrites CASE.
PATH="$1:$PATH"
case=$2
T=$(mktemp -d)
actual=$(mktemp)
trap 'rm -rf "$T" "$actual"' EXIT
OSLER_LIBRARY=$T/library.db
COLUMNS=100
TZ=UTC
LC_ALL=C
OSLER_MESH=builtin
export PATH T OSLER_LIBRARY COLUMNS TZ LC_ALL OSLER_MESH
unset NCBI_API_KEY NCBI_EMAIL OSLER_EUTILS_URL OSLER_IDCONV_URL OSLER_CROSSREF_URL NO_COLOR
grep -q '^\$ ' "$case" || { echo "$case has no command"; exit 1; }
sed -n 's/^\$ //p' "$case" | while IFS= read -r command; do
    printf '$ %s\n' "$command"
    sh -c "$command" </dev/null 2>&1 || printf '[%d]\n' $?
done | sed "s|$T|\$T|g" >"$actual"
if [ -n "$OSLER_UPDATE" ]; then cp "$actual" "$case"; fi
diff -u "$case" "$actual"
