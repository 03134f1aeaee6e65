/* Output trees for tests. */
#include "memory_output.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static arena memory; /* of all trees of a test program; reachable until it ends */

struct output *field(const char *text, const struct look *look)
{
    return output_rich(&memory, str_of(text), look);
}

struct output *plain(const char *text, const struct look *look)
{
    return output_leaf(&memory, str_of(text), look);
}

struct output *parts(const struct look *look, struct output *first, ...)
{
    struct output *group = output_group(&memory, look);
    va_list rest;
    va_start(rest, first);
    for (struct output *part = first; part; part = va_arg(rest, struct output *))
        output_add(group, part);
    va_end(rest);
    return group;
}

struct output *with_role(struct output *part, enum output_role role)
{
    part->role = (uint8_t)role;
    return part;
}

struct output *with_link(struct output *part, enum output_link link)
{
    part->link = (uint8_t)link;
    part->verbatim = true;
    return part;
}

const struct locale *english(bool punctuation_in_quote)
{
    static struct locale *locales[2];
    struct locale **locale = &locales[punctuation_in_quote];
    osler_error error = {0};
    if (!*locale && locale_load(&memory, locale, NULL, "en-US", &error) != OSLER_OK) {
        fprintf(stderr, "no English locale: %s\n", error.message);
        exit(1);
    }
    (*locale)->punctuation_in_quote = punctuation_in_quote;
    return *locale;
}

static const char *print(const struct output *tree, const struct output_options *options)
{
    static buf text;
    buf_clear(&text);
    output_write(&text, tree, options);
    return buf_text(&text);
}

const char *html(const struct output *tree)
{
    return print(tree, &(struct output_options){.format = OUTPUT_HTML, .locale = english(true)});
}

const char *html_outside(const struct output *tree)
{
    return print(tree, &(struct output_options){.format = OUTPUT_HTML, .locale = english(false)});
}

const char *printed(const struct output *tree, enum output_format format, bool links)
{
    return print(
        tree, &(struct output_options){.format = format, .links = links, .locale = english(true)});
}
