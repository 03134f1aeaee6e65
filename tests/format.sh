# format.sh: the sources are as clang-format 14 leaves them.
command -v clang-format >/dev/null || { echo "SKIPPED: clang-format is not installed"; exit 77; }
clang-format --version | grep -q ' 14\.' || { echo "SKIPPED: clang-format is not version 14"; exit 77; }
find src include tests -name '*.[ch]' -exec clang-format --dry-run --Werror {} +
