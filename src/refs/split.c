/* A reference list cut into its references, however it is laid out. */
#include "refs/split.h"

#include "base/error.h"
#include "base/limits.h"
#include "refs/cues.h"

enum { MOST_BYTES = LIMIT_FIELD, RECOGNIZED = 50, LONGEST_REFERENCE = 1500, SHORTEST = 25 };

/* A list at work. */
struct splitting {
    arena *memory;
    struct refs_lines lines;
    const struct refs_words *words;
    struct refs_reference *references;
    size_t count;
    buf text;
};

/* "12" of "[12]", "12." and "(12)"; labels with letters keep their brackets. */
static str number_of(str printed)
{
    printed = str_trim(printed);
    str bare = printed;
    while (bare.length && strchr("[(", bare.data[0]))
        bare = str_part(bare, 1, bare.length);
    while (bare.length && strchr("]).:", bare.data[bare.length - 1]))
        bare.length--;
    for (size_t i = 0; i < bare.length; i++)
        if (char_is_letter(bare.data[i]))
            return printed;
    return bare;
}

/* Add the reference from `from` up to `to`; none when there is no text between them. */
static void add_reference(struct splitting *s, struct refs_start from, struct refs_start to)
{
    buf_clear(&s->text);
    for (size_t i = from.line; i < s->lines.count && i <= to.line; i++) {
        str text = s->lines.items[i].text;
        size_t start = i == from.line ? from.at + from.length : 0;
        size_t end = i == to.line ? to.at : text.length;
        if (end > start)
            refs_join(&s->text, str_trim(str_part(text, start, end - start)), s->words);
    }
    str text = str_trim(buf_str(&s->text));
    if (!text.length)
        return;
    struct refs_reference *r =
        arena_append(s->memory, &s->references, &s->count, sizeof *s->references);
    str line = s->lines.items[from.line].text;
    *r = (struct refs_reference){
        .text = {arena_copy(s->memory, text), text.length},
        .number = from.bullet ? (str){"", 0} : number_of(str_part(line, from.at, from.length)),
        .line = s->lines.items[from.line].number,
    };
}

/* Of a numbered list: paragraphs without a number that are references for all that. */
static size_t add_unnumbered(struct refs_start **out, struct splitting *s,
                             const struct refs_start *numbered, size_t count)
{
    struct refs_start *all = arena_alloc(s->memory, (count + s->lines.count + 1) * sizeof *all);
    size_t made = 0, next = 0;
    for (size_t i = 0; i < s->lines.count; i++) {
        const struct refs_line *line = &s->lines.items[i];
        bool has_number = next < count && numbered[next].line == i && !numbered[next].at;
        bool ended = !i || (line->after_blank && !line->after_page &&
                            cue_of_end(s->lines.items[i - 1].text) != CUE_NONE &&
                            cue_of_start(line->text) == CUE_STRONG);
        if (!has_number && ended)
            all[made++] = (struct refs_start){.line = i};
        while (next < count && numbered[next].line == i)
            all[made++] = numbered[next++];
    }
    *out = all;
    return made;
}

/* Say of references that share a line with the one before that they do, unless most do. */
static void remark_inside(struct splitting *s, const struct refs_start *starts, size_t count)
{
    size_t inside = 0;
    for (size_t i = 0; i < count; i++)
        inside += starts[i].inside;
    if (inside * 4 > count)
        return;
    for (size_t i = 0; i < count && count == s->count; i++)
        if (starts[i].inside)
            s->references[i].remark = "it begins on a line of the reference before";
}

osler_status refs_split(struct refs_reference **out, size_t *count, arena *memory, str list,
                        osler_error *error)
{
    *out = NULL;
    *count = 0;
    if (list.length > MOST_BYTES)
        return fail(error, OSLER_ELIMIT, 0, "a reference list of more than %d MB",
                    MOST_BYTES >> 20);
    struct splitting s = {.memory = memory, .lines = refs_cut_lines(memory, list)};
    s.words = refs_words_of(memory, &s.lines);
    struct refs_start *starts = NULL;
    size_t number = refs_find_numbered(&starts, memory, &s.lines);
    if (number)
        number = add_unnumbered(&starts, &s, starts, number);
    else
        number = refs_find_unnumbered(&starts, memory, &s.lines);
    for (size_t i = 0; i < number; i++)
        add_reference(&s, starts[i],
                      i + 1 < number ? starts[i + 1] : (struct refs_start){.line = s.lines.count});
    remark_inside(&s, starts, number);
    refs_remark(memory, s.references, s.count);
    buf_free(&s.text);
    *out = s.references;
    *count = s.count;
    return OSLER_OK;
}

/* A reference has a year, and says where the work is or begins with a name. */
static bool looks_like_reference(str text)
{
    return text.length >= SHORTEST && text.length <= LONGEST_REFERENCE && cue_has_year(text) &&
           (cue_has_locator(text) || cue_of_start(text) == CUE_STRONG ||
            str_contains_ignoring_case(text, (str)STR("doi")) ||
            str_contains_ignoring_case(text, (str)STR("http")));
}

bool refs_recognize(str head)
{
    struct refs_reference *references;
    size_t count, like = 0;
    arena memory = {0};
    bool known = refs_split(&references, &count, &memory, head, NULL) == OSLER_OK && count;
    if (known) {
        size_t asked = 0; /* what says that it is none, or was cut off, says nothing of the rest */
        for (size_t i = 0; i < count; i++) {
            bool like_one = looks_like_reference(references[i].text);
            asked += like_one || !(references[i].remark || (count > 1 && i + 1 == count));
            like += like_one;
        }
        known = like && like * 100 >= asked * RECOGNIZED;
    }
    arena_free(&memory);
    return known;
}
