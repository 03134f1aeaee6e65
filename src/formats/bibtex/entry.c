/* The fields of an entry: macros replaced, parts joined, what parents lend added. */
#include "base/limits.h"
#include "formats/bibtex/bibtex.h"

#include <string.h>

enum { FIELDS_MOST = 4096, ENTRIES_MOST = 17, NAME_MOST = 64 };

struct macro {
    str name, value;
};

struct piece_reading {
    arena *scratch;
    struct macro *macros;
    size_t macro_count;
    struct bibtex_entry entries[ENTRIES_MOST];
    size_t count;
    bool too_many;
};

static str macro_value(const struct piece_reading *r, str name)
{
    for (size_t i = r->macro_count; i-- > 0;)
        if (str_equal_ignoring_case(r->macros[i].name, name))
            return r->macros[i].value;
    return name;
}

static struct bibtex_field *find(const struct bibtex_entry *entry, str name)
{
    for (size_t i = 0; i < entry->count; i++)
        if (str_equal_ignoring_case(entry->fields[i].name, name))
            return &entry->fields[i];
    return NULL;
}

static void add_field(struct piece_reading *r, struct bibtex_entry *entry, str name, str value)
{
    if (entry->count >= FIELDS_MOST) {
        r->too_many = true;
        return;
    }
    struct bibtex_field *field =
        arena_append(r->scratch, &entry->fields, &entry->count, sizeof *entry->fields);
    field->name = name;
    field->value = value;
}

/* A value of several parts, joined. */
static str join(arena *scratch, str before, str part)
{
    if (!before.length)
        return part;
    if (before.length + part.length > LIMIT_FIELD)
        return before;
    char *both = arena_room(scratch, before.length + part.length);
    memcpy(both, before.data, before.length);
    if (part.length)
        memcpy(both + before.length, part.data, part.length);
    return (str){both, before.length + part.length};
}

/* All fields up to the end of an entry, or the macros of a @string. */
static void read_fields(struct piece_reading *r, struct bibtex_scan *scan,
                        struct bibtex_entry *entry)
{
    enum bibtex_token token;
    while ((token = bibtex_next(scan)) < BIBTEX_END) {
        if (token == BIBTEX_FIELD) {
            add_field(r, entry, scan->value, (str){"", 0});
        } else if (token != BIBTEX_COMMENT && entry->count && !r->too_many) {
            str *value = &entry->fields[entry->count - 1].value;
            str part = token == BIBTEX_BARE ? macro_value(r, scan->value) : scan->value;
            *value = join(r->scratch, *value, part);
        }
    }
}

static void read_piece(struct piece_reading *r, str text)
{
    struct bibtex_scan scan = {.text = text};
    while (r->count < ENTRIES_MOST) {
        scan.at += str_find(str_part(text, scan.at, text.length), '@');
        str word;
        if (scan.at >= text.length || !bibtex_begin(&scan, &word))
            return;
        struct bibtex_entry entry = {.type = word};
        bool macro = str_equal_ignoring_case(word, (str)STR("string"));
        if (!macro && !bibtex_key(&scan, &entry.key))
            return;
        read_fields(r, &scan, &entry);
        for (size_t i = 0; macro && i < entry.count; i++) {
            struct macro *added =
                arena_append(r->scratch, &r->macros, &r->macro_count, sizeof *r->macros);
            *added = (struct macro){entry.fields[i].name, entry.fields[i].value};
        }
        if (!macro)
            r->entries[r->count++] = entry;
    }
}

/* What no entry inherits (biblatex, appendix B). */
static bool stays(str name)
{
    static const char *const own[] = {"ids",           "crossref", "xref",        "xdata",
                                      "entryset",      "label",    "options",     "presort",
                                      "related",       "sortkey",  "shorthand",   "shorthandintro",
                                      "entrysubtype",  "execute",  "relatedtype", "relatedstring",
                                      "relatedoptions"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (str_equal_ignoring_case(name, str_of(own[i])))
            return true;
    return false;
}

static bool is_one_of(str word, const char *const *words)
{
    for (; *words; words++)
        if (str_equal_ignoring_case(word, str_of(*words)))
            return true;
    return false;
}

/* The name under which a field of `parent` comes to `child`; empty when it does not. */
static str inherited_name(const struct bibtex_entry *child, const struct bibtex_entry *parent,
                          str name)
{
    static const char *const whole[] = {"mvbook", "mvcollection", "mvproceedings", "mvreference",
                                        NULL};
    static const char *const volumes[] = {"book", "collection", "proceedings", "reference", NULL};
    static const char *const parts[] = {"inbook",        "bookinbook",     "suppbook",
                                        "incollection",  "suppcollection", "inreference",
                                        "inproceedings", "conference",     NULL};
    static const char *const articles[] = {"article", "suppperiodical", NULL};
    static const char *const titles[] = {"title", "subtitle", "titleaddon", NULL};
    static const char *const short_titles[] = {"shorttitle", "sorttitle", "indextitle",
                                               "indexsorttitle", NULL};
    static const str main_names[] = {STR("maintitle"), STR("mainsubtitle"), STR("maintitleaddon")};
    static const str book_names[] = {STR("booktitle"), STR("booksubtitle"), STR("booktitleaddon")};
    static const str journal_names[] = {STR("journaltitle"), STR("journalsubtitle"),
                                        STR("journaltitleaddon")};
    const str *to = NULL;
    if (is_one_of(parent->type, whole) && !is_one_of(child->type, articles))
        to =
            is_one_of(child->type, volumes) || find(child, book_names[0]) ? main_names : book_names;
    else if (is_one_of(child->type, parts))
        to = book_names;
    else if (is_one_of(child->type, articles))
        to = journal_names;
    if (to && is_one_of(name, short_titles))
        return (str){"", 0};
    for (size_t i = 0; to && titles[i]; i++)
        if (str_equal_ignoring_case(name, str_of(titles[i])))
            return to[i];
    static const char *const in_books[] = {"inbook", "bookinbook", "suppbook", NULL};
    if (str_equal_ignoring_case(name, (str)STR("author")) && is_one_of(child->type, in_books) &&
        find(child, name))
        return (str)STR("bookauthor");
    return name;
}

static bool is_year(str name)
{
    return str_equal_ignoring_case(name, (str)STR("year")) ||
           str_equal_ignoring_case(name, (str)STR("month"));
}

static void inherit(struct piece_reading *r, struct bibtex_entry *child,
                    const struct bibtex_entry *parent, bool data)
{
    for (size_t i = 0; i < parent->count; i++) {
        str name = parent->fields[i].name;
        if (stays(name))
            continue;
        if (!data)
            name = inherited_name(child, parent, name);
        bool dated = is_year(name) && find(child, (str)STR("date"));
        if (name.length && !dated && !find(child, name))
            add_field(r, child, name, parent->fields[i].value);
    }
}

/* True when `key` is among the other keys that an entry says it has. */
static bool is_also_called(const struct bibtex_entry *entry, str key)
{
    const struct bibtex_field *others = find(entry, (str)STR("ids"));
    str rest = others ? others->value : (str){"", 0}, one;
    while (str_next_field(&rest, ',', &one))
        if (str_equal_ignoring_case(str_trim(one), key))
            return true;
    return false;
}

static void resolve(struct piece_reading *r, size_t entry, unsigned depth);

static void resolve_one(struct piece_reading *r, size_t entry, str key, bool data, unsigned depth)
{
    size_t found = 1;
    while (found < r->count &&
           (found == entry || !str_equal_ignoring_case(r->entries[found].key, key)))
        found++;
    for (size_t i = 1; found == r->count && i < r->count; i++)
        if (i != entry && is_also_called(&r->entries[i], key))
            found = i;
    if (found >= r->count)
        return;
    resolve(r, found, depth + 1);
    inherit(r, &r->entries[entry], &r->entries[found], data);
}

/* Add what the parents of an entry lend: first its data containers, then what it refers to. */
static void resolve(struct piece_reading *r, size_t entry, unsigned depth)
{
    struct bibtex_field *data = find(&r->entries[entry], (str)STR("xdata"));
    struct bibtex_field *parent = find(&r->entries[entry], (str)STR("crossref"));
    str rest = data ? data->value : (str){"", 0}, one;
    str key = parent ? str_trim(parent->value) : (str){"", 0};
    if (depth >= ENTRIES_MOST || (data && data->taken) || (parent && parent->taken))
        return;
    if (data)
        data->taken = true; /* each entry is resolved once */
    if (parent)
        parent->taken = true;
    while (str_next_field(&rest, ',', &one))
        resolve_one(r, entry, str_trim(one), true, depth);
    if (key.length)
        resolve_one(r, entry, key, false, depth);
}

bool bibtex_read_entry(arena *scratch, str piece, struct bibtex_entry *out)
{
    struct piece_reading r = {.scratch = scratch};
    read_piece(&r, piece);
    if (!r.count)
        return false;
    resolve(&r, 0, 0);
    for (size_t i = 0; i < r.entries[0].count; i++)
        r.entries[0].fields[i].taken = false;
    *out = r.entries[0];
    return !r.too_many;
}
