# check_queries.sh BUILD: every query of src/store/README.md gives the answer that stands below it, on
# a library of the sample bibliography.  OSLER_UPDATE=1 writes the answers anew.
command -v python3 >/dev/null || { echo "skipped: python3 is not installed"; exit 77; }
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
"$1/osler" import -q --library "$T/library.db" sample-bib/*.xml >/dev/null || exit 1
cat >"$T/queries.py" <<'END'
import os, re, sqlite3, sys

path = "src/store/README.md"
db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
text = open(path, encoding="utf-8").read()
count = bad = 0

def answer(match):
    global count, bad
    count += 1
    rows = db.execute(match.group(1)).fetchall()
    lines = [" | ".join("" if value is None else str(value) for value in row) for row in rows]
    new = f"```sql\n{match.group(1)}```\n\n```text\n" + "\n".join(lines) + "\n```\n"
    if not rows or new != match.group(0):
        bad += 1
        print(f"query {count} gives:", *lines, sep="\n  ")
    return new

new = re.sub(r"```sql\n(.*?)```\n(?:\n```text\n.*?```\n)?", answer, text, flags=re.S)
if os.environ.get("OSLER_UPDATE"):
    open(path, "w", encoding="utf-8").write(new)
assert count >= 10, f"expected ten queries, found {count}"
sys.exit(bool(bad))
END
python3 "$T/queries.py" "$T/library.db"
