# symbols.sh LIBRARY: what libosler exports is what the public headers declare, name for name.
library=$1
declared=$(cat include/osler/*.h | tr '\n' ' ' | sed 's/#define[^#]*visibility("default")))//' | grep -o 'OSLER_API[^;]*;' |
    sed 's/OSLER_MUST_USE//; s/^\([^(]*\)(.*/\1/; s/.*[ *]\(osler_[a-z_0-9]*\) *$/\1/' | sort)
exported=$(nm -D --defined-only "$library" | awk '{ print $3 }' |
    grep -v -e '^_init$' -e '^_fini$' -e '^__asan' -e '^__odr_asan' -e '^__sanitizer' -e '^__ubsan' | sort)
[ -n "$declared" ] || { echo "no declaration found in include/osler"; exit 1; }
difference=$(printf '%s\n' "$declared" >"${TMPDIR:-/tmp}/declared.$$"
    printf '%s\n' "$exported" | diff "${TMPDIR:-/tmp}/declared.$$" -
    rm -f "${TMPDIR:-/tmp}/declared.$$")
[ -z "$difference" ] || { echo "declared (<) and exported (>) differ:"; echo "$difference"; exit 1; }
