/* Reading integrity flags from publication types, links between records, the title and history. */
#include "appraise/flags.h"

#include "base/buf.h"
#include "base/fold.h"
#include "record/record.h"

#include <string.h>

static const struct {
    const char *ui, *name, *flag;
} types[] = {
#define TYPE_FLAG(ui, name, flag) {ui, name, flag},
#include "appraise/flags.def"
};

static const struct {
    const char *type, *flag, *target;
} links[] = {
#define LINK_FLAG(type, flag, target) {type, flag, target},
#include "appraise/flags.def"
};

static const struct {
    const char *start, *flag;
} starts[] = {
#define TITLE_FLAG(start, flag) {start, flag},
#include "appraise/flags.def"
};

/* Preprint servers, for sources that give no publication types. */
static const char *const servers[] = {
    "medrxiv",       "biorxiv",       "arxiv",   "research square", "ssrn electronic journal",
    "preprints.org", "osf preprints", "psyarxiv"};

struct collector {
    arena *memory;
    osler_flag_list *out;
    const osler_record *record;
};

/* The first reason stands; a later one may add the other record's number. */
static void add(struct collector *c, const char *name, const char *pmid, const char *reason)
{
    for (size_t i = 0; i < c->out->count; i++) {
        osler_flag *f = &c->out->items[i];
        if (strcmp(f->name, name) != 0)
            continue;
        if (!f->pmid && pmid) {
            f->pmid = arena_copy(c->memory, str_of(pmid));
            f->reason = arena_copy(c->memory, str_of(reason));
        }
        return;
    }
    osler_flag *f = RECORD_ADD(c->memory, c->out);
    *f = (osler_flag){.name = name,
                      .pmid = pmid ? arena_copy(c->memory, str_of(pmid)) : NULL,
                      .reason = arena_copy(c->memory, str_of(reason))};
}

static bool is_type(const osler_publication_type *t, const char *ui, const char *name)
{
    if (t->ui && *t->ui)
        return strcmp(t->ui, ui) == 0;
    return t->name && str_equal_ignoring_case(str_of(t->name), str_of(name));
}

static void read_types(struct collector *c)
{
    buf reason = {0};
    for (size_t i = 0; i < c->record->publication_types.count; i++) {
        const osler_publication_type *t = &c->record->publication_types.items[i];
        for (size_t k = 0; k < sizeof types / sizeof *types; k++) {
            if (!is_type(t, types[k].ui, types[k].name))
                continue;
            buf_clear(&reason);
            buf_printf(&reason, "PT %s", types[k].ui);
            add(c, types[k].flag, NULL, buf_text(&reason));
        }
    }
    buf_free(&reason);
}

/* "RetractionIn: J Test. 2020;1:1. PMID: 123. Partial retraction". */
static void describe(buf *b, const osler_correction *link)
{
    buf_clear(b);
    buf_add_text(b, link->type);
    const char *const parts[] = {link->source, link->note};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!parts[i])
            continue;
        buf_add_text(b, i == 0 ? ": " : "; ");
        buf_add_text(b, parts[i]);
    }
}

/* The digits of a number, or NULL: what a link points to is checked before it becomes a key. */
static const char *pmid_of(const osler_correction *link, const osler_record *record)
{
    unsigned long number;
    if (!link->pmid || !str_number(str_of(link->pmid), &number) || number == 0)
        return NULL;
    return record->pmid && strcmp(record->pmid, link->pmid) == 0 ? NULL : link->pmid;
}

static void read_links(struct collector *c)
{
    buf reason = {0};
    for (size_t i = 0; i < c->record->corrections.count; i++) {
        const osler_correction *link = &c->record->corrections.items[i];
        for (size_t k = 0; link->type && k < sizeof links / sizeof *links; k++) {
            if (!*links[k].flag || strcmp(link->type, links[k].type) != 0)
                continue;
            describe(&reason, link);
            add(c, links[k].flag, pmid_of(link, c->record), buf_text(&reason));
        }
    }
    buf_free(&reason);
}

static bool begins_with(str title, str start)
{
    if (!str_starts_with(title, start))
        return false;
    bool bounded = !char_is_letter(start.data[start.length - 1]);
    return bounded || title.length == start.length || !char_is_letter(title.data[start.length]);
}

/* False when no row begins as the title does, in its first letters: most titles are read no
 * further.
 */
static bool may_begin(str title)
{
    enum { LETTERS = 3 };
    char head[LETTERS + 1] = "";
    for (size_t i = 0; i < sizeof head && i < title.length; i++) {
        head[i] = char_lower(title.data[i]);
        if ((unsigned char)head[i] >= 0x80 || head[i] == '<' || head[i] == '&')
            return true;
    }
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (memcmp(head, starts[i].start, LETTERS) == 0 ||
            (head[0] == '[' && memcmp(head + 1, starts[i].start, LETTERS) == 0))
            return true;
    return false;
}

static bool is_cochrane(const osler_record *record)
{
    const char *names[] = {record->container_title, record->container_title_medline,
                           record->container_title_iso};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i] && str_contains_ignoring_case(str_of(names[i]), str_of("cochrane")))
            return true;
    return false;
}

static void read_title(struct collector *c)
{
    const char *title = osler_record_title(c->record);
    if (!title || !may_begin(str_trim(str_of(title))))
        return;
    buf plain = {0}, folded = {0};
    markup_add_text(&plain, str_of(title));
    fold_add(&folded, str_trim(buf_str(&plain)));
    str start = buf_str(&folded);
    /* a translated title stands in brackets; "[Retracted] ..." has a row of its own */
    str inner = start.length && start.data[0] == '[' ? str_part(start, 1, start.length) : start;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        str row = str_of(starts[i].start);
        if (!begins_with(start, row) && !begins_with(inner, row))
            continue;
        /* outside Cochrane, which withdraws what is out of date, withdrawn means retracted */
        bool withdrawn = strcmp(starts[i].flag, "withdrawn") == 0;
        const char *flag = withdrawn && !is_cochrane(c->record) ? "retracted" : starts[i].flag;
        buf_clear(&plain);
        buf_printf(&plain, "title begins \"%s\"", starts[i].start);
        add(c, flag, NULL, buf_text(&plain));
        break;
    }
    buf_free(&plain);
    buf_free(&folded);
}

static void read_journal(struct collector *c)
{
    const char *journal = c->record->container_title;
    for (size_t i = 0; journal && i < sizeof servers / sizeof *servers; i++)
        if (str_starts_with_ignoring_case(str_of(journal), str_of(servers[i])))
            add(c, "preprint", NULL, "the journal is a preprint server");
}

void flags_of(arena *memory, osler_flag_list *out, const osler_record *record)
{
    struct collector c = {memory, out, record};
    read_types(&c);
    read_links(&c);
    read_title(&c);
    read_journal(&c);
    if (osler_record_date(record, "history:retracted"))
        add(&c, "retracted", NULL, "history: retracted");
}

void appraise_statements(arena *memory, appraise_statement_list *out, const osler_record *record)
{
    buf reason = {0};
    for (size_t i = 0; i < record->corrections.count; i++) {
        const osler_correction *link = &record->corrections.items[i];
        const char *pmid = pmid_of(link, record);
        for (size_t k = 0; link->type && pmid && k < sizeof links / sizeof *links; k++) {
            if (!*links[k].target || strcmp(link->type, links[k].type) != 0)
                continue;
            buf_clear(&reason);
            buf_printf(&reason, "%s of PMID %s", link->type, record->pmid ? record->pmid : "?");
            appraise_statement *s = RECORD_ADD(memory, out);
            *s = (appraise_statement){
                .pmid = arena_copy(memory, str_of(pmid)),
                .flag = links[k].target,
                .by_pmid = record->pmid ? arena_copy(memory, str_of(record->pmid)) : NULL,
                .reason = arena_copy(memory, buf_str(&reason))};
        }
    }
    buf_free(&reason);
}
