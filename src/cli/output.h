/* What every command prints with: inert text, errors, exit codes, tables, progress. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <osler/base.h>
#include <stdio.h>

/* `memory` unless it is NULL: then the program ends with one line. */
void *need(void *memory);

/* Print text from outside so that it cannot act on a terminal: control characters and the marks
 * that turn the direction of writing become visible U+FFFD. */
/* What is said of bytes that are not UTF-8, behind the file and line of the first. */
extern const char guessed_encoding[];
void print_guessed(const char *path, unsigned line);

void print_inert(FILE *out, const char *text);

/* The length of the character at the start of `text` (not empty), and its code point; a byte that
 * is not UTF-8 is one character, U+FFFD. */
size_t text_character(const char *text, unsigned long *codepoint);

/* The same, at most `columns` columns wide; a cut text ends in an ellipsis.  Returns the width. */
int print_cut(FILE *out, const char *text, int columns);

/* The columns that `text` takes on a terminal. */
int text_columns(const char *text);

/* `left` in a column of its own, `right` wrapped beside it. */
void print_hanging(FILE *out, const char *left, const char *right);

/* `text` wrapped to the terminal's width, every line after `indent` spaces. */
void print_wrapped(FILE *out, const char *text, int indent);

/* Columns of the terminal behind stdout; 100 when there is none; $COLUMNS wins. */
int terminal_columns(void);

/* True when stdout may carry color: --color, NO_COLOR, and whether it is a terminal. */
bool use_color(void);

/* Escape sequences for stdout, or "" without color. */
const char *style_bold(void);
const char *style_dim(void);
const char *style_warn(void);
const char *style_end(void);

/* Print "osler: source:line:column: message" on stderr. */
void print_error(const osler_error *error);

/* The same for a remark on what was read, unless --quiet; a callback whose context is not used. */
void print_remark(void *context, const osler_error *remark);

/* The exit code of a failure. */
int exit_code_of(osler_status status);

/* print_error() and exit_code_of() in one. */
int report(const osler_error *error);

/* A progress callback that draws a bar on a terminal and stops at Ctrl-C; context is not used.
 * finish_progress() clears the bar. */
bool draw_progress(void *context, const osler_progress *progress);
void finish_progress(void);

/* From now on Ctrl-C and SIGTERM ask the work at hand to stop. */
void catch_interrupts(void);
bool was_interrupted(void);

#endif
