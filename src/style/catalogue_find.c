/* Finding a style by what people call it. */
#include "style/catalogue.h"

#include "base/error.h"
#include "base/fold.h"
#include "style/file.h"
#include "style/folders.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char default_style[] = {
#include "style/default_style.csl.inc"
};

static const struct {
    const char *said, *name;
} names[] = {
#define STYLE_NAME(said, name) {said, name},
#include "style/names.def"
#undef STYLE_NAME
};

/* Names that the style compiled in answers to when no package has them. */
static const char *const default_names[] = {"vancouver", "nlm", "nlm-citation-sequence"};

/* "Chicago (author-date)" as file names are: "chicago-author-date". */
static const char *file_name(arena *memory, const char *said)
{
    buf folded = {0}, out = {0};
    fold_add(&folded, str_of(said));
    str text = buf_str(&folded);
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == '&')
            buf_add_text(&out, out.length && out.data[out.length - 1] != '-' ? "-and-" : "and-");
        else if (char_is_letter(c) || char_is_digit(c) || (c & 0x80))
            buf_add_byte(&out, c);
        else if (c != '\'' && c != '.' && out.length && out.data[out.length - 1] != '-')
            buf_add_byte(&out, '-');
    }
    str name = buf_str(&out);
    while (name.length && name.data[name.length - 1] == '-')
        name.length--;
    const char *copy = arena_copy(memory, name);
    buf_free(&folded);
    buf_free(&out);
    return copy;
}

/* A file of that name, or of another that the same style has; NULL when there is none. */
static const char *path_of(arena *memory, const char *name)
{
    const char *path = *name ? style_path(memory, name) : NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !path; i++)
        if (strcmp(names[i].said, name) == 0)
            path = style_path(memory, names[i].name);
    if (path || !*name)
        return path;
    buf with_article = {0};
    buf_printf(&with_article, "the-%s", name);
    path = style_path(memory, buf_text(&with_article));
    buf_free(&with_article);
    return path;
}

/* The style whose title is `said`, when it is one alone. */
static const char *path_by_title(arena *memory, const char *said)
{
    const struct style_entry *entries;
    const char *path = NULL;
    size_t count, found = 0;
    style_entries(memory, true, &entries, &count);
    for (size_t i = 0; i < count; i++)
        if (str_equal_ignoring_case(str_of(entries[i].title), str_of(said))) {
            path = entries[i].path;
            found++;
        }
    return found == 1 ? path : NULL;
}

struct hearing {
    style_complaint complain;
    void *context;
};

static osler_status read_path(struct style **out, const char *path, const struct hearing *hearing,
                              osler_error *error)
{
    buf xml = {0};
    osler_status status = file_read(&xml, path, error);
    if (status == OSLER_OK)
        status = style_read(out, buf_str(&xml), path, hearing->complain, hearing->context, error);
    buf_free(&xml);
    return status;
}

static osler_status read_default(struct style **out, const struct hearing *hearing,
                                 osler_error *error)
{
    return style_read(out, str_of(default_style), "the style compiled in", hearing->complain,
                      hearing->context, error);
}

static const char *text_or(const char *text, const char *otherwise)
{
    return text && *text ? text : otherwise;
}

/* The last part of an id that is an address. */
static const char *name_of_id(const char *id)
{
    const char *slash = strrchr(id, '/');
    return slash ? slash + 1 : id;
}

/* The style that `dependent` is another name of. */
static osler_status read_parent(struct style **out, const struct style *dependent,
                                const struct hearing *hearing, osler_error *error)
{
    arena memory = {0};
    struct style *parent = NULL;
    const char *name = name_of_id(dependent->parent_id);
    const char *path = path_of(&memory, file_name(&memory, name));
    osler_status status = OSLER_OK;
    if (!path)
        status = fail(error, OSLER_ENOTFOUND, 0,
                      "this style depends on the style \"%.80s\", which is not installed", name);
    else
        status = read_path(&parent, path, hearing, error);
    if (parent && parent->parent_id && !parent->citation.present) {
        style_free(parent);
        parent = NULL;
        status = fail(error, OSLER_EINPUT, 0,
                      "the style \"%.80s\" that it depends on has no layout", name);
    }
    *out = parent;
    arena_free(&memory);
    return status;
}

/* Put the parent in the place of the dependent style `*style`, under the latter's name. */
static osler_status follow_parent(struct style **style, const char *path,
                                  const struct hearing *hearing, osler_error *error)
{
    struct style *dependent = *style, *parent;
    osler_status status = read_parent(&parent, dependent, hearing, error);
    if (parent) {
        arena *own = &parent->memory;
        parent->id = arena_copy(own, str_of(text_or(dependent->id, parent->id)));
        parent->title = arena_copy(own, str_of(text_or(dependent->title, parent->title)));
        if (dependent->title_short)
            parent->title_short = arena_copy(own, str_of(dependent->title_short));
        if (dependent->default_locale)
            parent->default_locale = arena_copy(own, str_of(dependent->default_locale));
    } else if (error && !error->source[0]) {
        fail_source(error, status, path);
    }
    style_free(dependent);
    *style = parent;
    return status;
}

/* How many letters must be put in, taken out or changed to make `a` of `b`; `most` if more. */
static unsigned distance(const char *a, const char *b, unsigned most)
{
    enum { LONGEST = 63 };
    unsigned row[LONGEST + 1];
    size_t la = strlen(a), lb = strlen(b);
    if (la > LONGEST || lb > LONGEST || (la > lb ? la - lb : lb - la) >= most)
        return most;
    for (unsigned j = 0; j <= lb; j++)
        row[j] = j;
    for (size_t i = 1; i <= la; i++) {
        unsigned corner = row[0], least = row[0] = (unsigned)i;
        for (size_t j = 1; j <= lb; j++) {
            unsigned changed = corner + (a[i - 1] != b[j - 1]);
            corner = row[j];
            unsigned moved = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            row[j] = changed < moved ? changed : moved;
            least = row[j] < least ? row[j] : least;
        }
        if (least >= most)
            return most;
    }
    return row[lb] < most ? row[lb] : most;
}

enum { NEAREST = 3 };

struct near {
    const char *names[NEAREST];
    unsigned distances[NEAREST];
};

static void offer(struct near *near, const char *said, const char *name, unsigned most)
{
    bool begins = strncmp(said, name, strlen(said)) == 0; /* cut short rather than mistyped */
    unsigned far = begins ? 1 : distance(said, name, most);
    if (far >= most)
        return;
    for (unsigned i = 0; i < NEAREST; i++) {
        if (near->names[i] && strcmp(near->names[i], name) == 0)
            return;
        if (near->names[i] && near->distances[i] <= far)
            continue;
        memmove(near->names + i + 1, near->names + i, (NEAREST - i - 1) * sizeof *near->names);
        memmove(near->distances + i + 1, near->distances + i,
                (NEAREST - i - 1) * sizeof *near->distances);
        near->names[i] = name;
        near->distances[i] = far;
        return;
    }
}

/* Name the styles whose names are nearest to `name`, or begin with it. */
static osler_status not_found(const char *said, const char *name, osler_error *error)
{
    arena memory = {0};
    const struct style_entry *entries;
    struct near near = {0};
    size_t count;
    unsigned most = (unsigned)strlen(name) / 3 + 1;
    style_entries(&memory, false, &entries, &count);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        offer(&near, name, names[i].said, most);
    for (size_t i = 0; i < count; i++)
        offer(&near, name, entries[i].name, most);
    if (!count)
        fail(error, OSLER_ENOTFOUND, 0,
             "no style \"%.80s\": no style package is installed "
             "(citation-style-language-styles); there is \"default\"",
             said);
    else if (!near.names[0])
        fail(error, OSLER_ENOTFOUND, 0,
             "no style \"%.80s\" among the %zu installed; osler style list WORDS finds them", said,
             count);
    else
        fail(error, OSLER_ENOTFOUND, 0,
             "no style \"%.80s\"; the nearest names are %.60s%s%.60s%s%.60s", said, near.names[0],
             near.names[1] ? ", " : "", text_or(near.names[1], ""), near.names[2] ? ", " : "",
             text_or(near.names[2], ""));
    arena_free(&memory);
    return OSLER_ENOTFOUND;
}

/* True when `said` names a file rather than a style: it has a slash and is no address, or ends in
 * ".csl" and such a file is there. */
static bool is_path(const char *said)
{
    size_t length = strlen(said);
    if (strstr(said, "://"))
        return false;
    return strchr(said, '/') ||
           (length > 4 && strcmp(said + length - 4, ".csl") == 0 && access(said, F_OK) == 0);
}

/* The path of the installed style that `said` means; NULL when there is none.  `*name` is how its
 * file would be called. */
static const char *installed(arena *memory, const char *said, const char **name)
{
    size_t length = strlen(said);
    str plain = str_of(strstr(said, "://") ? name_of_id(said) : said);
    if (length > 4 && plain.length > 4 && strcmp(said + length - 4, ".csl") == 0)
        plain.length -= 4;
    *name = file_name(memory, arena_copy(memory, plain));
    return path_of(memory, *name);
}

static bool is_default(const char *name)
{
    for (unsigned i = 0; i < sizeof default_names / sizeof *default_names; i++)
        if (strcmp(default_names[i], name) == 0)
            return true;
    return false;
}

static osler_status find(struct style **out, arena *memory, const char *said,
                         const struct hearing *hearing, osler_error *error)
{
    const char *name = "", *path = said;
    if (!*said)
        return fail(error, OSLER_EUSAGE, 0, "the name of a style is empty; expected one as apa");
    if (strcmp(said, "default") == 0)
        return read_default(out, hearing, error);
    if (!is_path(said))
        path = installed(memory, said, &name);
    if (!path && is_default(name))
        return read_default(out, hearing, error);
    if (!path)
        path = path_by_title(memory, said);
    if (!path)
        return not_found(said, name, error);
    osler_status status = read_path(out, path, hearing, error);
    if (status == OSLER_OK && (*out)->parent_id && !(*out)->citation.present)
        status = follow_parent(out, path, hearing, error);
    return status;
}

osler_status style_find(struct style **out, const char *name, style_complaint complain,
                        void *context, osler_error *error)
{
    arena memory = {0};
    const struct hearing hearing = {complain, context};
    *out = NULL;
    osler_status status = find(out, &memory, name, &hearing, error);
    arena_free(&memory);
    return status;
}

static bool holds_all(const struct style_entry *entry, str words)
{
    str rest = words, word;
    while (str_next_field(&rest, ' ', &word))
        if (word.length && !str_contains_ignoring_case(str_of(entry->title), word) &&
            !str_contains_ignoring_case(str_of(entry->name), word))
            return false;
    return true;
}

osler_status style_list(arena *memory, const struct style_entry **out, size_t *count,
                        const char *words, osler_error *error)
{
    static const struct style_entry compiled_in = {
        .name = "default",
        .title = "NLM/Vancouver (citation-sequence, built into Osler)",
        .path = "",
        .format = "numeric",
        .field = "medicine",
    };
    const struct style_entry *all;
    struct style_entry *kept = NULL;
    size_t total;
    (void)error;
    *count = 0;
    style_entries(memory, true, &all, &total);
    if (holds_all(&compiled_in, str_of(words)))
        *(struct style_entry *)arena_append(memory, &kept, count, sizeof *kept) = compiled_in;
    for (size_t i = 0; i < total; i++)
        if (holds_all(&all[i], str_of(words)))
            *(struct style_entry *)arena_append(memory, &kept, count, sizeof *kept) = all[i];
    *out = kept;
    return OSLER_OK;
}
