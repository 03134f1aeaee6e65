# check_sizes.sh BUILD: numbers of participants against marked abstracts, which are outside the tree:
# without OSLER_SHARED this is skipped.
exec python3 "$(dirname "$0")/measure_sizes.py" "$1"
