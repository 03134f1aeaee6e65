/* The story of a failure, and the names of the statuses. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#ifndef OSLER_VERSION
#error "the build defines OSLER_VERSION"
#endif

/* Where a text cut at `length` must end so that its last UTF-8 sequence is whole. */
static size_t whole_length(const char *text, size_t length)
{
    size_t start = length;
    while (start && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (!start)
        return 0;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return length - (start - 1) >= need ? length : start - 1;
}

static void make_inert(char *text)
{
    for (unsigned char *c = (unsigned char *)text; *c; c++)
        if (*c < 0x20 || *c == 0x7F || (*c == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0))
            *c = '?';
    text[whole_length(text, strlen(text))] = '\0';
}

osler_status fail(osler_error *error, osler_status status, unsigned line, const char *format, ...)
{
    if (!error)
        return status;
    error->status = status;
    error->line = line;
    error->column = 0;
    error->source[0] = '\0';
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    make_inert(error->message);
    return status;
}

osler_status fail_source(osler_error *error, osler_status status, const char *source)
{
    if (error) {
        snprintf(error->source, sizeof error->source, "%s", source ? source : "");
        make_inert(error->source);
    }
    return status;
}

const char *osler_status_name(osler_status status)
{
    switch (status) {
    case OSLER_OK: return "ok";
    case OSLER_END: return "end";
    case OSLER_EINPUT: return "malformed input";
    case OSLER_EFORMAT: return "unknown format";
    case OSLER_ELIMIT: return "limit exceeded";
    case OSLER_EUSAGE: return "wrong argument";
    case OSLER_ENOTFOUND: return "not found";
    case OSLER_EIO: return "input or output error";
    case OSLER_ENETWORK: return "network error";
    case OSLER_ERATE: return "rate limited";
    case OSLER_ELOCKED: return "library locked";
    case OSLER_EDAMAGED: return "library damaged";
    case OSLER_ECONFIG: return "configuration error";
    case OSLER_EINTERRUPTED: return "interrupted";
    case OSLER_ELIBRARY: return "library not usable";
    }
    return "unknown status";
}

const char *osler_version(void)
{
    return OSLER_VERSION;
}
