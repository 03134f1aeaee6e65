# architecture.sh [ROOT]: hold every #include against src/CMakeLists.txt, find include cycles, and
# check the sizes that the house rules set.  Prints each violation; exits 1 when there is one.
cd "${1:-.}" || exit 1
lines=src/CMakeLists.txt
modules=$(sed -n 's/^osler_module(\([a-z_]*\).*/\1/p' "$lines")
found=$(mktemp)
trap 'rm -f "$found"' EXIT

# "module file:line header" for each #include under src/MODULE, subfolders too.
includes() {
    for module in $modules; do
        find "src/$module" -name '*.[ch]' -exec grep -Hn '^ *# *include *["<]' {} + 2>/dev/null |
            sed "s|^\([^:]*:[0-9]*\): *# *include *[\"<]\([^\">]*\).*|$module \1 \2|"
    done
}

# 1. A module includes itself and the modules its osler_module() line names; a public header counts
#    as the module that answers for it.
includes | awk -v lines="$lines" '
    BEGIN {
        while ((getline line < lines) > 0) {
            if (line !~ /^osler_module\([a-z]/)
                continue
            gsub(/^osler_module\(|\).*/, "", line)
            n = split(line, words, " ")
            module[words[1]] = 1
            for (i = 1; i <= n; i++)
                may[words[1], words[i]] = 1
        }
        # Headers not named after their module, and those that query/ computes and library/ offers.
        answers["fields"] = "record"
        answers["fetch"] = answers["history"] = answers["sync"] = answers["convert"] = answers["cite"] = answers["export"] = "library"
        answers["baseline"] = answers["links"] = answers["resolve"] = answers["own"] = answers["lists"] = "library"
        answers["dedupe"] = "match"
        answers["facts"] = "appraise"
        answers["find"] = answers["evidence"] = answers["count"] = "query"
    }
    {
        slash = index($3, "/")
        used = substr($3, 1, slash - 1)
        if (used == "osler") {
            used = substr($3, slash + 1)
            sub(/\..*/, "", used)
            if (used in answers)
                used = answers[used]
        } else if (!(used in module))
            next
        if (!(($1, used) in may))
            print $2 ": \047" $1 "\047 may not include \047" $3 "\047 (see " lines ")"
    }' >>"$found"

# 2. Outside libraries stay in the modules they are pinned to; the command has none of them.
sed -n 's/^osler_outside(\([^ ]*\) *\(.*\))/\1 \2/p' "$lines" | while read -r outside homes; do
    grep -rHn "^ *# *include *[\"<]$outside" src include --include='*.[ch]' | while IFS=: read -r file line rest; do
        module=$(echo "$file" | sed 's|^src/\([a-z_]*\)/.*|\1|')
        case " $homes " in
        *" $module "*) ;;
        *) echo "$file:$line: '$outside' belongs to: $homes" ;;
        esac
    done
done >>"$found"

# 3. Every header that is neither ours nor C's nor POSIX's is declared by an osler_outside() line.
declared=$(sed -n 's/^osler_outside(\([^ ]*\).*/\1/p' "$lines")
grep -rHn '^ *# *include *<' src include --include='*.[ch]' |
    sed 's|^\([^:]*:[0-9]*\):.*<\([^>]*\)>.*|\1 \2|' | sort -u -k2,2 | while read -r place header; do
    case $header in
    osler/* | sys/* | netinet/* | arpa/* | assert.h | ctype.h | dirent.h | errno.h | fcntl.h | float.h | \
        inttypes.h | limits.h | locale.h | math.h | netdb.h | poll.h | pthread.h | signal.h | stdalign.h | stdarg.h | \
        stdatomic.h | stdbool.h | stddef.h | stdint.h | stdio.h | stdlib.h | string.h | strings.h | \
        time.h | unistd.h | wchar.h) continue ;;
    esac
    ok=
    for outside in $declared; do
        case $header in "$outside"*) ok=1 ;; esac
    done
    [ -n "$ok" ] || echo "$place: <$header> has no osler_outside() line in $lines"
done >>"$found"

# 4. The command sees public headers only.
grep -Hn '^ *# *include *"[^"]*/' src/cli/*.[ch] |
    sed 's/$/   (the command includes public headers only)/' >>"$found"

# 5. No include cycle.  One node a file pair: src/parse/ris.c and src/parse/ris.h are both parse/ris.
find src -name '*.[ch]' -exec grep -Ho '#include "[a-z_0-9/]*\.h"' {} + |
    sed 's/^src\/\(.*\)\.[ch]:#include "\(.*\)\.h"/\1 \2/' | awk '$1 != $2' | tsort 2>&1 >/dev/null |
    sed 's/^/include cycle: /' >>"$found"

# 6. No hub headers, no file over 600 lines (generated .inc files have no limit).
find src -name common.h -o -name util.h -o -name utils.h -o -name private.h |
    sed 's/$/: a hub header/' >>"$found"
find src include tests -name '*.[ch]' -exec awk 'END { if (NR > 600) print FILENAME ": " NR " lines; the limit is 600" }' {} \; >>"$found"

# 7. No function over 80 lines: a body opens with "{" in column 1 and closes with "}" there.
find src tests -name '*.c' -exec awk '
    FNR == 1 { open = 0 }
    /^{/ { open = FNR }
    /^}/ { if (open && FNR - open > 81) print FILENAME ":" open ": a function of " FNR - open - 1 " lines; the limit is 80"; open = 0 }
' {} + >>"$found"

# 8. The product stands alone.
grep -rn '\.\./shared' CMakeLists.txt src include sample-bib README.md 2>/dev/null |
    sed 's/$/   (the product refers to nothing outside)/' >>"$found"

[ ! -s "$found" ] || { sort -u "$found"; exit 1; }
