/*
 * Where references without numbers begin: bullets and labels, empty lines, hanging indents, and
 * else lines that start like a reference after one that ends like one.
 */
#include "refs/cues.h"
#include "refs/split.h"

#include "base/utf8.h"

#include <stdlib.h>

enum { LONGEST_LABEL = 40, LONG_PARAGRAPH = 1200, SPARE = 12 };

/* The length of a bullet and the white space behind it; 0 when there is none. */
static size_t bullet_length(str text)
{
    static const uint32_t bullets[] = {'*',    '-',    '+',    0xB7,   0x2022, 0x2023,
                                       0x25AA, 0x25CF, 0x25CB, 0x25A0, 0x25E6, 0x2043,
                                       0x2013, 0x2212, 0x27A2, 0xF0B7};
    size_t length;
    if (!text.length)
        return 0;
    uint32_t c = utf8_decode(text, &length);
    if (length + 1 >= text.length || text.data[length] != ' ')
        return 0;
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
        if (bullets[i] == c)
            return length + 1;
    return 0;
}

/* The length of a label as "[Smi99]" or "[Smith et al., 2004]"; 0 when there is none. */
static size_t label_length(str text)
{
    if (!text.length || text.data[0] != '[')
        return 0;
    size_t close = str_find(str_part(text, 0, LONGEST_LABEL), ']');
    bool letter = false, digit = false;
    for (size_t i = 1; i < close; i++) {
        letter = letter || char_is_letter(text.data[i]);
        digit = digit || char_is_digit(text.data[i]);
    }
    return close < text.length && text.data[close] == ']' && letter && digit ? close + 1 : 0;
}

/* All lines whose mark has a length, where there are at least two and the first line is one. */
static size_t find_marked(struct refs_start *out, const struct refs_lines *lines,
                          size_t (*length_of)(str text), bool bullets)
{
    size_t count = 0;
    if (!lines->count || !length_of(lines->items[0].text))
        return 0;
    uint32_t first = cue_first(lines->items[0].text);
    for (size_t i = 0; i < lines->count; i++) {
        size_t length = length_of(lines->items[i].text);
        if (length && cue_first(lines->items[i].text) == first)
            out[count++] = (struct refs_start){i, 0, length, false, bullets};
    }
    return count > 1 ? count : 0;
}

/* What is known of the lines as a whole. */
struct layout {
    unsigned width;                     /* of lines that are full */
    unsigned left, deeper;              /* the least indent; that of hanging lines, or the same */
    size_t paragraphs, longest, single; /* how many, bytes of the longest, those of one line */
    size_t sound;                       /* line breaks with an end before and a start behind */
};

static int compare_unsigned(const void *a, const void *b)
{
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
    return (x > y) - (x < y);
}

/* The width of the widest lines but a few. */
static unsigned width_of(arena *memory, const struct refs_lines *lines)
{
    unsigned *widths = arena_alloc(memory, (lines->count + 1) * sizeof *widths);
    for (size_t i = 0; i < lines->count; i++)
        widths[i] = lines->items[i].width;
    qsort(widths, lines->count, sizeof *widths, compare_unsigned);
    return lines->count ? widths[lines->count - 1 - lines->count / 20] : 0;
}

static bool is_sound(const struct refs_lines *lines, size_t i)
{
    return cue_of_end(lines->items[i - 1].text) == CUE_STRONG &&
           cue_of_start(lines->items[i].text) == CUE_STRONG;
}

static struct layout look(arena *memory, const struct refs_lines *lines)
{
    struct layout l = {.width = width_of(memory, lines), .left = (unsigned)-1};
    size_t bytes = 0, members = 0;
    for (size_t i = 0; i < lines->count; i++) {
        const struct refs_line *line = &lines->items[i];
        if (line->indent < l.left)
            l.left = line->indent;
        if (!i || line->after_blank) {
            l.single += members == 1;
            l.paragraphs++;
            bytes = members = 0;
        }
        l.sound += i && !line->after_blank && is_sound(lines, i);
        bytes += line->text.length;
        members++;
        if (bytes > l.longest)
            l.longest = bytes;
    }
    l.single += members == 1;
    l.deeper = l.left;
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].indent > l.left + 1 &&
            (l.deeper == l.left || lines->items[i].indent < l.deeper))
            l.deeper = lines->items[i].indent;
    return l;
}

/* True when every line is a paragraph and few of them begin where a reference does. */
static bool is_double_spaced(const struct refs_lines *lines, const struct layout *l)
{
    size_t starts = 0;
    if (l->single < l->paragraphs || l->paragraphs < 4)
        return false;
    for (size_t i = 1; i < lines->count; i++)
        starts += cue_of_start(lines->items[i].text) != CUE_NONE &&
                  cue_of_end(lines->items[i - 1].text) != CUE_NONE;
    return starts * 10 < (lines->count - 1) * 6;
}

static size_t find_paragraphs(struct refs_start *out, const struct refs_lines *lines)
{
    size_t count = 0;
    for (size_t i = 0; i < lines->count; i++) {
        const struct refs_line *line = &lines->items[i];
        bool starts = !i || (line->after_blank && !line->after_page);
        if (i && line->after_page)
            starts = cue_of_end(lines->items[i - 1].text) != CUE_NONE &&
                     cue_of_start(line->text) != CUE_NONE;
        if (starts)
            out[count++] = (struct refs_start){.line = i};
    }
    return count;
}

/* Lines at one indent start references and those at the other go on; which is which? */
static size_t find_indented(struct refs_start *out, const struct refs_lines *lines,
                            const struct layout *l)
{
    size_t count = 0, counts[2] = {0, 0}, starts[2] = {0, 0};
    if (l->deeper == l->left)
        return 0;
    for (size_t i = 0; i < lines->count; i++) {
        const struct refs_line *line = &lines->items[i];
        bool deep = line->indent >= l->deeper;
        counts[deep]++;
        starts[deep] += cue_of_start(line->text) == CUE_STRONG;
    }
    bool opens_deep = starts[1] * counts[0] > starts[0] * counts[1];
    for (size_t i = 0; i < lines->count; i++) {
        const struct refs_line *line = &lines->items[i];
        bool deep = line->indent >= l->deeper;
        if (!i || deep == opens_deep)
            out[count++] = (struct refs_start){.line = i};
    }
    return starts[opens_deep] * 2 >= counts[opens_deep] ? count : 0;
}

/* How much speaks for a reference that begins on line `i`. */
static float weigh_break(const struct refs_lines *lines, size_t i, const struct layout *l)
{
    const struct refs_line *before = &lines->items[i - 1], *line = &lines->items[i];
    enum cue ends = cue_of_end(before->text), starts = cue_of_start(line->text);
    unsigned word = (unsigned)cue_first_word(line->text).length;
    float weight = 0;
    if (before->width * 4 < l->width * 3)
        weight += 1.5F;
    else if (before->width + 1 + word + SPARE <= l->width)
        weight += 0.5F;
    else if (before->width + 1 + word <= l->width && ends != CUE_NONE)
        weight += 0.3F;
    weight += ends == CUE_STRONG ? 1.0F : ends == CUE_WEAK ? 0.6F : -1.0F;
    weight += starts == CUE_STRONG ? 1.2F : starts == CUE_WEAK ? 0.2F : -1.0F;
    uint32_t first = cue_first(line->text);
    if (cue_is_small(first) && !cue_is_particle(cue_first_word(line->text)))
        weight -= 1.5F;
    if (line->after_blank && !line->after_page)
        weight += 1.0F;
    return weight;
}

static size_t find_flowing(struct refs_start *out, const struct refs_lines *lines,
                           const struct layout *l)
{
    size_t count = 0;
    for (size_t i = 0; i < lines->count; i++)
        if (!i || weigh_break(lines, i, l) >= 1.7F)
            out[count++] = (struct refs_start){.line = i};
    return count;
}

size_t refs_find_unnumbered(struct refs_start **out, arena *memory, const struct refs_lines *lines)
{
    *out = arena_alloc(memory, (lines->count + 1) * sizeof **out);
    size_t count = find_marked(*out, lines, bullet_length, true);
    if (!count)
        count = find_marked(*out, lines, label_length, false);
    if (count)
        return count;
    struct layout l = look(memory, lines);
    bool long_ones = l.longest > LONG_PARAGRAPH && l.sound > l.paragraphs;
    if (l.paragraphs > 1 && !long_ones && !is_double_spaced(lines, &l))
        return find_paragraphs(*out, lines);
    count = find_indented(*out, lines, &l);
    return count ? count : find_flowing(*out, lines, &l);
}
