#!/bin/sh
# tests/run.sh [ctest options]: install what is missing, build with sanitizers and with warnings as
# errors, build once more as released (for valgrind and the kill tests), run every test.
# The last lines are ctest's own.
set -e
cd "$(dirname "$0")/.."
sh tests/support/packages.sh test
jobs=$(nproc)

echo "Building with sanitizers in build-test, and as released in build-release"
cmake -S . -B build-test -G Ninja -DCMAKE_BUILD_TYPE=Debug -DOSLER_WERROR=ON \
    -DOSLER_SANITIZE=address,undefined >build-test.log 2>&1 || { cat build-test.log; exit 1; }
ninja -C build-test >>build-test.log 2>&1 || { tail -n 60 build-test.log; exit 1; }
cmake -S . -B build-release -G Ninja -DCMAKE_BUILD_TYPE=Release -DOSLER_WERROR=ON \
    -DOSLER_TESTS=OFF >build-release.log 2>&1 || { cat build-release.log; exit 1; }
ninja -C build-release >>build-release.log 2>&1 || { tail -n 60 build-release.log; exit 1; }

OSLER_RELEASE=$PWD/build-release
[ -z "$OSLER_SHARED" ] && [ -d ../shared/data ] && OSLER_SHARED=$(cd ../shared && pwd)
export OSLER_RELEASE OSLER_SHARED
cd build-test
exec ctest --output-on-failure -j "$jobs" --timeout 900 "$@"
