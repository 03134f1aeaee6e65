#!/bin/sh
# demo.sh: install what is missing, build Osler, and show its main job on the sample bibliography:
# records in, the evidence on tension headache out, ranked, explained and cited.
# Your own library is not touched: the demo's lies in build/demo.
set -e
cd "$(dirname "$0")/.."
sh tests/support/packages.sh build
if [ ! -x build/osler ] || [ -n "$(find src include CMakeLists.txt -newer build/osler -type f | head -n 1)" ]; then
    echo "Building Osler (once, about a minute) ..."
    cmake -S . -B build -G Ninja -DOSLER_TESTS=OFF -DOSLER_SANITIZE= >build.log 2>&1 || { cat build.log; exit 1; }
    ninja -C build >>build.log 2>&1 || { tail -n 60 build.log; exit 1; }
fi
rm -rf build/demo
mkdir -p build/demo
OSLER_LIBRARY=$PWD/build/demo/library.db
PATH=$PWD/build:$PATH
export OSLER_LIBRARY PATH

show() {
    printf '\n\033[1m$ %s\033[0m\n' "$*" | if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9]*m//g'; fi
}
show osler import 'sample-bib/*.xml' 'sample-bib/*.nbib'
osler import sample-bib/*.xml sample-bib/*.nbib
show osler evidence '"tension headache"' --limit 8 --as-of 2026-11-20
osler evidence "tension headache" --limit 8 --as-of 2026-11-20
show osler evidence '"tension headache"' --for omt --as-of 2026-11-20
osler evidence "tension headache" --for omt --as-of 2026-11-20
# Why the best real paper stands where it stands (invented records have PMIDs above 990000000).
real=$(osler evidence "tension headache" --as-of 2026-11-20 --ids --limit 0 | awk '$1 < 990000000' | head -n 1)
show osler explain '"tension headache"' "$real" --as-of 2026-11-20
osler explain "tension headache" "$real" --as-of 2026-11-20
show osler find "'migraine[mh] AND acupuncture AND 2005:2012[dp]'" --limit 3
osler find 'migraine[mh] AND acupuncture AND 2005:2012[dp]' --limit 3
show osler cite "'migraine[mh] AND acupuncture AND 2005:2012[dp]'" --style ama --limit 3
osler cite 'migraine[mh] AND acupuncture AND 2005:2012[dp]' --style ama --limit 3
# The founding document's reference list: two of its three references are in the library, by what the text says of them.
show "awk 'BEGIN { RS = \"\"; ORS = \"\\n\\n\" } NR < 3' sample-bib/founding.ris | osler import -"
awk 'BEGIN { RS = ""; ORS = "\n\n" } NR < 3' sample-bib/founding.ris | osler import -
show osler import sample-bib/founding.txt
osler import sample-bib/founding.txt
show osler cite --list founding --style ama
osler cite --list founding --style ama
cat <<END

The library is $OSLER_LIBRARY.  To go on with it:

  export OSLER_LIBRARY=$OSLER_LIBRARY PATH=$PWD/build:\$PATH
  osler evidence migraine
END
