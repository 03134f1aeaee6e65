/* Lists of names: "Last, Jr, First", "First von Last", {A Group}, family=..., given=...; both ways.
 */
#include "formats/bibtex/bibtex.h"
#include "record/cited.h"
#include "record/record.h"

#include <string.h>

enum { PARTS_MOST = 8, WORDS_MOST = 64 };

/* Apart at a separator that is in no braces: a comma, or white space and ties. */
static size_t split(str text, bool commas, str *parts, size_t most)
{
    size_t count = 0, start = 0, depth = 0;
    for (size_t i = 0; i <= text.length; i++) {
        char c = i < text.length ? text.data[i] : '\0';
        depth += c == '{';
        depth -= c == '}' && depth;
        bool tie = c == '~' && (!i || text.data[i - 1] != '\\');
        bool apart = commas ? c == ',' : char_is_space(c) || tie;
        if (i < text.length && (depth || !apart || count + 1 == most))
            continue;
        str part = str_trim(str_part(text, start, i - start));
        if (part.length || commas)
            parts[count++] = part;
        start = i + 1;
    }
    return count;
}

/* The words from `first` to `last` (not included), as they stand in one text. */
static str span(const str *words, size_t first, size_t last)
{
    if (first >= last)
        return (str){"", 0};
    const char *end = words[last - 1].data + words[last - 1].length;
    return (str){words[first].data, (size_t)(end - words[first].data)};
}

static bool is_lower(str word)
{
    size_t at = 0;
    while (at + 1 < word.length && strchr("{\\'`^\"", word.data[at]) && word.data[0] != '{')
        at++;
    return word.length && word.data[at] >= 'a' && word.data[at] <= 'z';
}

/* Decoded, with ties as spaces. */
static str plain(struct making *m, str latex)
{
    static const char tie[] = "\xC2\xA0";
    buf_clear(&m->work);
    bibtex_decode(&m->work, latex, false);
    size_t to = 0;
    for (size_t i = 0; i < m->work.length; i++) {
        if (m->work.data[i] == tie[0] && i + 1 < m->work.length && m->work.data[i + 1] == tie[1])
            m->work.data[to++] = ' ', i++;
        else
            m->work.data[to++] = m->work.data[i];
    }
    m->work.length = to;
    return str_trim(buf_str(&m->work));
}

static const char *text(struct making *m, str latex)
{
    return builder_keep(m->b, plain(m, latex));
}

static const char *markup(struct making *m, str latex)
{
    buf copy = {0};
    buf_add(&copy, plain(m, latex));
    const char *kept = making_markup(m, buf_str(&copy));
    buf_free(&copy);
    return kept;
}

/* True for {A Group}: one pair of braces around all of it. */
static bool is_braced(str name)
{
    if (name.length < 2 || name.data[0] != '{' || name.data[1] == '\\')
        return false;
    for (size_t i = 0, depth = 0; i < name.length; i++) {
        depth += name.data[i] == '{';
        depth -= name.data[i] == '}' && depth;
        if (!depth)
            return i + 1 == name.length;
    }
    return false;
}

/* "von Last", or "Last" alone. */
static void set_family(struct making *m, osler_name *name, str part)
{
    str words[WORDS_MOST];
    size_t count = split(part, false, words, WORDS_MOST), von = 0;
    while (count && von + 1 < count && is_lower(words[von]))
        von++;
    name->non_dropping_particle = text(m, span(words, 0, von));
    name->family = markup(m, span(words, von, count));
}

/* "First", or "First von" with the particle that is dropped. */
static void set_given(struct making *m, osler_name *name, str part)
{
    str words[WORDS_MOST];
    size_t count = split(part, false, words, WORDS_MOST), von = count;
    while (von > 1 && is_lower(words[von - 1]))
        von--;
    name->given = text(m, span(words, 0, von));
    name->dropping_particle = text(m, span(words, von, count));
}

/* "First von Last". */
static void set_words(struct making *m, osler_name *name, str whole)
{
    str words[WORDS_MOST];
    size_t count = split(whole, false, words, WORDS_MOST), von = 0;
    while (von + 1 < count && !is_lower(words[von]))
        von++;
    size_t last = von;
    while (last + 1 < count && is_lower(words[last]))
        last++;
    name->given = text(m, span(words, 0, von));
    name->non_dropping_particle = text(m, span(words, von, last));
    name->family = markup(m, span(words, last, count));
}

static str without_quotes(str value)
{
    value = str_trim(value);
    if (value.length > 1 && value.data[0] == '"' && value.data[value.length - 1] == '"')
        return str_part(value, 1, value.length - 2);
    return value;
}

/* biblatex's form: family=..., given=..., prefix=..., suffix=..., useprefix=... */
static bool set_extended(struct making *m, osler_name *name, const str *parts, size_t count)
{
    static const str keys[] = {STR("family"), STR("given"), STR("prefix"), STR("suffix"),
                               STR("useprefix")};
    str values[sizeof keys / sizeof *keys] = {{NULL, 0}};
    for (size_t i = 0; i < count; i++) {
        size_t equals = str_find(parts[i], '=');
        str key = str_trim(str_part(parts[i], 0, equals));
        bool named = equals < parts[i].length;
        for (size_t k = 0; named && k < sizeof keys / sizeof *keys; k++)
            if (str_equal_ignoring_case(key, keys[k]))
                values[k] = without_quotes(str_part(parts[i], equals + 1, parts[i].length));
        if (!named && !i)
            return false;
    }
    if (!values[0].length && !values[1].length)
        return false;
    name->family = markup(m, values[0]);
    name->given = text(m, values[1]);
    name->suffix = markup(m, values[3]);
    if (str_is(values[4], "false"))
        name->dropping_particle = text(m, values[2]);
    else
        name->non_dropping_particle = text(m, values[2]);
    return true;
}

static void add_name(struct making *m, const char *role, str whole)
{
    osler_name name = {.role = role};
    str parts[PARTS_MOST];
    size_t count = split(whole, true, parts, PARTS_MOST);
    if (str_equal_ignoring_case(whole, (str)STR("others"))) {
        m->record->names_incomplete = true;
        return;
    }
    if (is_braced(whole)) {
        name.collective = markup(m, str_part(whole, 1, whole.length - 2));
    } else if (set_extended(m, &name, parts, count)) {
        ;
    } else if (count == 1) {
        set_words(m, &name, whole);
    } else {
        set_family(m, &name, parts[0]);
        set_given(m, &name, span(parts, count > 2 ? 2 : 1, count));
        if (count > 2)
            name.suffix = markup(m, parts[1]);
    }
    if (!name.family && !name.given && !name.collective)
        return;
    osler_name *added = BUILDER_ADD(m->b, &m->record->names);
    if (added)
        *added = name;
}

/* Where the next " and " is that stands in no braces. */
static size_t find_and(str names, size_t at)
{
    size_t depth = 0;
    for (; at < names.length; at++) {
        char c = names.data[at];
        depth += c == '{';
        depth -= c == '}' && depth;
        if (depth || !char_is_space(c) || at + 4 >= names.length)
            continue;
        if (str_equal_ignoring_case(str_part(names, at + 1, 3), (str)STR("and")) &&
            char_is_space(names.data[at + 4]))
            return at;
    }
    return names.length;
}

void bibtex_add_names(struct making *m, const char *role, str names)
{
    size_t start = 0;
    while (start < names.length) {
        size_t end = find_and(names, start);
        str name = str_trim(str_part(names, start, end - start));
        if (name.length)
            add_name(m, role, name);
        start = end < names.length ? end + 4 : end;
    }
}

static bool has_lower_word(str words)
{
    str one;
    while (str_next_field(&words, ' ', &one))
        if (is_lower(one))
            return true;
    return false;
}

static void add_part(buf *out, str rich, bool protect, enum bibtex_dialect dialect)
{
    buf encoded = {0};
    bibtex_encode(&encoded, rich, dialect);
    str text = buf_str(&encoded);
    bool list = find_and(text, 0) < text.length;
    bool braces =
        protect || list || str_find(text, ',') < text.length || str_find(text, '=') < text.length;
    buf_add_text(out, braces ? "{" : "");
    buf_add(out, text);
    buf_add_text(out, braces ? "}" : "");
    buf_free(&encoded);
}

static void add_markup(buf *out, const char *markup, bool protect, enum bibtex_dialect dialect)
{
    buf rich = {0};
    markup_add_rich(&rich, str_of(markup));
    add_part(out, buf_str(&rich), protect, dialect);
    buf_free(&rich);
}

static void write_person(buf *out, const osler_name *name, enum bibtex_dialect dialect)
{
    char room[CITED_ROOM];
    str given = cited_given(name, room), family = str_of(name->family);
    if (name->non_dropping_particle) {
        bool all_lower = is_lower(str_of(name->non_dropping_particle));
        add_part(out, str_of(name->non_dropping_particle), !all_lower, dialect);
        buf_add_byte(out, ' ');
    }
    bool words = str_find(family, ' ') < family.length;
    if (name->family)
        add_markup(out, name->family, words && has_lower_word(family), dialect);
    if (name->suffix) {
        buf_add_text(out, ", ");
        add_markup(out, name->suffix, false, dialect);
    }
    if (given.length || name->suffix || name->dropping_particle || words ||
        name->non_dropping_particle)
        buf_add_text(out, given.length || name->dropping_particle ? ", " : ",");
    if (given.length)
        add_part(out, given, str_find(given, ' ') < given.length && has_lower_word(given), dialect);
    if (name->dropping_particle) {
        buf_add_text(out, given.length ? " " : "{} ");
        add_part(out, str_of(name->dropping_particle), false, dialect);
    }
}

void bibtex_write_names(buf *out, const osler_record *record, const char *role,
                        enum bibtex_dialect dialect)
{
    size_t start = out->length;
    for (size_t i = 0; i < record->names.count; i++) {
        const osler_name *name = &record->names.items[i];
        bool says = name->family || name->given || name->initials || name->collective;
        if (!name->role || strcmp(name->role, role) != 0 || name->superseded || !says)
            continue;
        if (out->length > start)
            buf_add_text(out, " and ");
        if (name->collective)
            add_markup(out, name->collective, true, dialect);
        else
            write_person(out, name, dialect);
    }
    if (out->length > start && record->names_incomplete && strcmp(role, "author") == 0)
        buf_add_text(out, " and others");
}
