# architecture_bites.sh: the locks must fail on a broken copy of the tree, each for its own reason.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
status=0

# break NAME EXPECTED: run the lock on the copy as it is now, look for EXPECTED, mend the copy.
breaks() {
    if sh tests/architecture.sh "$copy" | grep -q "$2"; then
        :
    else
        echo "the lock does not see: $1"
        status=1
    fi
    mend
}
mend() {
    rm -rf "$copy"
    mkdir -p "$copy"
    cp -r CMakeLists.txt src include tests sample-bib README.md "$copy" 2>/dev/null
}

mend
sh tests/architecture.sh "$copy" >/dev/null || { echo "the tree itself breaks the lock"; exit 1; }
echo '#include "store/store.h"' >>"$copy/src/base/str.c"
breaks "a lower floor that includes a higher one" "may not include"
mkdir -p "$copy/src/record/deep"
echo '#include "fetch/http.h"' >"$copy/src/record/deep/x.c"
breaks "the same in a subfolder" "may not include"
echo '#include <osler/library.h>' >>"$copy/src/record/record.c"
breaks "a public header of a higher floor" "may not include"
echo '#include <sqlite3.h>' >>"$copy/src/record/record.c"
breaks "an outside library in the wrong module" "belongs to"
echo '#include <jansson.h>' >>"$copy/src/base/str.c"
breaks "an outside library that is not declared" "no osler_outside"
echo '#include "base/str.h"' >>"$copy/src/cli/main.c"
breaks "the command that looks inside" "public headers only"
echo '#include "base/buf.h"' >>"$copy/src/base/str.h"
breaks "an include cycle" "cycle"
awk 'BEGIN { for (i = 0; i < 601; i++) print "/* */" }' >"$copy/src/base/long.c"
breaks "a file of over 600 lines" "the limit is 600"
awk 'BEGIN { print "void f(void)\n{"; for (i = 0; i < 81; i++) print "    g();"; print "}" }' >"$copy/src/base/long.c"
breaks "a function of over 80 lines" "the limit is 80"
exit $status
