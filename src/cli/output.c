/* Printing for people: inert, aligned, colored only where it may be. */
#include "output.h"

#include "command.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

void *need(void *memory)
{
    if (!memory) {
        fputs("osler: out of memory\n", stderr);
        abort();
    }
    return memory;
}

size_t text_character(const char *text, unsigned long *codepoint)
{
    static const unsigned char mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    static const unsigned long least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *s = (const unsigned char *)text;
    size_t length = s[0] < 0xC0 ? 1 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
    unsigned long c = s[0] & mask[length];
    bool whole = s[0] < 0x80 || (length > 1 && s[0] < 0xF8);
    for (size_t i = 1; whole && i < length; i++) {
        whole = (s[i] & 0xC0) == 0x80;
        c = c << 6 | (s[i] & 0x3F);
    }
    if (!whole || c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        *codepoint = 0xFFFD;
        return 1;
    }
    *codepoint = c;
    return length;
}

static bool is_active(unsigned long c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029 || c == 0x200E ||
           c == 0x200F || c == 0xFFFD;
}

static int width_of(unsigned long c)
{
    if (c == 0xAD || (c >= 0x300 && c < 0x370) || (c >= 0x200B && c <= 0x200F) ||
        (c >= 0xFE00 && c < 0xFE10) || c == 0xFEFF)
        return 0;
    bool wide = (c >= 0x1100 && c < 0x1160) || (c >= 0x2E80 && c < 0xA4D0) ||
                (c >= 0xAC00 && c < 0xD7A4) || (c >= 0xF900 && c < 0xFB00) ||
                (c >= 0xFE30 && c < 0xFE70) || (c >= 0xFF00 && c < 0xFF61) ||
                (c >= 0x1F300 && c < 0x1FB00) || (c >= 0x20000 && c < 0x40000);
    return wide ? 2 : 1;
}

int text_columns(const char *text)
{
    int columns = 0;
    for (unsigned long c; text && *text; columns += width_of(c))
        text += text_character(text, &c);
    return columns;
}

static void print_character(FILE *out, const char *text, size_t length, unsigned long c)
{
    if (is_active(c))
        fputs("\xEF\xBF\xBD", out);
    else
        fwrite(text, 1, length, out);
}

void print_inert(FILE *out, const char *text)
{
    while (text && *text) {
        unsigned long c;
        size_t length = text_character(text, &c);
        print_character(out, text, length, c);
        text += length;
    }
}

int print_cut(FILE *out, const char *text, int columns)
{
    int used = 0;
    bool cut = text_columns(text) > columns;
    while (text && *text) {
        unsigned long c;
        size_t length = text_character(text, &c);
        if (used + width_of(c) > (cut ? columns - 1 : columns))
            break;
        print_character(out, text, length, c);
        used += width_of(c);
        text += length;
    }
    if (cut) {
        fputs("\xE2\x80\xA6", out);
        used++;
    }
    return used;
}

int terminal_columns(void)
{
    const char *set = getenv("COLUMNS");
    int columns = set ? atoi(set) : 0;
    struct winsize size;
    if (columns <= 0 && isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        columns = size.ws_col;
    if (columns <= 0)
        return 100;
    return columns < 40 ? 40 : columns > 200 ? 200 : columns;
}

/* The columns of the next `length` bytes, and printing them. */
static int columns_of(const char *text, size_t length)
{
    int columns = 0;
    unsigned long c;
    for (const char *end = text + length; text < end; columns += width_of(c))
        text += text_character(text, &c);
    return columns;
}

static void print_part(FILE *out, const char *text, size_t length)
{
    const char *end = text + length;
    while (text < end) {
        unsigned long c;
        size_t taken = text_character(text, &c);
        print_character(out, text, taken, c);
        text += taken;
    }
}

/* Print the words of `text` from column `at`, breaking lines to `indent`. */
static void print_words(FILE *out, const char *text, int at, int indent, int columns)
{
    int used = at;
    bool first = true;
    for (;;) {
        text += strspn(text, " \n");
        size_t length = strcspn(text, " \n");
        if (!length)
            break;
        int width = columns_of(text, length);
        if (!first && used + 1 + width > columns) {
            fprintf(out, "\n%*s", indent, "");
            used = indent;
        } else if (!first) {
            fputc(' ', out);
            used++;
        }
        print_part(out, text, length);
        used += width;
        first = false;
        text += length;
    }
    fputc('\n', out);
}

void print_hanging(FILE *out, const char *left, const char *right)
{
    enum { INDENT = 26 };
    int width = text_columns(left);
    fputs("  ", out);
    fputs(left, out);
    if (width + 4 > INDENT)
        fprintf(out, "\n%*s", INDENT, "");
    else
        fprintf(out, "%*s", INDENT - 2 - width, "");
    print_words(out, right, INDENT, INDENT, terminal_columns());
}

void print_wrapped(FILE *out, const char *text, int indent)
{
    fprintf(out, "%*s", indent, "");
    print_words(out, text, indent, indent, terminal_columns());
}

bool use_color(void)
{
    const char *off = getenv("NO_COLOR"), *term = getenv("TERM");
    if (common.color && strcmp(common.color, "always") == 0)
        return true;
    if ((common.color && strcmp(common.color, "never") == 0) || (off && *off))
        return false;
    return isatty(STDOUT_FILENO) && term && strcmp(term, "dumb") != 0;
}

const char *style_bold(void)
{
    return use_color() ? "\033[1m" : "";
}

const char *style_dim(void)
{
    return use_color() ? "\033[2m" : "";
}

const char *style_warn(void)
{
    return use_color() ? "\033[31m" : "";
}

const char *style_end(void)
{
    return use_color() ? "\033[0m" : "";
}

void print_error(const osler_error *error)
{
    fputs("osler: ", stderr);
    if (error->source[0]) {
        print_inert(stderr, error->source);
        if (error->line)
            fprintf(stderr, ":%u", error->line);
        if (error->column)
            fprintf(stderr, ":%u", error->column);
        fputs(": ", stderr);
    } else if (error->line) {
        fprintf(stderr, "line %u: ", error->line);
    }
    print_inert(stderr, error->message);
    fputc('\n', stderr);
}

void print_remark(void *context, const osler_error *remark)
{
    (void)context;
    if (common.quiet)
        return;
    finish_progress();
    print_error(remark);
}

int exit_code_of(osler_status status)
{
    switch (status) {
    case OSLER_OK:
    case OSLER_END: return EXIT_DONE;
    case OSLER_EINPUT:
    case OSLER_EFORMAT:
    case OSLER_ELIMIT:
    case OSLER_EIO: return EXIT_BAD_INPUT;
    case OSLER_EUSAGE: return EXIT_BAD_USAGE;
    case OSLER_ENOTFOUND: return EXIT_NOT_FOUND;
    case OSLER_ENETWORK: return EXIT_NETWORK;
    case OSLER_ERATE: return EXIT_RATE_LIMITED;
    case OSLER_ELOCKED:
    case OSLER_EDAMAGED:
    case OSLER_ELIBRARY: return EXIT_LIBRARY;
    case OSLER_ECONFIG: return EXIT_CONFIGURATION;
    case OSLER_EINTERRUPTED: return EXIT_INTERRUPTED;
    }
    return EXIT_BAD_INPUT;
}

int report(const osler_error *error)
{
    print_error(error);
    return exit_code_of(error->status);
}

const char guessed_encoding[] = "bytes that are not UTF-8 are read as Windows-1252";

void print_guessed(const char *path, unsigned line)
{
    if (common.quiet)
        return;
    fputs("osler: ", stderr);
    print_inert(stderr, strcmp(path, "-") == 0 ? "standard input" : path);
    fprintf(stderr, ":%u: %s\n", line, guessed_encoding);
}
