/* A list cut into lines: white space made plain, furniture of pages and the heading left out. */
#include "refs/cues.h"
#include "refs/split.h"

#include "base/fold.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { TAB = 8, LONGEST_HEAD = 120, LONGEST_HEADING = 60 };

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

static bool is_nothing(uint32_t c)
{
    return c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x200B || c == 0x200C || c == 0x200D ||
           c == 0x2060 || c == 0xFEFF;
}

/* `raw` with plain white space; a soft hyphen stays at the end, where it says something. */
static void make_plain(buf *out, str raw, struct refs_line *line)
{
    bool space = false, soft = false;
    for (size_t at = 0, length; at < raw.length; at += length) {
        uint32_t c = utf8_decode(str_part(raw, at, raw.length), &length);
        if (is_space(c)) {
            line->indent += out->length ? 0 : c == '\t' ? TAB - line->indent % TAB : 1;
            space = out->length > 0;
            continue;
        }
        if (c == 0xAD || is_nothing(c)) {
            soft = c == 0xAD || soft;
            continue;
        }
        if (space)
            buf_add_byte(out, ' ');
        line->width += space + 1;
        space = soft = false;
        buf_add(out, str_part(raw, at, length));
    }
    if (soft && out->length)
        buf_add_codepoint(out, 0xAD);
    line->width += line->indent;
}

/* True for "12", "- 12 -", "Page 3 of 9": what stands alone at the edge of a page. */
static bool is_page_number(str text)
{
    enum { MOST_DIGITS = 4, LONGEST = 16 };
    static const str page = STR("page ");
    unsigned digits = 0, letters = 0;
    bool said = str_starts_with_ignoring_case(text, page);
    if (!said && text.length > 4 && text.data[0] == '-' && text.data[text.length - 1] == '-')
        text = str_trim(str_part(text, 1, text.length - 2));
    for (size_t i = said ? page.length : 0; i < text.length; i++) {
        digits += char_is_digit(text.data[i]);
        letters += !char_is_digit(text.data[i]);
    }
    return digits && (said ? text.length < LONGEST : digits <= MOST_DIGITS && !letters);
}

/* True when what follows on the next line belongs to this one, be it a mere number. */
static bool goes_on(str line)
{
    static const str pmid = STR("PMID");
    uint32_t last = cue_last(line);
    return last == '-' || last == ',' || last == ':' || last == '(' || last == 0x2013 ||
           last == ';' ||
           (line.length >= pmid.length &&
            str_equal(str_part(line, line.length - pmid.length, pmid.length), pmid));
}

/* True for a line that names the list: "References", "7. Bibliography", "## Works cited:". */
static bool is_heading(str text)
{
    static const char *const names[] = {"references",
                                        "reference list",
                                        "references cited",
                                        "references and notes",
                                        "references and further reading",
                                        "list of references",
                                        "cited references",
                                        "bibliography",
                                        "select bibliography",
                                        "selected bibliography",
                                        "works cited",
                                        "literature cited",
                                        "literature",
                                        "literatur",
                                        "literaturverzeichnis",
                                        "literatura",
                                        "bibliographie",
                                        "bibliografia",
                                        "références",
                                        "referencias",
                                        "referências",
                                        "riferimenti bibliografici",
                                        "further reading"};
    if (text.length > LONGEST_HEADING)
        return false;
    if (text.length && text.data[0] == '#')
        return true;
    while (text.length && strchr("#*_0123456789. ", text.data[0]))
        text = str_part(text, 1, text.length);
    while (text.length && strchr(":*_. ", text.data[text.length - 1]))
        text.length--;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal_ignoring_case(text, str_of(names[i])))
            return true;
    return false;
}

/* The line with its numbers masked, by which running heads know each other. */
struct head {
    const char *masked;
    size_t line;
};

static int compare_heads(const void *a, const void *b)
{
    const struct head *x = a, *y = b;
    int order = strcmp(x->masked, y->masked);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static const char *mask(arena *memory, str text)
{
    buf masked = {0};
    for (size_t i = 0; i < text.length; i++)
        if (!char_is_digit(text.data[i]))
            buf_add_byte(&masked, char_lower(text.data[i]));
        else if (!i || !char_is_digit(text.data[i - 1]))
            buf_add_byte(&masked, '9');
    const char *kept = arena_copy(memory, buf_str(&masked));
    buf_free(&masked);
    return kept;
}

/* Mark the lines beside page breaks that come again, but for their numbers. */
static void find_running_heads(arena *memory, const struct refs_lines *lines, bool *head,
                               const bool *edge)
{
    struct head *heads = arena_alloc(memory, (lines->count + 1) * sizeof *heads);
    size_t count = 0;
    for (size_t i = 0; i < lines->count; i++)
        if (edge[i] && lines->items[i].text.length <= LONGEST_HEAD)
            heads[count++] = (struct head){mask(memory, lines->items[i].text), i};
    if (count)
        qsort(heads, count, sizeof *heads, compare_heads);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && strcmp(heads[end].masked, heads[i].masked) == 0;)
            end++;
        for (size_t k = i; k < end && end - i > 1; k++)
            head[heads[k].line] = true;
    }
}

/* Going through a list. */
struct cutting {
    arena *memory;
    struct refs_lines *out;
    bool *edge; /* lines beside the end of a page */
    buf text;
    bool blank, page;
};

static void end_page(struct cutting *c)
{
    c->page = true;
    if (c->out->count)
        c->edge[c->out->count - 1] = true;
}

static void cut_line(struct cutting *c, str raw, unsigned number)
{
    struct refs_line line = {.number = number};
    buf_clear(&c->text);
    make_plain(&c->text, raw, &line);
    str last = c->out->count ? c->out->items[c->out->count - 1].text : (str){"", 0};
    if (!c->text.length) {
        c->blank = true;
        return;
    }
    if (is_page_number(buf_str(&c->text)) && !goes_on(last)) {
        end_page(c);
        return;
    }
    line.text = (str){arena_copy(c->memory, buf_str(&c->text)), c->text.length};
    line.after_blank = c->blank;
    line.after_page = c->page;
    c->edge[c->out->count] = c->page || !c->out->count;
    c->out->items[c->out->count++] = line;
    c->blank = c->page = false;
}

/* The lines as they are, page numbers left out. */
static bool *cut_all(arena *memory, str list, struct refs_lines *out)
{
    size_t room = 2;
    unsigned number = 1;
    for (size_t i = 0; i < list.length; i++)
        room += list.data[i] == '\n' || list.data[i] == '\r' || list.data[i] == '\f';
    out->items = arena_alloc(memory, room * sizeof *out->items);
    struct cutting c = {.memory = memory, .out = out, .edge = arena_alloc(memory, room)};
    for (size_t at = 0, end; at < list.length; at = end + 1) {
        for (end = at; end < list.length;) {
            char byte = list.data[end];
            if (byte == '\n' || byte == '\r' || byte == '\f')
                break;
            end++;
        }
        cut_line(&c, str_part(list, at, end - at), number);
        if (end < list.length && list.data[end] == '\f') {
            end_page(&c);
            continue;
        }
        if (end + 1 < list.length && list.data[end] == '\r' && list.data[end + 1] == '\n')
            end++;
        number++;
    }
    buf_free(&c.text);
    return c.edge;
}

struct refs_lines refs_cut_lines(arena *memory, str list)
{
    struct refs_lines all = {0}, kept;
    bool *edge = cut_all(memory, list, &all);
    bool *head = arena_alloc(memory, all.count + 1);
    bool page = false, blank = false;
    find_running_heads(memory, &all, head, edge);
    kept = (struct refs_lines){all.items, 0};
    for (size_t i = 0; i < all.count; i++) {
        struct refs_line line = all.items[i];
        page = page || head[i] || line.after_page;
        blank = blank || line.after_blank;
        if (head[i])
            continue;
        if (is_heading(line.text) && !cue_has_year(line.text)) {
            blank = true;
            page = false;
            continue;
        }
        line.after_blank = blank;
        line.after_page = page;
        kept.items[kept.count++] = line;
        page = blank = false;
    }
    return kept;
}
