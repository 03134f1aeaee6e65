# check_jabref.sh BUILD: files of JabRef's importers agree, field by field, with the BibTeX beside
# them, but for differences that are meant and listed with their reasons.
[ -n "$OSLER_SHARED" ] || { echo "SKIPPED: OSLER_SHARED is not set"; exit 77; }
folder=$OSLER_SHARED/data/formats/jabref_importers
[ -d "$folder" ] || { echo "SKIPPED: $folder is not there"; exit 77; }
exec python3 "$(dirname "$0")/jabref.py" "$1/osler" "$folder"
