# check_labels.sh BUILD: labels held against printed references, where $OSLER_SHARED has them.
exec python3 "$(dirname "$0")/measure_labels.py" "$1"
