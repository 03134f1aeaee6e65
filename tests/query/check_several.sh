# check_several.sh BUILD: several libraries give what one of all their records gives, also where they
# share records; and so does one whose files came in another order.
build=$1
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
osler() { "$build/osler" "$@"; }
take() {
    library=$1
    shift
    osler import --library "$T/$library.db" -q "$@" >"$T/report" || { cat "$T/report"; exit 1; }
}
a=sample-bib/headache.xml b=sample-bib/invented.xml c=sample-bib/muscle-relaxants.nbib
take one $a $b $c
take other $c $b $a
take first $a
take second $b $c
take all $b $c $a

failed=0
same() { # WHAT LIBRARIES -- COMMAND...
    what=$1 libraries=
    shift
    while [ "$1" != -- ]; do
        libraries="$libraries --library $T/$1.db"
        shift
    done
    shift
    osler "$@" --library "$T/one.db" >"$T/expected" || exit 1
    # shellcheck disable=SC2086
    osler "$@" $libraries >"$T/got" || exit 1
    cmp -s "$T/expected" "$T/got" || { echo "$what: osler $*"; diff "$T/expected" "$T/got" | head -5; failed=1; }
}
everything() {
    for query in migraine 'pain AND 2000:2010[dp]' '"tension type headache"[ti]' 'NOT headache' \
        'smith[au] OR design:rct' 'headache disorders[majr] NOT n:>50' '' 'muscle relax*[tiab]'; do
        same "$@" -- find "$query" --json --explain --limit 0
        same "$@" -- count "$query" --by mesh --json
    done
    same "$@" -- find pain --json --sort date --limit 50
    same "$@" -- evidence migraine --as-of 2026-11-20 --json --explain --limit 0 --weak
    same "$@" -- evidence headache --for exercise --as-of 2026-11-20 --json --explain --limit 0 --weak
    same "$@" -- evidence "neck pain" --since 1990 --design reviews --as-of 2026-11-20 --json
    for facet in year design journal type language; do
        same "$@" -- count pain --by $facet
    done
}
everything "two libraries" first second
everything "two that share records" first all
everything "another order" other
same "explain" first second -- explain migraine 25847552 --as-of 2026-11-20
osler show 990000001 --library "$T/first.db" --library "$T/second.db" >/dev/null || failed=1
exit $failed
