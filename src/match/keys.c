/* Keys under which a record can be found: pairs that are one work share one of them, nearly all. */
#include "match/parts.h"

#include "record/identifiers.h"
#include "record/pages.h"
#include "record/record.h"

enum { TITLE_START = 24, LEAST_START = 8 };

static void add(struct match_keys *out, arena *memory, buf *key)
{
    if (out->count < MATCH_KEYS)
        out->keys[out->count++] = (str){arena_copy(memory, buf_str(key)), key->length};
    buf_clear(key);
}

static void add_one(struct match_keys *out, arena *memory, const char *scheme, str value)
{
    buf key = {0};
    if (value.length) {
        buf_add_text(&key, scheme);
        for (size_t i = 0; i < value.length; i++)
            buf_add_byte(&key, char_lower(value.data[i]));
        add(out, memory, &key);
    }
    buf_free(&key);
}

/* The title's start and its end: a typing error spoils one of them. */
static void add_title(struct match_keys *out, arena *memory, const osler_record *record)
{
    struct match_title title;
    match_title_make(&title, memory, record->title);
    str joined = title.joined;
    if (joined.length < LEAST_START)
        return;
    add_one(out, memory, "start:", str_part(joined, 0, TITLE_START));
    if (joined.length > TITLE_START)
        add_one(out, memory, "end:", str_part(joined, joined.length - TITLE_START, TITLE_START));
}

static void add_place(struct match_keys *out, arena *memory, const osler_record *record)
{
    const char *first = record->page_first, *last = NULL;
    buf key = {0};
    if (!first && record->pages)
        pages_expand(memory, str_of(record->pages), &first, &last);
    first = first ? first : record->article_number;
    str page = match_letters(memory, str_of(first));
    str volume = match_letters(memory, str_of(record->volume));
    if (page.length && volume.length) {
        buf_printf(&key, "place:%.*s/%.*s", STR_ARG(volume), STR_ARG(page));
        add(out, memory, &key);
    }
    buf_free(&key);
}

static void add_author(struct match_keys *out, arena *memory, const osler_record *record)
{
    const osler_name *name = osler_record_next_name(record, "author", NULL);
    int year = osler_record_year(record);
    buf plain = {0}, key = {0};
    if (name && name->family && year) {
        markup_add_text(&plain, str_of(name->family));
        str family = match_letters(memory, buf_str(&plain));
        buf_printf(&key, "author:%.*s/%d", STR_ARG(family), year);
        add(out, memory, &key);
    }
    buf_free(&plain);
    buf_free(&key);
}

void match_make_keys(struct match_keys *out, arena *memory, const osler_record *record)
{
    out->count = 0;
    add_one(out, memory, "pmid:", str_of(identifier_pmid(memory, str_of(record->pmid))));
    add_one(out, memory, "doi:", identifier_bare_doi(str_of(record->doi)));
    add_one(out, memory, "pmcid:", str_of(identifier_pmcid(memory, str_of(record->pmcid))));
    add_title(out, memory, record);
    add_place(out, memory, record);
    add_author(out, memory, record);
}
