# ratchet FIGURES FILE: every "name least" line of FILE holds in FIGURES ("name figure ..."), or fail.
ratchet() {
    awk 'NR == FNR { if ($1 !~ /^#/ && NF) least[$1] = $2; next }
         $1 in least { seen[$1] = 1; if ($2 + 0 < least[$1]) { print $1, $2, "is less than", least[$1]; bad = 1 } }
         END { for (name in least) if (!seen[name]) { print name, "was not measured"; bad = 1 }; exit bad }' \
        "$2" "$1"
}
