/* The fields of an entry as fields of a record; what has no place is kept among the extras. */
#include "formats/bibtex/bibtex.h"
#include "record/cited.h"
#include "record/dates.h"
#include "record/identifiers.h"

#include <string.h>

/* What is being read. */
struct taking {
    struct making m;
    struct bibtex_entry *entry;
    const struct bibtex_type *type; /* NULL: of no known type */
    unsigned class;
    bool set[VARIABLE_COUNT];
    buf text;
};

static struct bibtex_field *find(const struct bibtex_entry *entry, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < entry->count; i++) {
        struct bibtex_field *field = &entry->fields[i];
        if (field->name.length == length && char_lower(field->name.data[0]) == name[0] &&
            !field->taken && field->value.length &&
            str_equal_ignoring_case(field->name, (str){name, length}))
            return field;
    }
    return NULL;
}

static str decoded(struct taking *t, str latex, bool protect)
{
    buf_clear(&t->text);
    bibtex_decode(&t->text, latex, protect);
    return buf_str(&t->text);
}

/* \_ \% \& \# \~ of those who escape addresses; \url{...} around them. */
static str verbatim(struct taking *t, str raw)
{
    static const str url = STR("\\url{");
    raw = str_trim(raw);
    while (raw.length > 1 && raw.data[0] == '{' && raw.data[raw.length - 1] == '}')
        raw = str_trim(str_part(raw, 1, raw.length - 2));
    if (str_starts_with(raw, url) && raw.data[raw.length - 1] == '}')
        raw = str_part(raw, url.length, raw.length - url.length - 1);
    buf_clear(&t->text);
    for (size_t i = 0; i < raw.length; i++) {
        bool escape =
            raw.data[i] == '\\' && i + 1 < raw.length && strchr("_%&#~$", raw.data[i + 1]);
        if (!escape && !char_is_space(raw.data[i]))
            buf_add_byte(&t->text, raw.data[i]);
        else if (!escape && t->text.length && t->text.data[t->text.length - 1] != ' ')
            buf_add_byte(&t->text, ' ');
    }
    return buf_str(&t->text);
}

/* Runs of hyphens and dashes are one hyphen. */
static str pages(struct taking *t, str latex)
{
    static const char *const dashes[] = {"\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\x90",
                                         "\xE2\x88\x92", "-"};
    buf whole = {0};
    bibtex_decode(&whole, latex, false);
    str rest = buf_str(&whole);
    buf_clear(&t->text);
    while (rest.length) {
        size_t taken = 0;
        for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
            if (!taken && str_starts_with(rest, str_of(dashes[i])))
                taken = strlen(dashes[i]);
        bool again = taken && t->text.length && t->text.data[t->text.length - 1] == '-';
        if (!again)
            buf_add_byte(&t->text, taken ? '-' : rest.data[0]);
        rest = str_part(rest, taken ? taken : 1, rest.length);
    }
    buf_free(&whole);
    return buf_str(&t->text);
}

static osler_date *add_date(struct taking *t, const osler_date *date)
{
    osler_date *added = BUILDER_ADD(t->m.b, &t->m.record->dates);
    if (added)
        *added = *date;
    return added;
}

static const char *date_kind(enum variable variable)
{
    return variable == VARIABLE_AVAILABLE_DATE ? "epublished" : variable_name(variable);
}

static void take_date(struct taking *t, enum variable variable, str latex)
{
    osler_date date = {.kind = date_kind(variable)};
    str text = decoded(t, latex, false);
    if (!date_parse_any(&date, text))
        date.text = builder_keep(t->m.b, text);
    if (date.year || date.text)
        add_date(t, &date);
}

/* year and month (and day), where no date says it better. */
static void take_year(struct taking *t)
{
    static const char *const parts[] = {"year", "month", "day"};
    struct bibtex_field *fields[3] = {NULL};
    osler_date date = {.kind = "issued"};
    unsigned long number;
    for (size_t i = 0; i < 3; i++)
        fields[i] = find(t->entry, parts[i]);
    if (t->set[VARIABLE_ISSUED] || !fields[0])
        return;
    str text = decoded(t, fields[0]->value, false);
    fields[0]->taken = true;
    if (!date_parse_any(&date, text))
        date.text = builder_keep(t->m.b, text);
    if (date.year && !date.month && !date.season && fields[1]) {
        text = decoded(t, fields[1]->value, false);
        if (str_number(text, &number) && number >= 1 && number <= 12)
            date.month = (int)number;
        else
            date.month = date_month(text);
        date.season = date.month ? 0 : date_season(text);
        fields[1]->taken = date.month || date.season;
    }
    if (date.month && fields[2] && str_number(str_trim(fields[2]->value), &number) && number >= 1 &&
        number <= 31) {
        date.day = (int)number;
        fields[2]->taken = true;
    }
    if (date.year || date.text)
        add_date(t, &date);
}

static void take_language(struct taking *t, struct bibtex_field *field)
{
    str name = decoded(t, field->value, false);
    const char *code = bibtex_language_code(name);
    making_add_text(&t->m, VARIABLE_LANGUAGE, code ? str_of(code) : name);
}

/* Titles with their subtitles. */
static void take_title(struct taking *t, const struct bibtex_row *row, str value)
{
    static const struct {
        enum variable variable;
        const char *title, *subtitle;
    } subtitles[] = {{VARIABLE_TITLE, "title", "subtitle"},
                     {VARIABLE_CONTAINER_TITLE, "booktitle", "booksubtitle"},
                     {VARIABLE_CONTAINER_TITLE, "journaltitle", "journalsubtitle"}};
    bool title = row->kind == AS_TITLE;
    buf whole = {0};
    bibtex_decode(&whole, value, title);
    for (size_t i = 0; i < sizeof subtitles / sizeof *subtitles; i++) {
        struct bibtex_field *field = strcmp(row->name, subtitles[i].title) == 0
                                         ? find(t->entry, subtitles[i].subtitle)
                                         : NULL;
        if (!field)
            continue;
        char last = whole.length ? whole.data[whole.length - 1] : ' ';
        buf_add_text(&whole, strchr("?!:", last) ? " " : ": ");
        buf_add(&whole, decoded(t, field->value, title));
        field->taken = true;
    }
    making_add_text(&t->m, row->variable, buf_str(&whole));
    buf_free(&whole);
}

static void take(struct taking *t, const struct bibtex_row *row, struct bibtex_field *field)
{
    field->taken = t->set[row->variable] = true;
    switch (row->kind) {
    case AS_NAMES: bibtex_add_names(&t->m, variable_name(row->variable), field->value); break;
    case AS_DATE: take_date(t, row->variable, field->value); break;
    case AS_VERBATIM: making_add_text(&t->m, row->variable, verbatim(t, field->value)); break;
    case AS_PAGES: making_add_text(&t->m, row->variable, pages(t, field->value)); break;
    case AS_LANGUAGE: take_language(t, field); break;
    case AS_TITLE:
    case AS_TEXT: take_title(t, row, field->value); break;
    }
}

/* Names of theses and reports that biblatex gives by keys. */
static str genre(str value)
{
    static const struct {
        const char *key, *genre;
    } keys[] = {{"phdthesis", "PhD thesis"},
                {"mathesis", "Master's thesis"},
                {"mastersthesis", "Master's thesis"},
                {"techreport", "Technical report"},
                {"resreport", "Research report"}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (str_equal_ignoring_case(value, str_of(keys[i].key)))
            return str_of(keys[i].genre);
    return (str){"", 0};
}

/* NOLINTNEXTLINE(readability-function-cognitive-complexity) */
static void take_type(struct taking *t)
{
    struct bibtex_entry *entry = t->entry;
    struct bibtex_field *own = find(entry, "csltype"), *sub = find(entry, "entrysubtype");
    struct bibtex_field *kind = find(entry, "type");
    t->type = bibtex_type_of(entry->type);
    enum work_type type = t->type ? t->type->type : TYPE_DOCUMENT;
    t->class = t->type ? (unsigned)t->type->class : IN_REPORTS;
    bool comes_back = t->type && t->type->writes;
    if (sub && type == TYPE_ARTICLE_JOURNAL && !own) {
        bool magazine = str_equal_ignoring_case(sub->value, (str)STR("magazine"));
        bool paper = str_equal_ignoring_case(sub->value, (str)STR("newspaper"));
        type = magazine ? TYPE_ARTICLE_MAGAZINE : paper ? TYPE_ARTICLE_NEWSPAPER : type;
        sub->taken = magazine || paper;
    }
    const char *name = work_type_name(type);
    if (own) {
        name = str_is(own->value, "none") ? NULL : builder_keep(t->m.b, str_trim(own->value));
        own->taken = true;
    }
    t->m.record->csl_type = name;
    if (!comes_back)
        making_add_extra(&t->m, (str)STR("entrytype"), entry->type);
    str given = genre(kind ? str_trim(kind->value) : entry->type);
    if (given.length && (kind || type == TYPE_THESIS)) {
        making_add_text(&t->m, VARIABLE_GENRE, given);
        t->set[VARIABLE_GENRE] = true;
        if (kind)
            kind->taken = true;
    }
}

/* eprint = 1234567, eprinttype = pubmed. */
static void take_eprint(struct taking *t)
{
    struct bibtex_field *number = find(t->entry, "eprint"), *kind = find(t->entry, "eprinttype");
    if (!kind)
        kind = find(t->entry, "archiveprefix");
    if (!number || !kind)
        return;
    bool pubmed = str_equal_ignoring_case(kind->value, (str)STR("pubmed")) ||
                  str_equal_ignoring_case(kind->value, (str)STR("pmid"));
    bool central = str_equal_ignoring_case(kind->value, (str)STR("pmc")) ||
                   str_equal_ignoring_case(kind->value, (str)STR("pmcid"));
    enum variable variable = pubmed ? VARIABLE_PMID : VARIABLE_PMCID;
    if ((!pubmed && !central) || t->set[variable])
        return;
    making_add_text(&t->m, variable, verbatim(t, number->value));
    t->set[variable] = number->taken = kind->taken = true;
}

/* A field that has no row: a variable of CSL by its name, or kept as it is written. */
static void take_other(struct taking *t, struct bibtex_field *field)
{
    enum variable variable = variable_of(field->name);
    enum variable_kind kind = variable_kind(variable);
    str value = str_trim(field->value);
    if (field->taken || !value.length)
        return;
    if (kind == VARIABLE_KIND_NONE || t->set[variable]) {
        making_add_extra(&t->m, field->name, value);
        return;
    }
    t->set[variable] = true;
    if (kind == VARIABLE_KIND_NAMES)
        bibtex_add_names(&t->m, variable_name(variable), value);
    else if (kind == VARIABLE_KIND_DATE)
        take_date(t, variable, value);
    else
        making_add_text(&t->m, variable, decoded(t, value, false));
}

osler_record *bibtex_record(builder *b, arena *memory, struct bibtex_entry *entry)
{
    struct taking t = {.m = making_start(b, memory), .entry = entry};
    t.m.record->key = builder_keep(b, entry->key);
    take_type(&t);
    struct bibtex_field *date = find(entry, "date");
    if (date) {
        take_date(&t, VARIABLE_ISSUED, date->value);
        date->taken = t.set[VARIABLE_ISSUED] = true;
        struct bibtex_field *year = find(entry, "year"), *month = find(entry, "month");
        if (year)
            year->taken = true;
        if (month)
            month->taken = true;
    }
    struct bibtex_field *how = find(entry, "howpublished");
    if (how && str_starts_with(str_trim(how->value), (str)STR("\\url{")) && !find(entry, "url")) {
        making_add_text(&t.m, VARIABLE_URL, verbatim(&t, how->value));
        how->taken = t.set[VARIABLE_URL] = true;
    }
    for (size_t i = 0; i < bibtex_row_count; i++) {
        const struct bibtex_row *row = &bibtex_rows[i];
        if (!(row->classes & t.class) || t.set[row->variable])
            continue;
        struct bibtex_field *field = find(entry, row->name);
        if (field)
            take(&t, row, field);
    }
    take_year(&t);
    take_eprint(&t);
    for (size_t i = 0; i < entry->count; i++)
        take_other(&t, &entry->fields[i]);
    making_finish(&t.m);
    buf_free(&t.text);
    if (!t.m.record->key) /* a work of a list always has one */
        t.m.record->key = t.m.record->pmid ? t.m.record->pmid : t.m.record->pmcid;
    return t.m.record;
}
