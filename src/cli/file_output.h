/* Where a long text goes: standard output, or a file that is replaced once all is written. */
#ifndef CLI_FILE_OUTPUT_H
#define CLI_FILE_OUTPUT_H

#include <osler/formats.h>
#include <stdio.h>

struct file_output {
    FILE *file;
    const char *path; /* NULL: standard output */
    char *part;       /* what is written until all is there; NULL: the path itself */
    int number;       /* errno of the first failure */
};

/* Begin to write to `path`, NULL: standard output.  A device or a pipe is written to; a file is
 * replaced at the end.  False, and said, when that cannot be. */
bool open_output(struct file_output *out, const char *path);

/* False when not all could be written. */
bool write_output(struct file_output *out, const char *text, size_t length);

/* False when not all could be written, or when it shall not be kept: a file is as it was before. */
bool close_output(struct file_output *out, bool keep);

/* "ris has no place for 12 MeSH qualifiers, 3 grants" on stderr; nothing for an empty list. */
void print_left_out(const char *format, const osler_left_out_list *list);

/* The names of a table's rows, after `what` on stderr; the exit code of a wrong usage. */
int usage_of_names(const char *what, const char *(*name)(unsigned index));

/* True when a table has a row of this name. */
bool knows_name(const char *wanted, const char *(*name)(unsigned index));

/* The format that --to and --for ask for, or NULL. */
const char *format_of(const char *to, const char *profile);

#endif
