# check_kill_own.sh BUILD: kill `osler tag` and the import of a pasted list at every call that writes: what the user
# said is as before or as after, with the journal, and the library is sound.
osler=$1/osler
command -v strace >/dev/null || { echo "skipped: strace is not installed"; exit 77; }
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
strace -o "$T/try" true 2>/dev/null || { echo "skipped: strace may not trace here"; exit 77; }
ASAN_OPTIONS=detect_leaks=0 # the leak check itself is a tracer
export ASAN_OPTIONS
unset OSLER_LIBRARY

mkdir "$T/base"
"$osler" import -q --library "$T/base/library.db" sample-bib/invented.xml >/dev/null || exit 1
"$osler" tag -q --library "$T/base/library.db" +old 990000001 990000002 || exit 1

# said LIBRARY: all that the user said, and the journal, without the times.
said() {
    "$osler" tag --library "$1"
    "$osler" list --library "$1"
    for list in $("$osler" list --library "$1" | awk '{print $2}'); do "$osler" list "$list" --library "$1"; done
    "$osler" log --library "$1" | sed 's/....-..-.. ..:..//'
}

points=0 bad=0
# try NAME ARGUMENTS...: the command, killed at each of its calls.
try() {
    name=$1 command=$2
    shift 2
    cp -r "$T/base" "$T/whole"
    "$osler" "$command" --library "$T/whole/library.db" "$@" >/dev/null || exit 1
    said "$T/base/library.db" >"$T/before"
    said "$T/whole/library.db" >"$T/after"
    cmp -s "$T/before" "$T/after" && { echo "$name: nothing was changed"; exit 1; }
    for call in pwrite64 fdatasync ftruncate unlink; do
        cp -r "$T/base" "$T/count"
        strace -f -o "$T/calls" -e trace=$call "$osler" "$command" --library "$T/count/library.db" "$@" >/dev/null
        calls=$(grep -c "$call(" "$T/calls")
        rm -rf "$T/count"
        for n in $(seq "$calls"); do
            cp -r "$T/base" "$T/killed"
            strace -f -o "$T/calls" -e trace=$call -e inject=$call:signal=KILL:when="$n" \
                "$osler" "$command" --library "$T/killed/library.db" "$@" >/dev/null 2>&1
            "$osler" library verify -q --library "$T/killed/library.db" >"$T/verify" || { bad=$((bad + 1)); cat "$T/verify"; }
            said "$T/killed/library.db" >"$T/now"
            if ! cmp -s "$T/now" "$T/before" && ! cmp -s "$T/now" "$T/after"; then
                bad=$((bad + 1))
                echo "$name: killed at $call $n: neither as before nor as after"
            fi
            rm -rf "$T/killed"
            points=$((points + 1))
        done
    done
    rm -rf "$T/whole"
}
try "a batch of tags" tag +new -old -- design:randomized-trial
try "a pasted list" import sample-bib/founding.txt
try "undo" undo
echo "$points kills, $bad bad"
[ "$points" -ge 20 ] || { echo "expected at least 20 kills"; exit 1; }
[ $bad = 0 ]
