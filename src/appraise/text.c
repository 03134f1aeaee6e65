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
    str word;
    place place;
} labels[] = {
#define SECTION(word, place) {STR(word), PLACE_##place},
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

enum { LABEL_COUNT = sizeof labels / sizeof *labels, LONGEST_LABEL = 70 };

/* `part` stands at the start of `s`, and no letter behind it. */
static bool begins_with_word(str s, str part)
{
    return str_starts_with(s, part) &&
           (s.length == part.length || !char_is_letter(s.data[part.length]));
}

/* What a folded label says; PLACE_UNLABELED when no row knows it.  Rows are whole words. */
static place place_of_folded(str label)
{
    size_t first = LABEL_COUNT;
    for (size_t i = 0; i < label.length; i++) {
        if (!char_is_letter(label.data[i]) || (i && char_is_letter(label.data[i - 1])))
            continue;
        for (size_t row = 0; row < first; row++)
            if (label.data[i] == labels[row].word.data[0] &&
                begins_with_word(str_part(label, i, label.length), labels[row].word))
                first = row;
    }
    return first < LABEL_COUNT ? labels[first].place : PLACE_UNLABELED;
}

static place place_of_label(str label)
{
    buf folded = {0};
    fold_add(&folded, label);
    place found = place_of_folded(buf_str(&folded));
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
    for (; i < s.length && i < LONGEST_LABEL && s.data[i] != ':'; i++) {
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

/* At `i` running text may begin with a label: behind a line's end, or a stop and white space. */
static bool is_boundary(str s, size_t from, size_t i)
{
    if (i == 0 || s.data[i - 1] == '\n')
        return true;
    size_t least = from ? from - 1 : 0, last = i - 1;
    if (!char_is_space(s.data[last]))
        return false;
    while (last > least && char_is_space(s.data[last]))
        last--;
    return s.data[last] && strchr(".?!;)", s.data[last]);
}

/* Where the next label of running text starts at or after `from`; the length of `s` when none.
 * Only what is in reach of a colon, and begins with a capital, is looked at. */
static size_t next_label(str s, size_t from, size_t *length)
{
    for (size_t i = from; i < s.length; i++) {
        size_t colon = i + str_find(str_part(s, i, s.length), ':');
        if (colon == s.length)
            break;
        for (i = colon - i > LONGEST_LABEL ? colon - LONGEST_LABEL : i; i < colon; i++)
            if (s.data[i] >= 'A' && s.data[i] <= 'Z' && is_boundary(s, from, i) &&
                (*length = label_length(str_part(s, i, s.length))))
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

/* "ae" may stand in the text, in one letter or in two: without a branch, sixteen bytes at a time.
 */
static bool may_have_ligatures(str text)
{
    const unsigned char *b = (const unsigned char *)text.data;
    unsigned char found = 0;
    for (size_t i = 0; i + 1 < text.length; i++) {
        unsigned char a_and_e = (unsigned char)(((b[i] | 0x20) ^ 'a') | ((b[i + 1] | 0x20) ^ 'e'));
        found |= (unsigned char)((a_and_e == 0) | (b[i] >> 7));
    }
    return found;
}

static void add_tokens(struct reader *r, passage *p)
{
    str whole = str_of(p->text);
    word_list list = words_of(r->memory, whole);
    bool ligatures = may_have_ligatures(whole);
    token *t = p->tokens = arena_room(r->memory, (list.count + 1) * sizeof *p->tokens);
    for (size_t i = 0, used; i < list.count; i += used, t++) {
        const word *w = &list.items[i];
        const lexicon_word *known = lexicon_find(r->words, w->folded, ligatures);
        bool digit = w->folded.length && char_is_digit(w->folded.data[0]);
        used = 1;
        *t = (token){.mark = TEXT_ANY,
                     .number = -1,
                     .offset = w->offset,
                     .length = w->length,
                     .sentence = w->sentence,
                     .gap = w->gap};
        if (digit || (known && known->counts)) {
            t->number = number_read(&list, whole, i, &used);
            const word *last = &list.items[i + used - 1];
            t->length = last->offset + last->length - w->offset;
            t->in_digits = digit && t->number >= 0;
            t->counts = t->number >= 0 && number_counts(&list, whole, i, used);
        }
        if (!known)
            t->lead = lexicon_has_lead(r->words, w->folded);
        else if (used == 1) {
            t->id = known->id;
            t->classes = known->classes;
            t->mark |= text_mark(t->id);
        }
        if (t->number >= 0)
            t->mark |= TEXT_NUMBER;
    }
    p->count = (size_t)(t - p->tokens);
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

/* Markup as plain text: in `room`, or the markup itself where it is plain already. */
static str plain_of(buf *room, const char *markup)
{
    str text = str_of(markup);
    if (str_find(text, '<') == text.length && str_find(text, '&') == text.length)
        return text;
    buf_clear(room);
    markup_add_text(room, text);
    return buf_str(room);
}

passages text_of(arena *memory, const lexicon *words, const osler_record *record)
{
    struct reader r = {.memory = memory, .words = words, .left = MOST_TEXT};
    buf room = {0};
    const char *title = osler_record_title(record);
    if (title)
        add_passage(&r, PLACE_TITLE, NULL, plain_of(&room, title));
    size_t before = r.text.count;
    for (size_t i = 0; i < record->abstract.count && r.left; i++) {
        const osler_section *section = &record->abstract.items[i];
        add_section(&r, section, section->text ? plain_of(&room, section->text) : (str){0});
    }
    r.text.has_abstract = r.text.count > before;
    buf_free(&room);
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
