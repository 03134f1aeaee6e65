/* What the output formats carry: a walk through records, with the table beside it. */
#include "formats/carried.h"

#include "base/str.h"

#include <stdio.h>
#include <string.h>

const struct carried_row carried_rows[] = {
#define CARRIED(path, what, formats) {path, what, formats},
#include "formats/carried.def"
#undef CARRIED
};
const unsigned carried_row_count = sizeof carried_rows / sizeof *carried_rows;
_Static_assert(sizeof carried_rows / sizeof *carried_rows <= CARRIED_ROWS_MOST, "room for rows");

enum { PATH = 96 };

enum carried_state carried_state_of(const struct carried_row *row, const char *format)
{
    str rest = str_of(row->formats), word, name;
    while (str_next_field(&rest, ' ', &word)) {
        str how = word;
        str_next_field(&how, ':', &name);
        if (!str_is(name, format) && !str_is(name, "*"))
            continue;
        return str_is(how, "first")  ? CARRIED_FIRST
               : str_is(how, "text") ? CARRIED_AS_TEXT
                                     : CARRIED_WHOLE;
    }
    return CARRIED_NOT;
}

const struct carried_row *carried_row_of(const char *path)
{
    for (unsigned i = 0; i < carried_row_count; i++)
        if (strcmp(carried_rows[i].path, path) == 0)
            return &carried_rows[i];
    return NULL;
}

const struct carried_row *carried_row_of_kind(const char *list, const char *kind)
{
    char path[PATH];
    str stem = str_of(kind);
    stem = str_part(stem, 0, str_find(stem, ':'));
    if (stem.length > PATH / 2)
        return NULL;
    snprintf(path, sizeof path, "%s.%.*s", list, STR_ARG(stem));
    return carried_row_of(path);
}

static bool is_leaf(const osler_shape *shape, str name)
{
    for (size_t i = 0; i < shape->count; i++)
        if (str_is(name, shape->fields[i].name))
            return true;
    return false;
}

/* The rows of a list's kinds: those behind its path that name no field of its items. */
static void add_kinds(struct carriage *c, const osler_field *list, const char *path,
                      const char *format)
{
    str stem = str_of(path);
    for (unsigned i = 0; i < carried_row_count; i++) {
        str row = str_of(carried_rows[i].path), name = str_part(row, stem.length + 1, row.length);
        if (!str_starts_with(row, stem) || !name.length || row.data[stem.length] != '.' ||
            str_find(name, '.') < name.length || is_leaf(list->of, name) ||
            c->kind_count == CARRIED_KINDS_MOST)
            continue;
        c->kinds[c->kind_count++] = (struct carried_kind){
            .list = list,
            .kind = name.data,
            .row = (short)i,
            .state = (unsigned char)carried_state_of(&carried_rows[i], format),
        };
    }
}

/* The nodes of a shape stand together, those of the shapes inside it behind them. */
static void add_nodes(struct carriage *c, const osler_shape *shape, const char *prefix,
                      const char *format)
{
    char path[PATH];
    unsigned first = c->count;
    if (first + shape->count > CARRIED_NODES_MOST)
        return;
    c->count += (unsigned)shape->count;
    for (unsigned i = 0; i < shape->count; i++) {
        const osler_field *field = &shape->fields[i];
        struct carried_node *node = &c->nodes[first + i];
        snprintf(path, sizeof path, "%s%s%s", prefix, *prefix ? "." : "", field->name);
        const struct carried_row *row = carried_row_of(path);
        *node = (struct carried_node){
            .field = field,
            .row = row ? (short)(row - carried_rows) : (short)-1,
            .state = (unsigned char)(row ? carried_state_of(row, format) : CARRIED_WHOLE),
        };
        if (field->kind != OSLER_MANY)
            continue;
        unsigned before = c->kind_count;
        add_kinds(c, field, path, format);
        node->has_kinds = c->kind_count > before;
        node->first = c->count;
        add_nodes(c, field->of, path, format);
        node->count = c->count > node->first ? (unsigned)field->of->count : 0;
    }
}

void carriage_open(struct carriage *c, const char *format)
{
    *c = (struct carriage){.top = (unsigned)osler_record_shape()->count};
    add_nodes(c, osler_record_shape(), "", format);
}

/* A walk through one record. */
struct walk {
    const struct carriage *carriage;
    const osler_record *record;
    struct carried_tally *tally;
};

static bool is(const char *text, const char *other)
{
    return text && other && strcmp(text, other) == 0;
}

/* An identifier that the record has in a field of its own is told there. */
static bool is_told(const struct walk *w, const osler_field *list, const char *item)
{
    const osler_record *r = w->record;
    if ((const char *)r + list->offset != (const char *)&r->identifiers)
        return false;
    const osler_identifier *id = (const void *)item;
    return is(id->value, r->pmid) || is(id->value, r->doi) || is(id->value, r->pmcid) ||
           is(id->value, r->pii);
}

static const struct carried_kind *kind_of(const struct walk *w, const osler_field *list,
                                          const char *item)
{
    const struct carriage *c = w->carriage;
    str kind = str_of(*(const char *const *)(const void *)item);
    kind = str_part(kind, 0, str_find(kind, ':'));
    for (unsigned i = 0; i < c->kind_count; i++)
        if (c->kinds[i].list == list && str_is(kind, c->kinds[i].kind))
            return &c->kinds[i];
    return NULL;
}

static void count_fields(const struct walk *w, unsigned first, unsigned count, const char *value,
                         size_t index);

static void count_items(const struct walk *w, const struct carried_node *node, const char *member)
{
    osler_text_list list; /* all lists are laid out alike */
    memcpy(&list, member, sizeof list);
    const char *items = (const void *)list.items;
    const osler_field *field = node->field;
    for (size_t i = 0; i < list.count; i++) {
        const char *item = items + i * field->of->size;
        if (is_told(w, field, item))
            continue;
        const struct carried_kind *kind = node->has_kinds ? kind_of(w, field, item) : NULL;
        enum carried_state state = kind ? kind->state : node->state;
        short row = kind ? kind->row : node->row;
        if (row >= 0 && (state == CARRIED_NOT || (state == CARRIED_FIRST && i)))
            w->tally->counts[row]++;
        else
            count_fields(w, node->first, node->count, item, i);
    }
}

/* How many values a field has, for fields that are no lists of items. */
static size_t values_of(const osler_field *field, const char *member)
{
    osler_text_list list;
    switch (field->kind) {
    case OSLER_TEXT:
    case OSLER_MARKUP: return *(const char *const *)(const void *)member != NULL;
    case OSLER_NUMBER: return *(const int *)(const void *)member != 0;
    case OSLER_FLAG: return *(const bool *)member;
    case OSLER_TEXTS: memcpy(&list, member, sizeof list); return list.count;
    case OSLER_MANY: break;
    }
    return 0;
}

static void count_fields(const struct walk *w, unsigned first, unsigned count, const char *value,
                         size_t index)
{
    for (unsigned i = 0; i < count; i++) {
        const struct carried_node *node = &w->carriage->nodes[first + i];
        const char *member = value + node->field->offset;
        if (node->field->kind == OSLER_MANY) {
            count_items(w, node, member);
            continue;
        }
        if (node->row < 0 || node->state == CARRIED_WHOLE || node->state == CARRIED_AS_TEXT)
            continue;
        size_t values = values_of(node->field, member);
        bool kept = node->state == CARRIED_FIRST && !index;
        if (values)
            w->tally->counts[node->row] += kept ? values - 1 : values;
    }
}

void carriage_count(const struct carriage *c, const osler_record *record,
                    struct carried_tally *tally)
{
    struct walk walk = {c, record, tally};
    count_fields(&walk, 0, c->top, (const char *)record, 0);
}

void carried_add(struct carried_tally *to, const struct carried_tally *from)
{
    for (unsigned i = 0; i < carried_row_count; i++)
        to->counts[i] += from->counts[i];
}

size_t carried_tell(const struct carried_tally *tally, osler_left_out *out)
{
    size_t count = 0;
    for (unsigned i = 0; i < carried_row_count; i++) {
        size_t k = 0;
        if (!tally->counts[i])
            continue;
        while (k < count && strcmp(out[k].what, carried_rows[i].what) != 0)
            k++;
        if (k == count)
            out[count++] = (osler_left_out){carried_rows[i].what, 0};
        out[k].count += tally->counts[i];
    }
    return count;
}
