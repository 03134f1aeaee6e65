/*
 * From the fields of a record to the variables of CSL: a table says which becomes which.
 *
 * What is PubMed's habit and no part of the work is left out: the period that it puts behind every
 * title, its general notes, the medium of a journal.  Translated titles keep their brackets, as
 * NLM prints them in its own citations; the title in the language of the work is original-title.
 */
#include "record/cited.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "record/record.h"

#include <stddef.h>

/* What happens to a field on its way. */
enum change {
    AS_IT_IS, /* a plain text */
    AS_PAGES, /* with ASCII hyphens */
    AS_CODE,  /* the first of a list of languages, shorter */
    FIRST,    /* of a list of texts */
    JOINED,   /* all of a list of texts, with ", " between them */
    OWN,      /* what is not PubMed's, of a list of texts */
    PRINTED,  /* unless it is PubMed's */
};

/* Where two rows have the same variable, the first one that has a value counts. */
static const struct row {
    enum variable variable;
    enum change change;
    size_t offset;
} rows[] = {
#define FIELD(variable, change, member)                                                            \
    {                                                                                              \
        VARIABLE_##variable, change, offsetof(osler_record, member)                                \
    }
    FIELD(CONTAINER_TITLE, AS_IT_IS, container_title),
    FIELD(CONTAINER_TITLE_SHORT, AS_IT_IS, container_title_medline),
    FIELD(CONTAINER_TITLE_SHORT, AS_IT_IS, container_title_iso),
    FIELD(COLLECTION_TITLE, AS_IT_IS, collection_title),
    FIELD(VOLUME, AS_IT_IS, volume),
    FIELD(ISSUE, AS_IT_IS, issue),
    FIELD(PAGE, AS_PAGES, pages),
    FIELD(NUMBER, AS_IT_IS, article_number),
    FIELD(NUMBER, AS_IT_IS, report_number),
    FIELD(EDITION, AS_IT_IS, edition),
    FIELD(PUBLISHER, AS_IT_IS, publisher),
    FIELD(PUBLISHER_PLACE, AS_IT_IS, publisher_place),
    FIELD(MEDIUM, PRINTED, medium),
    FIELD(LANGUAGE, AS_CODE, languages),
    FIELD(DOI, AS_IT_IS, doi),
    FIELD(PMID, AS_IT_IS, pmid),
    FIELD(PMCID, AS_IT_IS, pmcid),
    FIELD(ISSN, AS_IT_IS, issn),
    FIELD(ISBN, JOINED, isbn),
    FIELD(URL, FIRST, urls),
    FIELD(SOURCE, AS_IT_IS, database),
    FIELD(NOTE, OWN, notes),
#undef FIELD
};

/* Handing on, each variable once. */
struct taking {
    const osler_record *record;
    void (*take)(void *context, enum variable variable, str text);
    void *context;
    bool pubmed; /* the record comes from PubMed, not from someone's list */
    bool taken[VARIABLE_COUNT];
    buf work;
};

static bool is(const char *text, const char *expected)
{
    return text && strcmp(text, expected) == 0;
}

/* True for a record as PubMed has it; those of other lists have a key. */
static bool is_pubmeds(const osler_record *record)
{
    return (record->pmid || record->pmcid) && !record->key;
}

static void hand_on(struct taking *t, enum variable variable, str text)
{
    if (t->taken[variable] || !text.length)
        return;
    t->taken[variable] = true;
    t->take(t->context, variable, text);
}

/* Markup as rich text, in t->work where it is another. */
static str rich(struct taking *t, str markup)
{
    if (str_find(markup, '&') == markup.length && str_find(markup, '<') == markup.length)
        return markup;
    buf_clear(&t->work);
    markup_add_rich(&t->work, markup);
    return buf_str(&t->work);
}

/* Pages with the ASCII hyphen: dashes of Unicode (U+2010 to U+2015, U+2212) become one. */
static str pages(struct taking *t, str printed)
{
    if (str_find(printed, '\xE2') == printed.length)
        return printed;
    buf_clear(&t->work);
    for (size_t at = 0, length; at < printed.length; at += length) {
        uint32_t c = utf8_decode(str_part(printed, at, printed.length), &length);
        if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
            buf_add_byte(&t->work, '-');
        else
            buf_add(&t->work, str_part(printed, at, length));
    }
    return buf_str(&t->work);
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
static str without_period(struct taking *t, str title)
{
    size_t tags = closing_tags(title);
    str body = str_part(title, 0, title.length - tags);
    if (!body.length || body.data[body.length - 1] != '.' || period_is_of_word(body))
        return title;
    if (!tags)
        return str_part(title, 0, title.length - 1);
    buf shorter = {0}; /* the title may stand in t->work */
    buf_add(&shorter, str_part(body, 0, body.length - 1));
    buf_add(&shorter, str_part(title, body.length, tags));
    buf_clear(&t->work);
    buf_add(&t->work, buf_str(&shorter));
    buf_free(&shorter);
    return buf_str(&t->work);
}

static const struct {
    char part_2[4], part_1[3];
} languages[] = {
#define LANGUAGE(part_2, part_1) {part_2, part_1},
#include "record/languages.def"
#undef LANGUAGE
};

str cited_language(str code)
{
    if (str_is(code, "und") || str_is(code, "mul"))
        return (str){NULL, 0};
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

static str joined(struct taking *t, const osler_text_list *list)
{
    buf_clear(&t->work);
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            buf_add_text(&t->work, ", ");
        buf_add_text(&t->work, list->items[i]);
    }
    return buf_str(&t->work);
}

static str changed(struct taking *t, const struct row *row)
{
    const void *member = (const char *)t->record + row->offset;
    const osler_text_list *list = member;
    const char *const *text = member;
    str code;
    switch (row->change) {
    case AS_IT_IS: return str_of(*text);
    case PRINTED: return str_of(t->pubmed ? NULL : *text);
    case AS_PAGES: return t->pubmed ? pages(t, str_of(*text)) : str_of(*text);
    case AS_CODE:
        code = str_of(list->count ? list->items[0] : NULL);
        return t->pubmed ? cited_language(code) : code;
    case FIRST: return str_of(list->count ? list->items[0] : NULL);
    case OWN: return t->pubmed ? (str){NULL, 0} : joined(t, list);
    case JOINED: return joined(t, list);
    }
    return (str){NULL, 0};
}

static void take_title(struct taking *t, enum variable variable, const char *markup)
{
    str title = rich(t, str_of(markup));
    hand_on(t, variable, t->pubmed ? without_period(t, title) : title);
}

static void take_titles(struct taking *t)
{
    const osler_record *record = t->record;
    bool own = record->key && !record->title;
    take_title(t, VARIABLE_TITLE, own ? record->book_title : osler_record_title(record));
    take_title(t, VARIABLE_ORIGINAL_TITLE, record->vernacular_title);
    if (!record->container_title && is(record->csl_type, "chapter"))
        hand_on(t, VARIABLE_CONTAINER_TITLE, rich(t, str_of(record->book_title)));
}

static void take_abstract(struct taking *t)
{
    const osler_record *record = t->record;
    buf text = {0};
    for (size_t i = 0; i < record->abstract.count; i++) {
        const osler_section *section = &record->abstract.items[i];
        if (text.length)
            buf_add_byte(&text, ' ');
        if (section->label) {
            buf_add_text(&text, section->label);
            buf_add_text(&text, ": ");
        }
        buf_add(&text, rich(t, str_of(section->text)));
    }
    hand_on(t, VARIABLE_ABSTRACT, buf_str(&text));
    buf_clear(&text);
    for (size_t i = 0; i < record->keywords.count; i++) {
        if (text.length)
            buf_add_text(&text, ", ");
        buf_add(&text, rich(t, str_of(record->keywords.items[i].text)));
    }
    hand_on(t, VARIABLE_KEYWORD, buf_str(&text));
    buf_free(&text);
}

/* What has no field of its own stands among the extras under CSL's name. */
static void take_extras(struct taking *t)
{
    for (size_t i = 0; i < t->record->extras.count; i++) {
        const osler_extra *extra = &t->record->extras.items[i];
        enum variable variable = variable_of(str_of(extra->tag));
        enum variable_kind kind = variable_kind(variable);
        if (kind == VARIABLE_KIND_TEXT || kind == VARIABLE_KIND_NUMBER)
            hand_on(t, variable, str_of(extra->value));
    }
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
const char *cited_mark(const osler_record *record)
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

static bool is_preprint(const osler_record *record)
{
    return is_pubmeds(record) && has_type(record, "D000076942", "Preprint");
}

const char *cited_type(const osler_record *record)
{
    return is_preprint(record) ? "article" : record->csl_type;
}

void cited_texts(const osler_record *record,
                 void (*take)(void *context, enum variable variable, str text), void *context)
{
    struct taking t = {.record = record,
                       .take = take,
                       .context = context,
                       .pubmed = is_pubmeds(record),
                       .taken = {[VARIABLE_NONE] = true}};
    take_titles(&t);
    take_extras(&t);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!t.taken[rows[i].variable])
            hand_on(&t, rows[i].variable, changed(&t, &rows[i]));
    take_abstract(&t);
    if (is_preprint(record))
        hand_on(&t, VARIABLE_GENRE, (str)STR("preprint"));
    if (cited_mark(record) == warnings[0].mark)
        hand_on(&t, VARIABLE_STATUS, (str)STR("retracted"));
    buf_free(&t.work);
}

const osler_date *cited_date(const osler_record *record, enum variable variable)
{
    const osler_date *electronic = osler_record_date(record, "epublished");
    const osler_date *date = osler_record_date(record, variable_name(variable));
    if (variable == VARIABLE_AVAILABLE_DATE ||
        (variable == VARIABLE_ISSUED && !date && is_pubmeds(record)))
        return electronic;
    return date;
}

enum variable cited_role(const char *role)
{
    enum variable variable = variable_of(str_of(role));
    return variable_kind(variable) == VARIABLE_KIND_NAMES ? variable : VARIABLE_NONE;
}

str cited_given(const osler_name *name, char *room)
{
    if (name->given || !name->initials)
        return str_of(name->given);
    str initials = str_of(name->initials);
    size_t used = 0;
    for (size_t i = 0; i < initials.length; i++) {
        if (initials.length > CITED_INITIALS || initials.data[i] < 'A' || initials.data[i] > 'Z')
            return initials;
        if (i)
            room[used++] = ' ';
        room[used++] = initials.data[i];
    }
    return (str){room, used};
}
