# format.sh: the sources are as clang-format 14 leaves them.
format=$(command -v clang-format-14 || command -v clang-format) ||
    { echo "SKIPPED: clang-format is not installed"; exit 77; }
"$format" --version | grep -q ' 14\.' || { echo "SKIPPED: $format is not version 14"; exit 77; }
find src include tests -name '*.[ch]' -exec "$format" --dry-run --Werror {} +
