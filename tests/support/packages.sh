# packages.sh build|test: install the Debian packages that building (and testing) needs, if any is
# missing.  As root by apt-get; else by sudo; else it names them and stops.
need="gcc libc6-dev cmake ninja-build pkg-config libxml2-dev libcurl4-openssl-dev libsqlite3-dev libicu-dev zlib1g-dev libisal-dev libzstd-dev libyaml-dev libstemmer-dev citation-style-language-styles citation-style-language-locales ca-certificates"
[ "$1" = test ] && need="$need g++ libjansson-dev python3 openssl strace valgrind procps mandoc clang-format-14 clang-tidy-14"
missing=
for package in $need; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
run=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "Please install these packages first:$missing" >&2; exit 1; }
    run=sudo
fi
echo "Installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$run apt-get update -qq >/dev/null &&
    $run apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 ||
    { echo "apt-get could not install:$missing" >&2; exit 1; }
