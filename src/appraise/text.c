/* Cutting a record's title and abstract into passages of words, numbers read, sections told apart.
 */
#include "appraise/text.h"

#include "appraise/numbers.h"
#include "base/buf.h"
#include "base/fold.h"
#include "base/words.h"
#include "record/record.h"

#include <string.h>

static const struct {
    const char *word;
    place place;
} labels[] = {
#define SECTION(word, place) {word, PLACE_##place},
#include "appraise/section_labels.def"
};

static const struct {
    const char *category;
    place place;
} categories[] = {
    {"METHODS", PLACE_METHODS},        {"RESULTS", PLACE_RESULTS},
    {"CONCLUSIONS", PLACE_CONCLUSION}, {"BACKGROUND", PLACE_BACKGROUND},
    {"OBJECTIVE", PLACE_OBJECTIVE},
};

/* `part` stands in `label` (folded) as whole words. */
static bool label_has(str label, str part)
{
    for (size_t i = 0; i + part.length <= label.length; i++) {
        size_t end = i + part.length;
        if (memcmp(label.data + i, part.data, part.length) == 0 &&
            (i == 0 || !char_is_letter(label.data[i - 1])) &&
            (end == label.length || !char_is_letter(label.data[end])))
            return true;
    }
    return false;
}

/* What a label says; PLACE_UNLABELED when no row knows it. */
static place place_of_label(str label)
{
    buf folded = {0};
    place found = PLACE_UNLABELED;
    fold_add(&folded, label);
    for (size_t i = 0; found == PLACE_UNLABELED && i < sizeof labels / sizeof *labels; i++)
        if (label_has(buf_str(&folded), str_of(labels[i].word)))
            found = labels[i].place;
    buf_free(&folded);
    return found;
}

static place place_of_section(const osler_section *section)
{
    place p = section->label ? place_of_label(str_of(section->label)) : PLACE_UNLABELED;
    if (p != PLACE_UNLABELED || !section->category)
        return p;
    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
        if (strcmp(section->category, categories[i].category) == 0)
            return categories[i].place;
    return p;
}

/*
 * The length of a label with its colon at the start of `s`, as running text has them: at most
 * eight words that begin with capitals or are written in capitals alone, and a row knows one.
 */
static size_t label_length(str s)
{
    size_t words = 0, letters = 0, capitals = 0, i = 0;
    for (; i < s.length && i < 70 && s.data[i] != ':'; i++) {
        char c = s.data[i];
        if (char_is_letter(c)) {
            letters++;
            capitals += c >= 'A' && c <= 'Z';
            words += i == 0 || !char_is_letter(s.data[i - 1]);
        } else if (!strchr(" ,/&-()", c)) {
            return 0;
        }
    }
    if (i >= s.length || s.data[i] != ':' || letters < 3 || words > 8)
        return 0;
    bool capital_start = s.data[0] >= 'A' && s.data[0] <= 'Z';
    if (!capital_start || (capitals < letters && words > 4))
        return 0;
    return place_of_label(str_part(s, 0, i)) == PLACE_UNLABELED ? 0 : i + 1;
}

/* Where the next label of running text starts at or after `from`; the length of `s` when none. */
static size_t next_label(str s, size_t from, size_t *length)
{
    char last = from ? s.data[from - 1] : ' '; /* before the white space, if there is any */
    for (size_t i = from; i < s.length; i++) {
        char before = i ? s.data[i - 1] : '\n';
        if (i && !char_is_space(before))
            last = before;
        bool boundary = before == '\n' || (char_is_space(before) && strchr(".?!;)", last));
        if (boundary && (*length = label_length(str_part(s, i, s.length))))
            return i;
    }
    *length = 0;
    return s.length;
}

struct reader {
    arena *memory;
    const lexicon *words;
    passages text;
    size_t left; /* of MOST_TEXT */
};

static void add_tokens(struct reader *r, passage *p)
{
    str whole = str_of(p->text);
    word_list list = words_of(r->memory, whole);
    p->tokens = arena_alloc(r->memory, (list.count + 1) * sizeof *p->tokens);
    for (size_t i = 0, used; i < list.count; i += used) {
        const word *w = &list.items[i];
        const lexicon_word *known = lexicon_find(r->words, w->folded);
        long number = number_read(&list, whole, i, &used);
        const word *last = &list.items[i + used - 1];
        token *t = &p->tokens[p->count++];
        *t = (token){.id = known && used == 1 ? known->id : 0,
                     .classes = known && used == 1 ? known->classes : 0,
                     .number = number,
                     .offset = w->offset,
                     .length = last->offset + last->length - w->offset,
                     .sentence = w->sentence,
                     .gap = w->gap};
        if (number >= 0) {
            t->in_digits = char_is_digit(w->folded.data[0]);
            t->counts = number_counts(&list, whole, i, used);
        }
    }
}

/* The first `most` bytes, and not half a character. */
static str cut_to(str s, size_t most)
{
    if (s.length <= most)
        return s;
    while (most && ((unsigned char)s.data[most] & 0xC0) == 0x80)
        most--;
    return str_part(s, 0, most);
}

static void add_passage(struct reader *r, place where, const char *label, str plain)
{
    plain = cut_to(str_trim(plain), r->left);
    if (!plain.length)
        return;
    r->left -= plain.length;
    passage *p = arena_append(r->memory, &r->text.items, &r->text.count, sizeof *p);
    *p = (passage){.place = where, .label = label, .text = arena_copy(r->memory, plain)};
    add_tokens(r, p);
}

static void add_label(struct reader *r, const char *label)
{
    if (label)
        add_passage(r, PLACE_LABEL, label, str_of(label));
}

/* A section, cut further at the labels that stand in its text. */
static void add_section(struct reader *r, const osler_section *section, str plain)
{
    place where = place_of_section(section);
    const char *label = section->label ? arena_copy(r->memory, str_of(section->label)) : NULL;
    size_t at = 0, label_size = 0;
    add_label(r, label);
    while (at < plain.length && r->left) {
        size_t next_size, next = next_label(plain, at + label_size, &next_size);
        add_passage(r, where, label, str_part(plain, at + label_size, next - at - label_size));
        if (next_size) {
            str printed = str_part(plain, next, next_size - 1);
            where = place_of_label(printed);
            label = arena_copy(r->memory, printed);
            add_label(r, label);
        }
        at = next;
        label_size = next_size;
    }
}

passages text_of(arena *memory, const lexicon *words, const osler_record *record)
{
    struct reader r = {.memory = memory, .words = words, .left = MOST_TEXT};
    buf plain = {0};
    const char *title = osler_record_title(record);
    if (title) {
        markup_add_text(&plain, str_of(title));
        add_passage(&r, PLACE_TITLE, NULL, buf_str(&plain));
    }
    size_t before = r.text.count;
    for (size_t i = 0; i < record->abstract.count && r.left; i++) {
        const osler_section *section = &record->abstract.items[i];
        buf_clear(&plain);
        if (section->text)
            markup_add_text(&plain, str_of(section->text));
        add_section(&r, section, buf_str(&plain));
    }
    r.text.has_abstract = r.text.count > before;
    buf_free(&plain);
    return r.text;
}

const char *text_quote(arena *memory, const passage *p, size_t from, size_t to)
{
    if (from >= to || to > p->count)
        return arena_copy(memory, str_of(""));
    size_t start = p->tokens[from].offset;
    size_t end = p->tokens[to - 1].offset + p->tokens[to - 1].length;
    return arena_copy(memory, (str){p->text + start, end - start});
}

const char *text_sentence(arena *memory, const passage *p, size_t at)
{
    size_t from = at, to = at + 1, length = strlen(p->text);
    while (from > 0 && p->tokens[from - 1].sentence == p->tokens[at].sentence)
        from--;
    while (to < p->count && p->tokens[to].sentence == p->tokens[at].sentence)
        to++;
    size_t start = from ? p->tokens[from].offset : 0;
    size_t end = to < p->count ? p->tokens[to].offset : length;
    /* what stands before the first word of the next sentence may belong to that: "(", a quote */
    str sentence = str_trim((str){p->text + start, end - start});
    return arena_copy(memory, sentence);
}
