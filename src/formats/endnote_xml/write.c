/* The format "endnote-xml", written: the elements that EndNote imports, in its own order. */
#include "formats/endnote_xml/endnote_xml.h"
#include "formats/writer.h"
#include "record/record.h"

#include <string.h>

struct output {
    const osler_record *record;
    buf *out, markup;
    bool addressed;
    const char *open; /* the path of the element that was written last; its end tag is to come */
};

static void add_escaped(buf *out, str text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '<')
            buf_add_text(out, "&lt;");
        else if (c == '>')
            buf_add_text(out, "&gt;");
        else if (c == '&')
            buf_add_text(out, "&amp;");
        else
            buf_add_byte(out, c < ' ' ? ' ' : (char)c);
    }
}

static const struct {
    str tag;
    const char *face;
} faces[] = {
    {STR("i"), "italic"},        {STR("b"), "bold"},        {STR("u"), "underline"},
    {STR("sup"), "superscript"}, {STR("sub"), "subscript"},
};

enum { FACES = sizeof faces / sizeof *faces, DEEPEST = 8 };

/* The faces of the tags that are open, each once. */
static void add_style(buf *out, const size_t *open, size_t depth)
{
    bool none = true;
    buf_add_text(out, "<style face=\"");
    for (size_t i = 0; i < FACES; i++) {
        bool used = false;
        for (size_t k = 0; k < depth && k < DEEPEST; k++)
            used |= open[k] == i;
        if (used)
            buf_printf(out, "%s%s", none ? "" : " ", faces[i].face);
        none &= !used;
    }
    buf_printf(out, "%s\" font=\"default\" size=\"100%%\">", none ? "normal" : "");
}

static void add_run(buf *out, str markup, const size_t *open, size_t depth)
{
    buf plain = {0};
    if (!markup.length)
        return;
    markup_add_text(&plain, markup);
    add_style(out, open, depth);
    add_escaped(out, buf_str(&plain));
    buf_add_text(out, "</style>");
    buf_free(&plain);
}

/* Markup as runs of text with a face; <span> has none. */
static void add_runs(buf *out, str markup)
{
    size_t open[DEEPEST] = {0}, depth = 0, from = 0;
    for (size_t at = 0; at < markup.length; at++) {
        at += str_find(str_part(markup, at, markup.length), '<');
        if (at >= markup.length)
            break;
        add_run(out, str_part(markup, from, at - from), open, depth);
        bool closing = at + 1 < markup.length && markup.data[at + 1] == '/';
        str tag = str_part(markup, at + 1, markup.length);
        tag = str_part(tag, 0, str_find(tag, '>'));
        size_t i = 0;
        while (i < FACES && !str_equal(faces[i].tag, tag))
            i++;
        if (closing && depth)
            depth--;
        else if (!closing && depth < DEEPEST)
            open[depth] = i;
        depth += !closing;
        from = at + tag.length + 2;
        at = from - 1;
    }
    add_run(out, str_part(markup, from, markup.length), open, depth);
}

/* How many bytes of two paths are the same elements. */
static size_t common_length(const char *a, const char *b)
{
    size_t same = 0;
    for (size_t i = 0; a[i] && a[i] == b[i]; i++)
        if (a[i] == '/')
            same = i + 1;
    return same;
}

/* The end tags of a path, innermost first, down to `kept` bytes of it. */
static void close_path(buf *out, const char *path, size_t kept)
{
    size_t end = strlen(path);
    while (end > kept) {
        size_t start = end;
        while (start > kept && path[start - 1] != '/')
            start--;
        buf_printf(out, "</%.*s>", (int)(end - start), path + start);
        end = start ? start - 1 : 0;
        if (start == kept)
            break;
    }
}

static void open_path(buf *out, const char *path, size_t from)
{
    while (path[from]) {
        size_t length = strcspn(path + from, "/");
        buf_printf(out, "<%.*s>", (int)length, path + from);
        from += length + (path[from + length] == '/');
    }
}

/* Elements without a container stand once: what comes again is a line of it. */
static bool is_line(const struct output *o, const char *tag)
{
    return o->open && strcmp(o->open, tag) == 0 && !strchr(tag, '/');
}

static void put_element(struct output *o, const char *tag, str text)
{
    const char *before = o->open ? o->open : "";
    if (is_line(o, tag)) {
        o->out->length -= strlen("</style>");
        buf_add_text(o->out, "&#xD;</style>");
    } else {
        size_t kept = common_length(before, tag);
        close_path(o->out, before, kept);
        open_path(o->out, tag, kept);
        o->open = tag;
    }
    buf_clear(&o->markup);
    markup_add_from_rich(&o->markup, text);
    add_runs(o->out, buf_str(&o->markup));
}

/* EndNote has one field for the addresses of all authors. */
static void put_addresses(struct output *o)
{
    const osler_name_list *names = &o->record->names;
    const char *last = NULL;
    for (size_t i = 0; i < names->count; i++) {
        const osler_affiliation_list *places = &names->items[i].affiliations;
        for (size_t k = 0; k < places->count; k++) {
            const char *place = places->items[k].text;
            if (!place || (last && strcmp(last, place) == 0))
                continue;
            buf rich = {0};
            markup_add_rich(&rich, str_of(place));
            put_element(o, "auth-address", buf_str(&rich));
            buf_free(&rich);
            last = place;
        }
    }
}

static void put_value(void *context, const char *tag, str text)
{
    static const str people = STR("contributors/");
    struct output *o = context;
    if (strcmp(tag, "ref-type") == 0) {
        int number = endnote_xml_number(text);
        buf_printf(o->out, "<ref-type name=\"%.*s\">%d</ref-type>",
                   number ? (int)text.length : (int)strlen("Generic"),
                   number ? text.data : "Generic",
                   number ? number : endnote_xml_number((str)STR("Generic")));
        return;
    }
    if (!o->addressed && !str_starts_with(str_of(tag), people)) {
        o->addressed = true;
        put_addresses(o);
    }
    put_element(o, tag, text);
}

static void write_record(buf *out, const osler_record *record)
{
    struct output o = {.record = record, .out = out};
    buf_add_text(out, "<record><source-app name=\"Osler\">Osler</source-app>");
    tagged_write_values(record, &endnote_xml_dialect, put_value, &o);
    close_path(out, o.open ? o.open : "", 0);
    buf_add_text(out, "</record>\n");
    buf_free(&o.markup);
}

const struct writer writer_endnote_xml = {
    .write = write_record,
    .head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xml><records>\n",
    .tail = "</records></xml>\n",
};
