/* JSON by RFC 8259, written as it goes. */
#include "json.h"

#include "output.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* JSON is UTF-8: a stray byte, of a file name for example, becomes U+FFFD. */
static void write_string(FILE *out, const char *text)
{
    fputc('"', out);
    while (*text) {
        unsigned long c;
        size_t length = text_character(text, &c);
        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", (char)c);
        else if (c == '\n')
            fputs("\\n", out);
        else if (c == '\t')
            fputs("\\t", out);
        else if (c < 0x20 || c == 0x7F)
            fprintf(out, "\\u%04lx", c);
        else if (c == 0xFFFD)
            fputs("\xEF\xBF\xBD", out);
        else
            fwrite(text, 1, length, out);
        text += length;
    }
    fputc('"', out);
}

static void begin(struct json *j, const char *key)
{
    if (j->comma)
        fputc(',', j->out);
    if (key) {
        write_string(j->out, key);
        fputc(':', j->out);
    }
    j->comma = true;
}

void json_open_object(struct json *j, const char *key)
{
    begin(j, key);
    fputc('{', j->out);
    j->comma = false;
}

void json_close_object(struct json *j)
{
    fputc('}', j->out);
    j->comma = true;
}

void json_open_array(struct json *j, const char *key)
{
    begin(j, key);
    fputc('[', j->out);
    j->comma = false;
}

void json_close_array(struct json *j)
{
    fputc(']', j->out);
    j->comma = true;
}

void json_text(struct json *j, const char *key, const char *text)
{
    begin(j, key);
    if (text)
        write_string(j->out, text);
    else
        fputs("null", j->out);
}

void json_plain(struct json *j, const char *key, const char *markup)
{
    if (!markup) {
        json_text(j, key, NULL);
        return;
    }
    size_t size = strlen(markup) + 1;
    char *plain = need(malloc(size));
    osler_plain_text(markup, plain, size);
    json_text(j, key, plain);
    free(plain);
}

void json_integer(struct json *j, const char *key, long long number)
{
    begin(j, key);
    fprintf(j->out, "%lld", number);
}

void json_real(struct json *j, const char *key, double number, int decimals)
{
    begin(j, key);
    if (isfinite(number))
        fprintf(j->out, "%.*f", decimals, number);
    else
        fputs("null", j->out);
}

void json_bool(struct json *j, const char *key, bool value)
{
    begin(j, key);
    fputs(value ? "true" : "false", j->out);
}

void json_texts(struct json *j, const char *key, const osler_text_list *list)
{
    json_open_array(j, key);
    for (size_t i = 0; i < list->count; i++)
        json_text(j, NULL, list->items[i]);
    json_close_array(j);
}

void json_end_line(struct json *j)
{
    fputc('\n', j->out);
    j->comma = false;
}

void json_record(struct json *j, const char *key, const osler_record *record)
{
    osler_writer *writer;
    size_t length;
    begin(j, key);
    if (osler_writer_new(&writer, "jsonl", NULL) != OSLER_OK)
        return; /* cannot be: the format is there */
    const char *line = osler_writer_write(writer, record, &length);
    fwrite(line, 1, length - strlen("\n"), j->out);
    osler_writer_free(writer);
}

static void write_witnesses(struct json *j, const osler_witness_list *list)
{
    json_open_array(j, "witnesses");
    for (size_t i = 0; i < list->count; i++) {
        const osler_witness *w = &list->items[i];
        json_open_object(j, NULL);
        json_text(j, "source", w->source);
        json_text(j, "design", w->design);
        if (w->modifier)
            json_text(j, "modifier", w->modifier);
        json_text(j, "cue", w->cue);
        if (w->section)
            json_text(j, "section", w->section);
        json_real(j, "weight", w->weight, 2);
        json_close_object(j);
    }
    json_close_array(j);
}

void json_appraisal(struct json *j, const osler_appraisal *a)
{
    json_text(j, "design", a->design);
    json_real(j, "confidence", a->confidence, 3);
    json_texts(j, "modifiers", &a->modifiers);
    if (a->n)
        json_integer(j, "n", a->n);
    else
        json_text(j, "n", NULL);
    if (a->n) {
        json_text(j, "n_kind", a->n_kind);
        json_text(j, "n_sentence", a->n_sentence);
    }
    if (a->studies)
        json_integer(j, "studies", a->studies);
    json_open_array(j, "flags");
    for (size_t i = 0; i < a->flags.count; i++)
        json_text(j, NULL, a->flags.items[i].name);
    json_close_array(j);
    write_witnesses(j, &a->witnesses);
    json_texts(j, "conflicts", &a->conflicts);
}
