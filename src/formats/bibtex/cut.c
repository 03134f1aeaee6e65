/*
 * Cutting a text into entries.  Behind each stands what it needs of others: the macros that it uses
 * and the entries that it inherits from.  An entry whose parents stand further on waits for them,
 * and those behind it wait too, so that the order stays.
 */
#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"
#include "formats/bibtex/bibtex.h"

#include <string.h>

enum {
    KEPT_MOST = 64 << 20,    /* text of entries that others may inherit from */
    MACRO_MOST = 64 << 10,   /* one macro, expanded */
    MACROS_MOST = 16 << 20,  /* all of them */
    PARENTS_MOST = 64 << 10, /* text of the parents of one entry */
    CHAIN_MOST = 16,         /* entries that one inherits from */
    OTHERS_MOST = 16,        /* keys that an entry has beside its own */
    KEY_SHOWN = 60,          /* bytes of a key in a remark */
};

#define NO_KEY ((size_t)-1)

/* An entry that has been seen. */
struct kept {
    size_t start, length;   /* in cutting.text */
    unsigned line, before;  /* `before`: of the first entry with its key; 0: this is it */
    size_t key;             /* in cutting.keys, or NO_KEY */
    bool data;              /* it only lends fields to others: @xdata */
    size_t refs, ref_count; /* in cutting.refs: the names of its parents */
};

struct cutting {
    window *input;
    size_t used;                  /* bytes of the input that the piece given out last took */
    bool over, complete, partial; /* `partial`: not all that was in the input is known */
    struct bibtex_names macros;
    buf *values; /* of the macros, expanded */
    size_t *marks, macro_room, macro_bytes, serial;
    buf text; /* of the entries, each behind its macros */
    struct kept *entries;
    size_t count, capacity, next; /* `next` is handed out next */
    struct bibtex_names keys;
    size_t *by_key, key_room;
    const char **refs;
    size_t ref_count, ref_room;
    arena ref_memory;
    buf piece, remark;
};

void *bibtex_open(window *input)
{
    struct cutting *c = memory_alloc(sizeof *c);
    c->input = input;
    return c;
}

void bibtex_close(void *state)
{
    struct cutting *c = state;
    for (size_t i = 0; i < c->macro_room; i++)
        buf_free(&c->values[i]);
    memory_free(c->values);
    memory_free(c->marks);
    memory_free(c->entries);
    memory_free(c->by_key);
    memory_free(c->refs);
    bibtex_names_free(&c->macros);
    bibtex_names_free(&c->keys);
    arena_free(&c->ref_memory);
    buf_free(&c->text);
    buf_free(&c->piece);
    buf_free(&c->remark);
    memory_free(c);
}

bool bibtex_is_complete(const void *state)
{
    return ((const struct cutting *)state)->complete;
}

const char *bibtex_remark(const void *state)
{
    const struct cutting *c = state;
    return c->remark.length ? c->remark.data : NULL;
}

/* Room for item `index` in a list; what is new is zero. */
static void *room(void *items, size_t *capacity, size_t index, size_t size)
{
    if (index < *capacity)
        return items;
    size_t before = *capacity;
    *capacity = before ? before * 2 : 64;
    items = memory_resize(items, *capacity * size);
    memset((char *)items + before * size, 0, (*capacity - before) * size);
    return items;
}

/* Forget the entries that were handed out. */
static void forget(struct cutting *c)
{
    c->partial |= c->count > 0;
    c->count = c->next = c->ref_count = 0;
    buf_clear(&c->text);
    bibtex_names_clear(&c->keys);
    arena_clear(&c->ref_memory);
}

/* Have more in the window: as much again.  False at its end. */
static bool fill_more(struct cutting *c, osler_status *status, osler_error *error)
{
    size_t before = window_view(c->input).length;
    *status = OSLER_OK;
    while (*status == OSLER_OK && !c->input->ended && window_view(c->input).length < before * 2 + 1)
        *status = window_fill(c->input, error);
    return *status == OSLER_OK && window_view(c->input).length > before;
}

static void add_ref(struct cutting *c, struct kept *entry, str key)
{
    if (!key.length || entry->ref_count == CHAIN_MOST)
        return;
    c->refs = room(c->refs, &c->ref_room, c->ref_count, sizeof *c->refs);
    c->refs[c->ref_count++] = arena_copy(&c->ref_memory, key);
    entry->ref_count++;
}

static void add_refs(struct cutting *c, struct kept *entry, bool list, str value)
{
    str one;
    if (!list)
        add_ref(c, entry, str_trim(value));
    while (list && str_next_field(&value, ',', &one))
        add_ref(c, entry, str_trim(one));
}

/* Put the definition of a macro before the entry that uses it, once. */
static void need_macro(struct cutting *c, str name)
{
    long found = bibtex_names_find(&c->macros, name);
    if (found < 0 || c->marks[found] == c->serial)
        return;
    c->marks[found] = c->serial;
    buf_add_text(&c->text, "@string{");
    buf_add(&c->text, c->macros.items[found]);
    buf_add_text(&c->text, "={");
    buf_add(&c->text, buf_str(&c->values[found]));
    buf_add_text(&c->text, "}}");
}

/* Have the entry that is added next found under `key`; false when an earlier one is. */
static bool add_key(struct cutting *c, str key, size_t *index)
{
    size_t known = c->keys.count;
    *index = bibtex_names_add(&c->keys, key);
    c->by_key = room(c->by_key, &c->key_room, *index, sizeof *c->by_key);
    if (*index == known)
        c->by_key[*index] = c->count;
    return *index == known;
}

/* The key of an entry and, behind it, the other keys that it says it has. */
static void add_keys(struct cutting *c, struct kept *entry, str key, str others)
{
    str one;
    size_t index;
    if (key.length && !add_key(c, key, &entry->key)) {
        const struct kept *first = &c->entries[c->by_key[entry->key]];
        entry->before = first->line;
        if (first->key != entry->key) /* it was only another key of that entry */
            c->by_key[entry->key] = c->count;
    }
    for (size_t i = 0; i < OTHERS_MOST && str_next_field(&others, ',', &one); i++)
        if (str_trim(one).length)
            add_key(c, str_trim(one), &index);
}

/* The scanner is behind the delimiter of an entry: go through it, and keep it. */
static enum bibtex_token keep_entry(struct cutting *c, struct bibtex_scan *scan, bool data)
{
    struct kept entry = {
        .start = c->text.length, .key = NO_KEY, .data = data, .refs = c->ref_count};
    enum bibtex_token token;
    str key = {"", 0}, others = {"", 0};
    bool refers = false, list = false, names = false;
    c->serial++;
    if (!bibtex_key(scan, &key))
        return BIBTEX_CUT_OFF;
    do {
        token = bibtex_next(scan);
        if (token == BIBTEX_FIELD) {
            list = str_equal_ignoring_case(scan->value, (str)STR("xdata"));
            refers = list || str_equal_ignoring_case(scan->value, (str)STR("crossref"));
            names = str_equal_ignoring_case(scan->value, (str)STR("ids"));
        } else if (token == BIBTEX_BARE && scan->value.length &&
                   !char_is_digit(scan->value.data[0])) {
            need_macro(c, scan->value);
        } else if (refers && (token == BIBTEX_BRACED || token == BIBTEX_QUOTED)) {
            add_refs(c, &entry, list, scan->value);
        } else if (names && (token == BIBTEX_BRACED || token == BIBTEX_QUOTED)) {
            others = scan->value;
        }
    } while (token < BIBTEX_END);
    if (token != BIBTEX_END) {
        c->text.length = entry.start;
        c->ref_count = entry.refs;
        return token;
    }
    buf_add(&c->text, str_part(scan->text, 0, scan->at));
    entry.length = c->text.length - entry.start;
    entry.line = c->input->line;
    add_keys(c, &entry, key, others);
    c->entries = room(c->entries, &c->capacity, c->count, sizeof *c->entries);
    c->entries[c->count++] = entry;
    return token;
}

static bool add_value(struct cutting *c, buf *value, const struct bibtex_scan *scan,
                      enum bibtex_token token)
{
    long found = token == BIBTEX_BARE ? bibtex_names_find(&c->macros, scan->value) : -1;
    buf_add(value, found < 0 ? scan->value : buf_str(&c->values[found]));
    return value->length <= MACRO_MOST;
}

static void set_macro(struct cutting *c, str name, str value)
{
    size_t index = bibtex_names_add(&c->macros, name), before = c->macro_room;
    c->values = room(c->values, &c->macro_room, index, sizeof *c->values);
    c->marks = room(c->marks, &before, index, sizeof *c->marks);
    c->macro_bytes += value.length - c->values[index].length;
    buf_clear(&c->values[index]);
    buf_add(&c->values[index], value);
}

/* @string{name = value # value}, or several of them. */
static enum bibtex_token take_macros(struct cutting *c, struct bibtex_scan *scan)
{
    buf value = {0};
    str name = {"", 0};
    bool fits = true;
    enum bibtex_token token;
    do {
        token = bibtex_next(scan);
        if (name.length && token >= BIBTEX_BRACED && token <= BIBTEX_BARE)
            fits = fits && add_value(c, &value, scan, token);
        if (name.length && fits && (token == BIBTEX_FIELD || token == BIBTEX_END))
            set_macro(c, name, buf_str(&value));
        if (token == BIBTEX_FIELD) {
            name = scan->value;
            buf_clear(&value);
        }
    } while (token < BIBTEX_END && fits && c->macro_bytes < MACROS_MOST);
    buf_free(&value);
    if (token < BIBTEX_END) {
        strcpy(scan->problem, "the macros grow larger than 64 KB (one) or 16 MB (all), the most "
                              "that is read");
        return BIBTEX_BROKEN;
    }
    return token;
}

/* Pass a group of braces, whatever it holds; `closed`: no entry, for it is not a comment. */
static enum bibtex_token pass_group(struct bibtex_scan *scan, bool closed)
{
    str text = scan->text;
    char open = scan->close == '}' ? '{' : '(';
    for (size_t depth = 1; scan->at < text.length; scan->at++) {
        char here = text.data[scan->at];
        depth += here == open;
        depth -= here == scan->close;
        if (closed && here == '@' && text.data[scan->at - 1] == '\n' &&
            bibtex_starts_entry(text, scan->at)) {
            strcpy(scan->problem, "the preamble is not closed before the next entry starts");
            return BIBTEX_BROKEN;
        }
        if (!depth) {
            scan->at++;
            return BIBTEX_END;
        }
    }
    return BIBTEX_CUT_OFF;
}

/* The offset of the next @ that is in no comment; a line is one when it starts with %. */
static size_t find_entry(str text)
{
    size_t at = 0;
    while (at < text.length) {
        size_t found = at + str_find(str_part(text, at, text.length), '@');
        if (found >= text.length)
            return text.length;
        size_t start = found;
        while (start > 0 && text.data[start - 1] != '\n')
            start--;
        while (start < found && char_is_space(text.data[start]))
            start++;
        if (text.data[start] != '%')
            return found;
        at = found + str_find(str_part(text, found, text.length), '\n');
    }
    return text.length;
}

/* Go to the next @; OSLER_END when there is none. */
static osler_status find_start(struct cutting *c, osler_error *error)
{
    osler_status status = OSLER_OK;
    for (;;) {
        str view = window_view(c->input);
        size_t at = find_entry(view);
        if (at < view.length) {
            window_skip(c->input, at);
            return OSLER_OK;
        }
        /* The line at the end may be a comment that goes on. */
        size_t line = view.length;
        while (line && view.data[line - 1] != '\n' && view.length - line < LIMIT_LINE)
            line--;
        window_skip(c->input, c->input->ended ? view.length : line);
        if (c->input->ended)
            return OSLER_END;
        status = window_fill(c->input, error);
        if (status != OSLER_OK)
            return status;
    }
}

static enum bibtex_token look_at_start(struct cutting *c, struct bibtex_scan *scan)
{
    str word;
    if (!bibtex_begin(scan, &word)) {
        if (scan->at >= scan->text.length && scan->at < 256)
            return BIBTEX_CUT_OFF;
        scan->at = 1; /* an @ in a text that stands between entries */
        return BIBTEX_END;
    }
    bool preamble = str_equal_ignoring_case(word, (str)STR("preamble"));
    if (preamble || str_equal_ignoring_case(word, (str)STR("comment")))
        return pass_group(scan, preamble);
    return str_equal_ignoring_case(word, (str)STR("string"))
               ? take_macros(c, scan)
               : keep_entry(c, scan, str_equal_ignoring_case(word, (str)STR("xdata")));
}

/* An item that cannot be read: say why, and go on behind it. */
static osler_status refuse(struct cutting *c, const struct bibtex_scan *scan,
                           enum bibtex_token token, osler_error *error)
{
    unsigned line = c->input->line;
    bool ended = c->input->ended, was_partial = c->partial;
    c->partial = true;
    if (token == BIBTEX_BROKEN) {
        unsigned found = line + window_lines(str_part(scan->text, 0, scan->at));
        window_skip(c->input, scan->at ? scan->at : 1);
        bool next = window_view(c->input).length && window_view(c->input).data[0] == '@';
        return fail(error, OSLER_EINPUT, next ? line : found, "%s", scan->problem);
    }
    if (!ended) {
        window_skip(c->input, scan->text.length);
        return fail(error, OSLER_ELIMIT, line,
                    "this entry is larger than %d MB, the most that is read", LIMIT_RECORD >> 20);
    }
    str word;
    struct bibtex_scan start = {.text = scan->text};
    bool begun = bibtex_begin(&start, &word);
    window_skip(c->input, start.at ? start.at : 1);
    if (!begun || str_equal_ignoring_case(word, (str)STR("comment"))) {
        c->partial = was_partial;
        return OSLER_OK;
    }
    c->over = true;
    return fail(error, OSLER_EINPUT, line, "the file ends inside this entry: it is truncated");
}

/* Take what starts at the next @: macros, a comment, an entry. */
static osler_status take_next(struct cutting *c, osler_error *error)
{
    struct bibtex_scan scan;
    osler_status status = find_start(c, error);
    while (status == OSLER_OK) {
        scan = (struct bibtex_scan){.text = window_view(c->input)};
        enum bibtex_token token = look_at_start(c, &scan);
        if (token == BIBTEX_END) {
            window_skip(c->input, scan.at);
            return OSLER_OK;
        }
        if (token == BIBTEX_BROKEN || scan.text.length > LIMIT_RECORD || c->input->ended)
            return refuse(c, &scan, token, error);
        fill_more(c, &status, error);
    }
    return status;
}

/* The parents of an entry and theirs, each once. */
struct chain {
    size_t items[CHAIN_MOST], count;
    const char *missing[CHAIN_MOST]; /* what the entry refers to, or the data that it has */
    size_t missing_count;
    bool waits, circular;
};

static void follow(const struct cutting *c, struct chain *chain, size_t child, size_t first)
{
    const struct kept *entry = &c->entries[child];
    for (size_t r = 0; r < entry->ref_count; r++) {
        long key = bibtex_names_find(&c->keys, str_of(c->refs[entry->refs + r]));
        if (key < 0) {
            chain->waits = true;
            if ((child == first || entry->data) && chain->missing_count < CHAIN_MOST)
                chain->missing[chain->missing_count++] = c->refs[entry->refs + r];
            continue;
        }
        size_t parent = c->by_key[key];
        bool again = false;
        for (size_t i = 0; i < chain->count; i++)
            again |= chain->items[i] == parent;
        chain->circular |= parent == first;
        if (!again && parent != first && chain->count < CHAIN_MOST)
            chain->items[chain->count++] = parent;
    }
}

static void follow_all(const struct cutting *c, struct chain *chain, size_t entry)
{
    *chain = (struct chain){.count = 0};
    follow(c, chain, entry, entry);
    for (size_t i = 0; i < chain->count; i++)
        follow(c, chain, chain->items[i], entry);
}

/* How many bytes of a key a remark shows: whole characters. */
static int shown(const char *key)
{
    size_t length = strlen(key);
    if (length > KEY_SHOWN)
        for (length = KEY_SHOWN; length && ((unsigned char)key[length] & 0xC0) == 0x80;)
            length--;
    return (int)length;
}

/* What is to be said of the entry that is next. */
static void make_remark(struct cutting *c, const struct chain *chain)
{
    const struct kept *entry = &c->entries[c->next];
    buf_clear(&c->remark);
    if (entry->before) {
        const char *key = c->keys.items[entry->key].data;
        buf_printf(&c->remark, "the key %.*s was used before, on line %u", shown(key), key,
                   entry->before);
    }
    for (size_t i = 0; i < chain->missing_count; i++)
        buf_printf(&c->remark, "%srefers to the entry %.*s, which is not %s",
                   c->remark.length ? "; " : "", shown(chain->missing[i]), chain->missing[i],
                   c->complete && !c->partial ? "in the file" : "among the entries read with it");
    if (chain->circular)
        buf_printf(&c->remark,
                   "%sthe entry inherits from itself by its crossref or xdata: it is read without "
                   "what it inherits",
                   c->remark.length ? "; " : "");
    buf_text(&c->remark); /* ends it */
}

static void hand_out(struct cutting *c, const struct chain *chain, struct piece *out)
{
    const struct kept *entry = &c->entries[c->next];
    str text = str_part(buf_str(&c->text), entry->start, entry->length);
    make_remark(c, chain);
    c->next++;
    size_t total = 0;
    buf_clear(&c->piece);
    for (size_t i = 0; i < chain->count && !chain->circular; i++) {
        const struct kept *parent = &c->entries[chain->items[i]];
        total += parent->length;
        if (total > PARENTS_MOST)
            break;
        if (!c->piece.length)
            buf_add(&c->piece, text);
        buf_add_byte(&c->piece, '\n');
        buf_add(&c->piece, str_part(buf_str(&c->text), parent->start, parent->length));
    }
    *out = (struct piece){c->piece.length ? buf_str(&c->piece) : text, entry->line, ""};
}

osler_status bibtex_cut(void *state, struct piece *out, osler_error *error)
{
    struct cutting *c = state;
    struct chain chain;
    for (;;) {
        bool full = c->text.length > KEPT_MOST;
        while (c->next < c->count && c->entries[c->next].data)
            c->next++;
        if (c->next < c->count) {
            follow_all(c, &chain, c->next);
            if (!chain.waits || c->over || full) {
                hand_out(c, &chain, out);
                return OSLER_OK;
            }
        } else if (c->over) {
            return OSLER_END;
        } else if (full) {
            forget(c);
        }
        osler_status status = take_next(c, error);
        c->complete |= status == OSLER_END;
        c->over |= status == OSLER_END ||
                   (status != OSLER_OK && status != OSLER_EINPUT && status != OSLER_ELIMIT);
        if (status != OSLER_OK && status != OSLER_END)
            return status;
    }
}
