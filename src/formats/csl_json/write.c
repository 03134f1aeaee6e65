/*
 * The output format "csl-json": an array, one object a record, whose members are the variables of
 * CSL 1.0.2 (record/cited.c says which field becomes which).
 */
#include "base/json.h"
#include "formats/writer.h"
#include "record/cited.h"
#include "record/record.h"

#include <string.h>

static void add_key(buf *out, const char *key)
{
    if (out->data[out->length - 1] != '{')
        buf_add_byte(out, ',');
    json_add_text(out, str_of(key));
    buf_add_byte(out, ':');
}

static void add_member(buf *out, const char *key, str text)
{
    if (!text.length)
        return;
    add_key(out, key);
    json_add_text(out, text);
}

static void add_true(buf *out, const char *key, bool value)
{
    if (!value)
        return;
    add_key(out, key);
    buf_add_text(out, "true");
}

static void take_text(void *context, enum variable variable, str text)
{
    add_member(context, variable_name(variable), text);
}

/* `markup` as CSL's rich text. */
static void add_rich(buf *out, const char *key, const char *markup)
{
    buf text = {0};
    if (markup)
        markup_add_rich(&text, str_of(markup));
    add_member(out, key, buf_str(&text));
    buf_free(&text);
}

static void add_name(buf *out, const osler_name *name)
{
    char room[CITED_ROOM];
    buf_add_byte(out, '{');
    add_rich(out, "family", name->family);
    add_member(out, "given", cited_given(name, room));
    add_rich(out, "suffix", name->suffix);
    add_member(out, "dropping-particle", str_of(name->dropping_particle));
    add_member(out, "non-dropping-particle", str_of(name->non_dropping_particle));
    add_rich(out, "literal", name->collective);
    add_true(out, "comma-suffix", name->comma_suffix);
    add_true(out, "static-ordering", name->static_ordering);
    if (name->unparsed) {
        add_key(out, "parse-names");
        buf_add_text(out, "false");
    }
    add_member(out, "ORCID", str_of(name->orcid));
    buf_add_byte(out, '}');
}

static bool says_something(const osler_name *name)
{
    return !name->superseded && (name->family || name->given || name->initials || name->collective);
}

/* All names of the role that the name at `first` has, when it is the first of it. */
static void add_names(buf *out, const osler_name_list *names, size_t first)
{
    const char *role = names->items[first].role;
    enum variable variable = cited_role(role);
    bool begun = false;
    if (!role)
        return;
    for (size_t i = 0; i < first; i++)
        if (names->items[i].role && strcmp(names->items[i].role, role) == 0)
            return;
    for (size_t i = first; i < names->count; i++) {
        const osler_name *name = &names->items[i];
        if (!name->role || strcmp(name->role, role) != 0 || !says_something(name))
            continue;
        if (!begun)
            add_key(out, variable_name(variable));
        buf_add_byte(out, begun ? ',' : '[');
        add_name(out, name);
        begun = true;
    }
    if (begun)
        buf_add_byte(out, ']');
}

static void add_all_names(buf *out, const osler_name_list *names)
{
    for (size_t i = 0; i < names->count; i++) {
        bool again = i && names->items[i].role && names->items[i - 1].role &&
                     strcmp(names->items[i].role, names->items[i - 1].role) == 0;
        if (!again && cited_role(names->items[i].role))
            add_names(out, names, i);
    }
}

/* [2004,6,14]; the season of a range is a month from 21 on, as in EDTF. */
static void add_parts(buf *out, const int *parts, int season)
{
    enum { PARTS = 3, BEFORE_SEASONS = 20 };
    buf_add_byte(out, '[');
    json_add_integer(out, parts[0]);
    if (season && !parts[1]) {
        buf_add_byte(out, ',');
        json_add_integer(out, BEFORE_SEASONS + season);
    }
    for (int i = 1; i < PARTS && parts[i]; i++) {
        buf_add_byte(out, ',');
        json_add_integer(out, parts[i]);
    }
    buf_add_byte(out, ']');
}

static void add_date(buf *out, const char *key, const osler_date *date)
{
    int from[] = {date->year, date->month, date->day};
    int to[] = {date->end_year, date->end_month, date->end_day};
    bool range = date->end_year || date->open_end;
    if (!date->year && !date->text)
        return;
    add_key(out, key);
    buf_add_byte(out, '{');
    if (!date->year) {
        add_member(out, "literal", str_of(date->text));
    } else {
        add_key(out, "date-parts");
        buf_add_byte(out, '[');
        add_parts(out, from, range ? date->season : 0);
        if (range) {
            buf_add_byte(out, ',');
            add_parts(out, to, date->end_season);
        }
        buf_add_byte(out, ']');
    }
    if (date->season && !range) {
        add_key(out, "season");
        json_add_integer(out, date->season);
    }
    add_true(out, "circa", date->circa);
    buf_add_byte(out, '}');
}

static void write_record(buf *out, const osler_record *record)
{
    buf_add_byte(out, '{');
    const char *id = record->key ? record->key : record->pmid ? record->pmid : record->doi;
    add_member(out, "id", str_of(id ? id : record->pmcid));
    add_member(out, "type", str_of(cited_type(record)));
    cited_texts(record, take_text, out);
    add_all_names(out, &record->names);
    for (enum variable v = 1; v < VARIABLE_COUNT; v++) {
        const osler_date *date =
            variable_kind(v) == VARIABLE_KIND_DATE ? cited_date(record, v) : NULL;
        if (date)
            add_date(out, variable_name(v), date);
    }
    buf_add_byte(out, '}');
}

const struct writer writer_csl_json = {
    .write = write_record, .head = "[\n", .between = ",\n", .tail = "\n]\n"};
