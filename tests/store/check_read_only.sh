# check_read_only.sh BUILD: a library that may not be written is read all the same, and a write says
# in one sentence, with exit code 7, that it cannot be; nothing is lost.
[ "$(id -u)" = 0 ] || { echo "SKIPPED: needs root, to become a user who may not write"; exit 77; }
command -v setpriv >/dev/null || { echo "SKIPPED: setpriv is not installed"; exit 77; }
setpriv --reuid=65534 --regid=65534 --clear-groups true 2>/dev/null ||
    { echo "SKIPPED: another user can run nothing here (a root folder that only root may enter?)"; exit 77; }
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
mkdir "$T/shelf" "$T/bin"
cp "$1/osler" "$T/bin"
chmod 755 "$T" "$T/bin" "$T/bin/osler"
OSLER_LIBRARY=$T/shelf/library.db
ASAN_OPTIONS=detect_leaks=0 # LeakSanitizer needs ptrace, which the other user does not have
export OSLER_LIBRARY ASAN_OPTIONS
cp sample-bib/headache.xml "$T/headache.xml"
chmod 644 "$T/headache.xml"
"$T/bin/osler" import sample-bib/invented.xml >/dev/null || exit 1
chmod 444 "$OSLER_LIBRARY"
chmod 555 "$T/shelf"
status=0
as_guest() { setpriv --reuid=65534 --regid=65534 --clear-groups "$T/bin/osler" "$@"; }
found=$(as_guest find headache --ids --limit 0 | wc -l)
[ "$found" -gt 5 ] || { echo "find in a read-only library found $found records"; status=1; }
as_guest evidence migraine --as-of 2026-11-20 >/dev/null || { echo "evidence failed"; status=1; }
as_guest import "$T/headache.xml" >"$T/out" 2>&1
[ $? = 7 ] && grep -q 'may not be written' "$T/out" || { echo "import into it said:"; cat "$T/out"; status=1; }
chmod 755 "$T/shelf"
"$T/bin/osler" library verify >/dev/null || { echo "the library is not sound afterwards"; status=1; }
exit $status
