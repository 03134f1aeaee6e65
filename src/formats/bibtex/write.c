/* Records as entries of BibTeX and BibLaTeX: the variables of CSL under the names of fields. */
#include "formats/bibtex/bibtex.h"
#include "formats/writer.h"
#include "record/cited.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct writing {
    buf *out;
    const osler_record *record;
    enum bibtex_dialect dialect;
    buf texts;
    struct {
        size_t start, length;
    } values[VARIABLE_COUNT];
    bool written[VARIABLE_COUNT];
};

static void take_text(void *context, enum variable variable, str text)
{
    struct writing *w = context;
    w->values[variable].start = w->texts.length;
    w->values[variable].length = text.length;
    buf_add(&w->texts, text);
}

static void begin_field(struct writing *w, const char *name)
{
    buf_add_text(w->out, ",\n  ");
    buf_add_text(w->out, name);
    buf_add_text(w->out, " = {");
}

/* "--" for the hyphen between pages. */
static void add_pages(buf *out, str pages)
{
    for (size_t i = 0; i < pages.length; i++) {
        if (pages.data[i] == '-')
            buf_add_byte(out, '-');
        buf_add_byte(out, pages.data[i]);
    }
}

static bool is_balanced(str text)
{
    size_t depth = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '}' && !depth)
            return false;
        depth += text.data[i] == '{';
        depth -= text.data[i] == '}';
    }
    return !depth;
}

/* As it is; braces that do not fit, as an address encodes them. */
static void add_verbatim(buf *out, str text)
{
    bool balanced = is_balanced(text);
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (!balanced && (c == '{' || c == '}'))
            buf_add_text(out, c == '{' ? "%7B" : "%7D");
        else
            buf_add_byte(out, char_is_space(c) ? ' ' : c);
    }
}

static void add_text(struct writing *w, const char *name, enum bibtex_kind kind,
                     enum variable variable)
{
    str text = str_part(buf_str(&w->texts), w->values[variable].start, w->values[variable].length);
    const char *language = kind == AS_LANGUAGE ? bibtex_language_name(text) : NULL;
    if (!text.length)
        return;
    begin_field(w, name);
    if (language)
        buf_add_text(w->out, language);
    else if (kind == AS_PAGES)
        add_pages(w->out, text);
    else if (kind == AS_VERBATIM)
        add_verbatim(w->out, text);
    else
        bibtex_encode(w->out, text, w->dialect);
    buf_add_byte(w->out, '}');
    w->written[variable] = true;
}

static void add_names(struct writing *w, const char *name, enum variable variable)
{
    size_t before = w->out->length;
    begin_field(w, name);
    size_t start = w->out->length;
    bibtex_write_names(w->out, w->record, variable_name(variable), w->dialect);
    w->written[variable] = true;
    if (w->out->length == start)
        w->out->length = before;
    else
        buf_add_byte(w->out, '}');
}

/* 2004-06-14; a season is a month from 21 on. */
static void add_day(buf *out, int year, int month, int day, int season)
{
    enum { BEFORE_SEASONS = 20 };
    if (year < 0) /* EDTF counts a year 0 before year 1 */
        buf_printf(out, year < -1 ? "-%04d" : "%04d", -(year + 1));
    else
        buf_printf(out, "%04d", year);
    if (month || season)
        buf_printf(out, "-%02d", month ? month : BEFORE_SEASONS + season);
    if (month && day)
        buf_printf(out, "-%02d", day);
}

static void add_edtf(buf *out, const osler_date *date)
{
    add_day(out, date->year, date->month, date->day, date->season);
    buf_add_text(out, date->circa ? "~" : "");
    if (!date->end_year && !date->open_end)
        return;
    buf_add_byte(out, '/');
    if (date->end_year)
        add_day(out, date->end_year, date->end_month, date->end_day, date->end_season);
}

static void add_date(struct writing *w, const char *name, enum variable variable)
{
    const osler_date *date = cited_date(w->record, variable);
    w->written[variable] = true;
    if (!date || (!date->year && !date->text))
        return;
    begin_field(w, name);
    if (date->year)
        add_edtf(w->out, date);
    else
        bibtex_encode(w->out, str_of(date->text), w->dialect);
    buf_add_byte(w->out, '}');
}

/* year and month as classic BibTeX has them, where they say it all; else also the date. */
static void add_issued(struct writing *w)
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
    const osler_date *date = cited_date(w->record, VARIABLE_ISSUED);
    bool simple = date && date->year > 999 && !date->season && !date->end_year && !date->circa &&
                  !date->open_end;
    if (w->dialect == BIBTEX_BIBLATEX || !date || (!simple && date->year)) {
        add_date(w, "date", VARIABLE_ISSUED);
        if (w->dialect == BIBTEX_CLASSIC && date && date->year)
            buf_printf(w->out, ",\n  year = {%d}", date->year);
        return;
    }
    w->written[VARIABLE_ISSUED] = true;
    if (!date->year && !date->text)
        return;
    begin_field(w, "year");
    if (date->year)
        buf_printf(w->out, "%d", date->year);
    else
        bibtex_encode(w->out, str_of(date->text), w->dialect);
    buf_add_byte(w->out, '}');
    if (date->year && date->month)
        buf_printf(w->out, ",\n  month = %s", months[date->month - 1]);
    if (date->year && date->month && date->day)
        buf_printf(w->out, ",\n  day = {%d}", date->day);
}

static bool is_key_byte(char c)
{
    return (unsigned char)c > ' ' && c != 127 && !strchr("{},()\"#%=~\\'@", c);
}

/* The letters and digits of ASCII in `text`. */
static void add_plain(buf *out, const char *text)
{
    for (; text && *text; text++)
        if (char_is_letter(*text) || char_is_digit(*text))
            buf_add_byte(out, *text);
}

static uint64_t digest(const struct writing *w)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < w->texts.length; i++)
        hash = (hash ^ (unsigned char)w->texts.data[i]) * UINT64_C(0x100000001B3);
    return hash;
}

/*
 * The record's key; or author, year and what tells the record from all others: its PMID or PMCID,
 * else a digest of its texts.
 */
static void add_key(struct writing *w)
{
    const osler_record *record = w->record;
    if (record->key) {
        for (const char *c = record->key; *c; c++)
            buf_add_byte(w->out, is_key_byte(*c) ? *c : '_');
        return;
    }
    const osler_name *author = osler_record_next_name(record, "author", NULL);
    size_t start = w->out->length;
    if (author)
        add_plain(w->out, author->family ? author->family : author->collective);
    if (osler_record_year(record))
        buf_printf(w->out, "%d", osler_record_year(record));
    if (w->out->length > start)
        buf_add_byte(w->out, '_');
    if (record->pmid || record->pmcid)
        add_plain(w->out, record->pmid ? record->pmid : record->pmcid);
    else
        buf_printf(w->out, "%012llx", (unsigned long long)(digest(w) & 0xFFFFFFFFFFFF));
}

static const char *extra(const osler_record *record, const char *tag)
{
    for (size_t i = 0; i < record->extras.count; i++)
        if (record->extras.items[i].tag && strcmp(record->extras.items[i].tag, tag) == 0)
            return record->extras.items[i].value;
    return NULL;
}

/* Words behind an @ that begin no entry. */
static bool is_no_entry(str word)
{
    static const char *const words[] = {"string", "comment", "preamble"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_equal_ignoring_case(word, str_of(words[i])))
            return true;
    return false;
}

/* The entry type: the one it was read from, else the one of its type. */
static const struct bibtex_type *add_type(struct writing *w, bool *exact)
{
    static const struct bibtex_type other = {"misc", TYPE_NONE, IN_REPORTS, 0};
    const char *csl = cited_type(w->record), *read = extra(w->record, "entrytype");
    enum work_type type = work_type_of(str_of(csl));
    const struct bibtex_type *row = bibtex_type_for(type, w->dialect);
    const struct bibtex_type *before = read ? bibtex_type_of(str_of(read)) : NULL;
    if (before && before->type == type)
        row = before;
    if (!row && (type == TYPE_ARTICLE_MAGAZINE || type == TYPE_ARTICLE_NEWSPAPER))
        row = bibtex_type_of((str)STR("article"));
    *exact = row ? row->type == type : false;
    size_t start = w->out->length;
    if (read && !before && type == TYPE_DOCUMENT)
        add_plain(w->out, read);
    str word = str_part(buf_str(w->out), start, w->out->length);
    if (!word.length || !str_is(word, read) || is_no_entry(word)) {
        w->out->length = start;
        buf_add_text(w->out, row ? row->name : other.name);
    }
    return row ? row : &other;
}

static bool is_field_name(const char *name)
{
    if (!name || !char_is_letter(*name))
        return false;
    for (; *name; name++)
        if (!char_is_letter(*name) && !char_is_digit(*name) && !strchr("-_:.+/", *name))
            return false;
    return true;
}

/* What has no variable, as it was written. */
static void add_extras(struct writing *w)
{
    for (size_t i = 0; i < w->record->extras.count; i++) {
        const osler_extra *one = &w->record->extras.items[i];
        if (!is_field_name(one->tag) || strcmp(one->tag, "entrytype") == 0 ||
            variable_of(str_of(one->tag)) || !one->value)
            continue;
        begin_field(w, one->tag);
        str value = str_of(one->value);
        if (is_balanced(value))
            buf_add(w->out, value);
        else
            bibtex_encode(w->out, value, w->dialect);
        buf_add_byte(w->out, '}');
    }
}

static void add_row(struct writing *w, const struct bibtex_row *row)
{
    if (row->kind == AS_NAMES)
        add_names(w, row->name, row->variable);
    else if (row->kind == AS_DATE)
        add_date(w, row->name, row->variable);
    else
        add_text(w, row->name, row->kind, row->variable);
}

static void add_fields(struct writing *w, const struct bibtex_type *type)
{
    bool used_number = false;
    for (size_t i = 0; i < bibtex_row_count; i++) {
        const struct bibtex_row *row = &bibtex_rows[i];
        if (strcmp(row->name, "pages") == 0)
            add_issued(w);
        if (!(row->classes & (unsigned)type->class) || !(row->writes & (1U << w->dialect)) ||
            w->written[row->variable])
            continue;
        bool number = strcmp(row->name, "number") == 0;
        if (number && used_number)
            continue;
        add_row(w, row);
        used_number |= number && w->written[row->variable];
    }
    for (enum variable v = 1; v < VARIABLE_COUNT; v++) {
        struct bibtex_row row = {variable_name(v), v, AS_TEXT, IN_ALL, 0};
        row.kind = variable_kind(v) == VARIABLE_KIND_NAMES  ? AS_NAMES
                   : variable_kind(v) == VARIABLE_KIND_DATE ? AS_DATE
                                                            : AS_TEXT;
        if (!w->written[v] && v != VARIABLE_CITATION_KEY)
            add_row(w, &row);
    }
}

static void write_entry(buf *out, const osler_record *record, enum bibtex_dialect dialect)
{
    struct writing w = {.out = out, .record = record, .dialect = dialect};
    const char *csl = cited_type(record);
    bool exact;
    cited_texts(record, take_text, &w);
    buf_add_byte(out, '@');
    const struct bibtex_type *type = add_type(&w, &exact);
    buf_add_byte(out, '{');
    add_key(&w);
    add_fields(&w, type);
    if (!exact) {
        begin_field(&w, "csltype");
        add_verbatim(out, str_of(csl ? csl : "none"));
        buf_add_byte(out, '}');
    }
    add_extras(&w);
    buf_add_text(out, "\n}\n");
    buf_free(&w.texts);
}

static void write_classic(buf *out, const osler_record *record)
{
    write_entry(out, record, BIBTEX_CLASSIC);
}

static void write_biblatex(buf *out, const osler_record *record)
{
    write_entry(out, record, BIBTEX_BIBLATEX);
}

const struct writer writer_bibtex = {.write = write_classic, .between = "\n"};
const struct writer writer_biblatex = {.write = write_biblatex, .between = "\n"};
