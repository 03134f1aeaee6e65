# headers.sh CC: each public header compiles alone, as C17 and as C++17, without warnings.
status=0
for header in include/osler/*.h; do
    printf '#include <osler/%s>\nint unused_here;\n' "$(basename "$header")" |
        "$1" -std=c17 -Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only -x c - || status=1
    if "$1" -x c++ -std=c++17 -fsyntax-only - </dev/null 2>/dev/null; then
        printf '#include <osler/%s>\n' "$(basename "$header")" |
            "$1" -std=c++17 -Wall -Wextra -Werror -Iinclude -fsyntax-only -x c++ - || status=1
    fi
done
exit $status
