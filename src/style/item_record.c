/*
 * The item of a record: a table says which field becomes which variable.
 *
 * What is PubMed's habit and no part of the work is left out: the period that it puts behind every
 * title.  Translated titles keep their brackets, as NLM prints them in its own citations; the
 * title in the language of the work is original-title.
 */
#include "base/buf.h"
#include "base/utf8.h"
#include "record/record.h"
#include "style/item.h"

#include <stddef.h>

/* What happens to a field on its way. */
enum change {
    AS_IT_IS, /* a plain text */
    AS_PAGES, /* a plain text with ASCII hyphens */
    FIRST,    /* the first of a list of texts */
    JOINED,   /* all of a list of texts, with ", " between them */
};

static const struct rule {
    enum variable variable;
    enum change change;
    size_t offset;
} rules[] = {
#define FIELD(variable, change, member)                                                            \
    {                                                                                              \
        VARIABLE_##variable, change, offsetof(osler_record, member)                                \
    }
    FIELD(PMID, AS_IT_IS, pmid),
    FIELD(PMCID, AS_IT_IS, pmcid),
    FIELD(DOI, AS_IT_IS, doi),
    FIELD(CITATION_KEY, AS_IT_IS, key),
    FIELD(ISSN, AS_IT_IS, issn),
    FIELD(ISBN, JOINED, isbn),
    FIELD(CONTAINER_TITLE, AS_IT_IS, container_title),
    FIELD(CONTAINER_TITLE_SHORT, AS_IT_IS, container_title_medline),
    FIELD(COLLECTION_TITLE, AS_IT_IS, collection_title),
    FIELD(VOLUME, AS_IT_IS, volume),
    FIELD(ISSUE, AS_IT_IS, issue),
    FIELD(PAGE, AS_PAGES, pages),
    FIELD(PAGE_FIRST, AS_IT_IS, page_first),
    FIELD(NUMBER, AS_IT_IS, report_number),
    FIELD(NUMBER, AS_IT_IS, article_number), /* before that of a report */
    FIELD(EDITION, AS_IT_IS, edition),
    FIELD(PUBLISHER, AS_IT_IS, publisher),
    FIELD(PUBLISHER_PLACE, AS_IT_IS, publisher_place),
    FIELD(MEDIUM, AS_IT_IS, medium),
    FIELD(NOTE, JOINED, notes),
    FIELD(URL, FIRST, urls),
    FIELD(SOURCE, AS_IT_IS, database),
#undef FIELD
};

static bool is(const char *text, const char *expected)
{
    return text && strcmp(text, expected) == 0;
}

struct making {
    arena *memory;
    struct item *item;
    buf work; /* for texts in the making */
};

/* Tags of Osler's markup that CSL has; <u> it has not. */
static size_t kept_tag(str markup)
{
    static const str tags[] = {STR("<i>"),    STR("</i>"),   STR("<b>"),
                               STR("</b>"),   STR("<sub>"),  STR("</sub>"),
                               STR("<sup>"),  STR("</sup>"), STR("<span class=\"nocase\">"),
                               STR("</span>")};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (str_starts_with(markup, tags[i]))
            return tags[i].length;
    return 0;
}

/* Osler's markup as CSL's rich text: without entities, in `m->work` when there is any. */
static str rich(struct making *m, str markup)
{
    if (str_find(markup, '&') == markup.length && str_find(markup, '<') == markup.length)
        return markup;
    buf_clear(&m->work);
    while (markup.length) {
        size_t plain = 0;
        while (plain < markup.length && markup.data[plain] != '<')
            plain++;
        markup_add_text(&m->work, str_part(markup, 0, plain));
        markup = str_part(markup, plain, markup.length);
        if (!markup.length)
            break;
        size_t tag = kept_tag(markup), end = str_find(markup, '>');
        buf_add(&m->work, str_part(markup, 0, tag));
        markup = str_part(markup, end + 1, markup.length);
    }
    return buf_str(&m->work);
}

static void set_text(struct making *m, enum variable variable, str text)
{
    if (text.length)
        item_set_text(m->memory, m->item, variable, text);
}

static str joined(struct making *m, const osler_text_list *list)
{
    buf_clear(&m->work);
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            buf_add_text(&m->work, ", ");
        buf_add_text(&m->work, list->items[i]);
    }
    return buf_str(&m->work);
}

/* Pages with the ASCII hyphen: dashes of Unicode (U+2010 to U+2015, U+2212) become one. */
static str pages(struct making *m, str printed)
{
    if (str_find(printed, '\xE2') == printed.length)
        return printed;
    buf_clear(&m->work);
    for (size_t at = 0, length; at < printed.length; at += length) {
        uint32_t c = utf8_decode(str_part(printed, at, printed.length), &length);
        if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
            buf_add_byte(&m->work, '-');
        else
            buf_add(&m->work, str_part(printed, at, length));
    }
    return buf_str(&m->work);
}

static void follow_rules(struct making *m, const osler_record *record)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const void *member = (const char *)record + rules[i].offset;
        const osler_text_list *list = member;
        const char *const *text = member;
        switch (rules[i].change) {
        case AS_IT_IS: set_text(m, rules[i].variable, str_of(*text)); break;
        case AS_PAGES: set_text(m, rules[i].variable, pages(m, str_of(*text))); break;
        case FIRST:
            if (list->count)
                set_text(m, rules[i].variable, str_of(list->items[0]));
            break;
        case JOINED:
            if (list->count)
                set_text(m, rules[i].variable, joined(m, list));
            break;
        }
    }
}

/* True for "U.S.", "Ph.D.", "e.g.": groups of one or two letters with a stop behind each. */
static bool is_initialism(str word)
{
    enum { LONGEST_GROUP = 2 };
    size_t letters = 0, groups = 0;
    for (size_t i = 0; i < word.length; i++) {
        if (char_is_letter(word.data[i])) {
            letters++;
        } else if (word.data[i] == '.' && letters) {
            groups++;
            letters = 0;
        } else {
            return false;
        }
        if (letters > LONGEST_GROUP)
            return false;
    }
    return groups > 1;
}

/* True when the period at the end belongs to the last word: "U.S.", "et al.", "...". */
static bool period_is_of_word(str title)
{
    static const char *const shortened[] = {"al.",    "etc.", "Inc.", "Ltd.", "Co.",
                                            "Corp.",  "Jr.",  "Sr.",  "sp.",  "spp.",
                                            "subsp.", "var.", "nov.", "..."};
    size_t start = title.length;
    while (start && title.data[start - 1] != ' ' && title.data[start - 1] != '(' &&
           title.data[start - 1] != '>')
        start--;
    str word = str_part(title, start, title.length);
    for (size_t i = 0; i < sizeof shortened / sizeof *shortened; i++)
        if (str_is(word, shortened[i]))
            return true;
    return is_initialism(word) ||
           (title.length > 3 && str_is(str_part(title, title.length - 3, 3), "..."));
}

/* The length of the closing tags at the end of `title`. */
static size_t closing_tags(str title)
{
    size_t end = title.length;
    while (end && title.data[end - 1] == '>') {
        size_t start = end - 1;
        while (start && title.data[start] != '<')
            start--;
        if (start + 1 >= end || title.data[start] != '<' || title.data[start + 1] != '/')
            break;
        end = start;
    }
    return title.length - end;
}

/* The title without the period that PubMed puts behind every title. */
static str without_period(struct making *m, str title)
{
    size_t tags = closing_tags(title);
    str body = str_part(title, 0, title.length - tags);
    if (!body.length || body.data[body.length - 1] != '.' || period_is_of_word(body))
        return title;
    char *copy = arena_room(m->memory, title.length);
    memcpy(copy, body.data, body.length - 1);
    memcpy(copy + body.length - 1, title.data + body.length, tags);
    return (str){copy, title.length - 1};
}

static void set_title(struct making *m, const osler_record *record, enum variable variable,
                      const char *markup)
{
    str title = rich(m, str_of(markup));
    set_text(m, variable, record->pmid ? without_period(m, title) : title);
}

static void set_titles(struct making *m, const osler_record *record)
{
    const char *title = osler_record_title(record);
    set_title(m, record, VARIABLE_TITLE, title ? title : record->book_title);
    set_title(m, record, VARIABLE_ORIGINAL_TITLE, record->vernacular_title);
    if (!record->container_title && is(record->csl_type, "chapter"))
        set_text(m, VARIABLE_CONTAINER_TITLE, rich(m, str_of(record->book_title)));
}

static void set_date(struct making *m, enum variable variable, const osler_date *date)
{
    if (!date)
        return;
    struct item_date out = {
        .from = {date->year, date->month, date->day, date->season},
        .to = {date->end_year, date->end_month, date->end_day, date->end_season},
    };
    if (!date->year && date->text && !item_date_parse(m->memory, &out, str_of(date->text)))
        out.literal = str_of(date->text);
    item_set_date(m->memory, m->item, variable, &out);
}

static void set_dates(struct making *m, const osler_record *record)
{
    const osler_date *issued = osler_record_date(record, "issued");
    const osler_date *electronic = osler_record_date(record, "epublished");
    set_date(m, VARIABLE_ISSUED, issued ? issued : electronic);
    set_date(m, VARIABLE_AVAILABLE_DATE, electronic);
}

/* `markup` as rich text that stays. */
static str kept(struct making *m, const char *markup)
{
    str text = rich(m, str_of(markup));
    if (text.length && text.data == m->work.data)
        text.data = arena_copy(m->memory, text);
    return text;
}

static struct item_name name_of(struct making *m, const osler_name *name)
{
    if (name->collective)
        return (struct item_name){.literal = kept(m, name->collective)};
    struct item_name out = {
        .family = kept(m, name->family),
        .given = str_of(name->given ? name->given : name->initials),
        .suffix = kept(m, name->suffix),
        .dropping_particle = str_of(name->dropping_particle),
        .non_dropping_particle = str_of(name->non_dropping_particle),
    };
    item_name_parse(m->memory, &out);
    return out;
}

static enum variable variable_of_role(const char *role)
{
    enum variable variable = variable_of(str_of(role));
    return variable_kind(variable) == VARIABLE_KIND_NAMES ? variable : VARIABLE_NONE;
}

/* The names of each role, in printed order. */
static void set_names(struct making *m, const osler_record *record)
{
    bool done[VARIABLE_COUNT] = {[VARIABLE_NONE] = true};
    const osler_name *all = record->names.items;
    size_t count = record->names.count;
    struct item_name *items = arena_room(m->memory, count * sizeof *items);
    for (size_t first = 0; first < count; first++) {
        if (first && is(all[first].role, all[first - 1].role ? all[first - 1].role : ""))
            continue;
        enum variable variable = variable_of_role(all[first].role);
        if (done[variable])
            continue;
        done[variable] = true;
        size_t used = 0;
        for (size_t i = first; i < count; i++)
            if (!all[i].superseded && is(all[i].role, all[first].role))
                items[used++] = name_of(m, &all[i]);
        item_set_names(m->memory, m->item, variable, (struct item_names){items, used});
    }
}

static const struct {
    char part_2[4], part_1[3];
} languages[] = {
#define LANGUAGE(part_2, part_1) {part_2, part_1},
#include "style/languages.def"
#undef LANGUAGE
};

/* ISO 639-1 for the three letters of ISO 639-2; other texts as they are. */
static str short_language(str code)
{
    if (code.length != 3)
        return code;
    for (size_t low = 0, high = sizeof languages / sizeof *languages; low < high;) {
        size_t middle = (low + high) / 2;
        int order = memcmp(code.data, languages[middle].part_2, 3);
        if (order == 0)
            return (str){languages[middle].part_1, 2};
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return code;
}

static void set_language(struct making *m, const osler_record *record)
{
    if (!record->languages.count)
        return;
    str code = short_language(str_of(record->languages.items[0]));
    if (str_is(code, "und") || str_is(code, "mul"))
        return;
    set_text(m, VARIABLE_LANGUAGE, code);
    m->item->language = item_text(m->item, VARIABLE_LANGUAGE);
}

static void set_abstract(struct making *m, const osler_record *record)
{
    buf text = {0};
    for (size_t i = 0; i < record->abstract.count; i++) {
        const osler_section *section = &record->abstract.items[i];
        if (text.length)
            buf_add_byte(&text, ' ');
        if (section->label)
            buf_printf(&text, "%s: ", section->label);
        buf_add(&text, rich(m, str_of(section->text)));
    }
    set_text(m, VARIABLE_ABSTRACT, buf_str(&text));
    buf_free(&text);
}

static void set_keywords(struct making *m, const osler_record *record)
{
    buf text = {0};
    for (size_t i = 0; i < record->keywords.count; i++) {
        if (text.length)
            buf_add_text(&text, ", ");
        buf_add(&text, rich(m, str_of(record->keywords.items[i].text)));
    }
    set_text(m, VARIABLE_KEYWORD, buf_str(&text));
    buf_free(&text);
}

static bool has_type(const osler_record *record, const char *ui, const char *name)
{
    for (size_t i = 0; i < record->publication_types.count; i++) {
        const osler_publication_type *type = &record->publication_types.items[i];
        if (type->ui ? is(type->ui, ui) : is(type->name, name))
            return true;
    }
    return false;
}

/* The type of the work, and what kind of it. */
static void set_type(struct making *m, const osler_record *record)
{
    m->item->type = work_type_of(str_of(record->csl_type));
    if (!has_type(record, "D000076942", "Preprint"))
        return;
    m->item->type = TYPE_ARTICLE;
    set_text(m, VARIABLE_GENRE, (str)STR("preprint"));
}

/* What links to other records say of this one, the gravest first. */
static const struct {
    const char *type, *mark;
} warnings[] = {
    {"RetractionIn", "RETRACTED: "},
    {"RetractedandRepublishedIn", "RETRACTED: "},
    {"PartialRetractionIn", "PARTIALLY RETRACTED: "},
    {"ExpressionOfConcernIn", "EXPRESSION OF CONCERN: "},
};

/* What a reader must be told before anything else. */
static const char *mark_of(const osler_record *record)
{
    size_t gravest = sizeof warnings / sizeof *warnings;
    if (has_type(record, "D016441", "Retracted Publication"))
        return warnings[0].mark;
    for (size_t i = 0; i < record->corrections.count; i++) {
        const char *type = record->corrections.items[i].type;
        if (!type || *type == 'C') /* Cites and CommentOn are most of them */
            continue;
        for (size_t w = 0; w < gravest; w++)
            if (is(type, warnings[w].type))
                gravest = w;
    }
    return gravest < sizeof warnings / sizeof *warnings ? warnings[gravest].mark : NULL;
}

void item_from_record(arena *memory, struct item *out, const osler_record *record)
{
    struct making m = {memory, out, {0}};
    *out = (struct item){.id = ""};
    out->id = record->key ? record->key : record->pmid ? record->pmid : record->doi;
    out->id = arena_copy(memory, str_of(out->id));
    follow_rules(&m, record);
    set_type(&m, record);
    set_titles(&m, record);
    set_dates(&m, record);
    set_names(&m, record);
    set_language(&m, record);
    set_abstract(&m, record);
    set_keywords(&m, record);
    out->mark = mark_of(record);
    buf_free(&m.work);
}
