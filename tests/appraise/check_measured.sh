# check_measured.sh BUILD: trials by text alone, and with all witnesses, against NLM's tags; the
# published filters and ensembles are the bar.  The data are outside the tree: without OSLER_SHARED
# this is skipped.
data=${OSLER_SHARED:-../shared}/data/design/medline_rct.nbib
[ -r "$data" ] || { echo "skipped: no $data"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# "PMID 1" when the record carries the type, once a PMID
awk '/^PMID- / { pmid = $2; tag[pmid] += 0 }
     /^PT  - Randomized Controlled Trial/ { tag[pmid] = 1 }
     END { for (p in tag) print p, tag[p] }' "$data" | tr -d '\r' | sort >"$work/tags"

# measure LEAST_SENSITIVITY LEAST_SPECIFICITY options...: per 1000
measure() {
    sensitivity=$1 specificity=$2
    shift 2
    "$build/osler" classify --json "$@" "$data" |
        sed -n 's/^{"id":"\([0-9]*\)","design":"\([a-z-]*\)".*/\1 \2/p' | sort -u >"$work/designs"
    join "$work/tags" "$work/designs" | awk -v a="$sensitivity" -v b="$specificity" -v o="$*" '
        { trial = $3 == "randomized-trial"; n[$2, trial]++ }
        END { p = n[1, 1] + n[1, 0]; q = n[0, 0] + n[0, 1]
              if (!p || !q) { print "nothing was classified"; exit 1 }
              printf "%s: sensitivity %d/%d, specificity %d/%d\n", o, n[1, 1], p, n[0, 0], q
              exit !(n[1, 1] * 1000 >= a * p && n[0, 0] * 1000 >= b * q) }'
}

build=$1
measure 943 970 --without pt,mesh && measure 975 967
