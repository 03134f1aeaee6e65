# install.sh BUILD: install into a folder; a small program builds against it by pkg-config and by
# CMake's find_package, and runs; the manual page is there and has no troff errors.
build=$1
into=$(mktemp -d)
trap 'rm -rf "$into"' EXIT
cmake --install "$build" --prefix "$into/usr" >"$into/log" 2>&1 || { cat "$into/log"; exit 1; }
cat >"$into/main.c" <<'END'
#include <osler/formats.h>
#include <osler/library.h>
#include <stdio.h>

int main(void)
{
    printf("%s %s\n", osler_version(), osler_format_name(0));
    return 0;
}
END
flags=$(sed -n 's/^OSLER_SANITIZE:STRING=\(..*\)/-fsanitize=\1/p' "$build/CMakeCache.txt")
pc=$(find "$into" -name osler.pc)
[ -n "$pc" ] || { echo "osler.pc was not installed"; exit 1; }
sed -i "s|^prefix=.*|prefix=$into/usr|" "$pc"
PKG_CONFIG_PATH=$(dirname "$pc")
export PKG_CONFIG_PATH
cc $flags "$into/main.c" $(pkg-config --cflags --libs osler) -o "$into/by-pc" || exit 1
libraries=$(pkg-config --variable=libdir osler)
LD_LIBRARY_PATH=$libraries "$into/by-pc" || exit 1

mkdir "$into/project"
cat >"$into/project/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(embedder C)
find_package(osler 0.1 REQUIRED)
add_executable(embedder ../main.c)
target_link_libraries(embedder PRIVATE osler::osler)
END
cmake -G Ninja -S "$into/project" -B "$into/project/build" -DCMAKE_PREFIX_PATH="$into/usr" \
    -DCMAKE_C_FLAGS="$flags" >"$into/log" 2>&1 && cmake --build "$into/project/build" >>"$into/log" 2>&1 ||
    { cat "$into/log"; exit 1; }
"$into/project/build/embedder" || exit 1

page=$into/usr/share/man/man1/osler.1
[ -s "$page" ] || { echo "the manual page was not installed"; exit 1; }
if command -v mandoc >/dev/null; then
    mandoc -Tlint -Werror "$page" || exit 1
fi
for command in $("$into/usr/bin/osler" help all | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
    grep -q "osler $command" "$page" || { echo "the manual does not know 'osler $command'"; exit 1; }
done
