# check_locked.sh BUILD: while another process writes, readers go on, and a second writer waits and says who it is.
osler=$1/osler
command -v python3 >/dev/null || { echo "skipped: python3 is not installed"; exit 77; }
[ -r /proc/locks ] || { echo "skipped: the system does not tell who holds a lock"; exit 77; }
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
OSLER_LIBRARY=$T/library.db
export OSLER_LIBRARY
"$osler" import -q sample-bib/invented.xml >/dev/null || exit 1
cat >"$T/write.py" <<'END'
import os, sqlite3, subprocess, sys
db = sqlite3.connect(sys.argv[2], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
found = subprocess.run([sys.argv[1], "find", "--ids", "headache"], capture_output=True, text=True)
assert found.returncode == 0 and found.stdout, "a reader was kept out"
told = subprocess.run([sys.argv[1], "tag", "+late", "--", "990000001"], capture_output=True, text=True)
wanted = f"process {os.getpid()} is writing to the library; waited 5 seconds"
assert told.returncode == 7 and wanted in told.stderr, told.stderr
db.execute("ROLLBACK")
END
python3 "$T/write.py" "$osler" "$OSLER_LIBRARY" || exit 1
"$osler" tag -q +late -- 990000001 && [ "$("$osler" find --ids tag:late)" = 990000001 ] || { echo "cannot write afterwards"; exit 1; }
echo "readers went on, the writer was named"
