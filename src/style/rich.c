/* The rich text of a field: pseudo-HTML and quotation marks become parts of a tree. */
#include "base/utf8.h"
#include "style/output_run.h"

enum { RICH_DEPTH = 32 }; /* markup and quotations that are nested deeper are plain text */

enum mark {
    MARK_ITALIC,
    MARK_BOLD,
    MARK_SMALL_CAPS,
    MARK_SUP,
    MARK_SUB,
    MARK_NOCASE,
    MARK_NODECOR,
    MARK_UNKNOWN, /* a span that means nothing here, but whose end must not end another */
    MARK_QUOTE,   /* quotes from here on */
    MARK_APOSTROPHE,
    MARK_LEFT_DOUBLE,
    MARK_RIGHT_DOUBLE,
    MARK_LEFT_SINGLE,
    MARK_RIGHT_SINGLE,
    MARK_LOW_DOUBLE,
    MARK_LOW_SINGLE,
    MARK_LEFT_GUILLEMET,
    MARK_RIGHT_GUILLEMET,
    MARK_NARROW, /* a space where French sets a narrow one that does not break */
};
enum element { ELEMENT_I, ELEMENT_B, ELEMENT_SC, ELEMENT_SUP, ELEMENT_SUB, ELEMENT_SPAN };

/* A tag or a quotation mark in the text. */
struct token {
    size_t start, length;
    uint8_t mark, element;
    bool is_tag, can_open, can_close;
    bool opens, closes; /* as one of a pair */
};

struct rich {
    arena *memory;
    str text;
    struct token *tokens;
    size_t count;
    uint8_t first_quote; /* the kind of straight marks that the field has first, or 0 */
};

static const struct {
    str text;
    uint8_t mark, element;
} tags[] = {
    {STR("<i>"), MARK_ITALIC, ELEMENT_I},
    {STR("<b>"), MARK_BOLD, ELEMENT_B},
    {STR("<sc>"), MARK_SMALL_CAPS, ELEMENT_SC},
    {STR("<sup>"), MARK_SUP, ELEMENT_SUP},
    {STR("<sub>"), MARK_SUB, ELEMENT_SUB},
    {STR("<span class=\"nocase\">"), MARK_NOCASE, ELEMENT_SPAN},
    {STR("<span class=\"nodecor\">"), MARK_NODECOR, ELEMENT_SPAN},
    {STR("<span style=\"font-variant:small-caps;\">"), MARK_SMALL_CAPS, ELEMENT_SPAN},
    {STR("<span style=\"font-variant: small-caps;\">"), MARK_SMALL_CAPS, ELEMENT_SPAN},
    {STR("<span style=\"font-variant:small-caps\">"), MARK_SMALL_CAPS, ELEMENT_SPAN},
    {STR("<span style=\"font-variant: small-caps\">"), MARK_SMALL_CAPS, ELEMENT_SPAN},
};
static const struct {
    str text;
    uint8_t element;
} ends[] = {
    {STR("</i>"), ELEMENT_I},     {STR("</b>"), ELEMENT_B},     {STR("</sc>"), ELEMENT_SC},
    {STR("</sup>"), ELEMENT_SUP}, {STR("</sub>"), ELEMENT_SUB}, {STR("</span>"), ELEMENT_SPAN},
};

static const struct look looks[] = {
    [MARK_ITALIC] = {.formatting.font_style = FONT_STYLE_ITALIC},
    [MARK_BOLD] = {.formatting.font_weight = FONT_WEIGHT_BOLD},
    [MARK_SMALL_CAPS] = {.formatting.font_variant = FONT_VARIANT_SMALL_CAPS},
    [MARK_SUP] = {.formatting.vertical_align = ALIGN_SUP},
    [MARK_SUB] = {.formatting.vertical_align = ALIGN_SUB},
    [MARK_NODECOR] = {.formatting = {.font_style = FONT_STYLE_NORMAL,
                                     .font_variant = FONT_VARIANT_NORMAL,
                                     .font_weight = FONT_WEIGHT_NORMAL,
                                     .decoration = DECORATION_NONE}},
    [MARK_QUOTE] = {.quotes = true},
};

/* The quotation mark at the start of `text`, or 0. */
static uint8_t quote_at(str text, size_t *length)
{
    *length = 1;
    if (text.data[0] == '\'')
        return MARK_APOSTROPHE;
    if (text.data[0] == '"')
        return MARK_QUOTE;
    switch (utf8_decode(text, length)) {
    case 0x2018: return MARK_LEFT_SINGLE;
    case 0x2019: return MARK_RIGHT_SINGLE;
    case 0x201A: return MARK_LOW_SINGLE;
    case 0x201C: return MARK_LEFT_DOUBLE;
    case 0x201D: return MARK_RIGHT_DOUBLE;
    case 0x201E: return MARK_LOW_DOUBLE;
    case 0xAB: return MARK_LEFT_GUILLEMET;
    case 0xBB: return MARK_RIGHT_GUILLEMET;
    default: return 0;
    }
}

static bool tag_at(str text, struct token *token)
{
    token->is_tag = true;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (str_starts_with(text, tags[i].text)) {
            token->mark = tags[i].mark;
            token->element = tags[i].element;
            token->length = tags[i].text.length;
            return token->can_open = true;
        }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_starts_with(text, ends[i].text)) {
            token->element = ends[i].element;
            token->length = ends[i].text.length;
            return token->can_close = true;
        }
    if (!str_starts_with(text, (str)STR("<span ")))
        return false;
    token->mark = MARK_UNKNOWN;
    token->element = ELEMENT_SPAN;
    token->length = 1;
    return token->can_open = true;
}

/* Before ":;!?" and the closing guillemet, after the opening one. */
static bool is_narrow_space(str text, size_t i)
{
    char next = i + 1 < text.length ? text.data[i + 1] : '\0';
    if (next == ':' || next == ';' || next == '!' || next == '?')
        return true;
    return str_starts_with(str_part(text, i + 1, 2), (str)STR("\u00BB")) ||
           (i >= 2 && str_starts_with(str_part(text, i - 2, 2), (str)STR("\u00AB")));
}

static bool is_special(str text, size_t i)
{
    char c = text.data[i];
    size_t length;
    if (c == ' ')
        return is_narrow_space(text, i);
    if (c == '<' || c == '\'' || c == '"')
        return true;
    return (c == '\xE2' || c == '\xC2') && quote_at(str_part(text, i, 4), &length);
}

static void find_tokens(struct rich *r, size_t most)
{
    r->tokens = arena_room(r->memory, most * sizeof *r->tokens);
    for (size_t i = 0; i < r->text.length;) {
        str rest = str_part(r->text, i, r->text.length);
        struct token token = {.start = i};
        if (!is_special(r->text, i)) {
            i++;
            continue;
        }
        if (rest.data[0] == ' ') {
            token.mark = MARK_NARROW;
            token.length = 1;
        } else if (rest.data[0] != '<')
            token.mark = quote_at(rest, &token.length);
        else if (!tag_at(rest, &token)) {
            i++;
            continue;
        }
        r->tokens[r->count++] = token;
        i += token.length;
    }
}

/* What stands beside a quotation mark: tags do not count. */
enum beside { BESIDE_SPACE, BESIDE_OPENING, BESIDE_CLOSING, BESIDE_SIGN, BESIDE_MARK, BESIDE_WORD };

static enum beside beside(uint32_t c)
{
    if (c <= 0x20 || c == 0xA0 || c == 0x202F || (c >= 0x2000 && c <= 0x200B) || c == 0x3000)
        return BESIDE_SPACE;
    if (c < 0x80 && strchr("([{", (int)c))
        return BESIDE_OPENING;
    if (c < 0x80 && strchr("<>/=", (int)c))
        return BESIDE_SIGN;
    if (c < 0x80 && strchr(".,;:!?)]}", (int)c))
        return BESIDE_CLOSING;
    if (c == '-' || (c >= 0x2010 && c <= 0x2015))
        return BESIDE_SIGN;
    if (c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB)
        return BESIDE_MARK;
    return c == 0x2026 ? BESIDE_CLOSING : BESIDE_WORD;
}

static size_t end_of(const struct token *token)
{
    return token->start + token->length;
}

static bool is_markup(const struct token *token)
{
    return token->is_tag && (token->opens || token->closes);
}

static enum beside before(const struct rich *r, size_t token)
{
    size_t end = r->tokens[token].start;
    while (token > 0 && is_markup(&r->tokens[token - 1]) && end_of(&r->tokens[token - 1]) == end)
        end = r->tokens[--token].start;
    if (end == 0)
        return BESIDE_SPACE;
    size_t start = end - 1, length;
    while (start > 0 && end - start < 4 && ((unsigned char)r->text.data[start] & 0xC0) == 0x80)
        start--;
    return beside(utf8_decode(str_part(r->text, start, end - start), &length));
}

static enum beside after(const struct rich *r, size_t token)
{
    size_t start = end_of(&r->tokens[token]), length;
    while (token + 1 < r->count && is_markup(&r->tokens[token + 1]) &&
           r->tokens[token + 1].start == start)
        start = end_of(&r->tokens[++token]);
    if (start == r->text.length)
        return BESIDE_SPACE;
    return beside(utf8_decode(str_part(r->text, start, r->text.length), &length));
}

static bool is_one_of(uint8_t mark, enum mark a, enum mark b, enum mark c)
{
    return mark == a || mark == b || mark == c;
}

static void look_around(struct rich *r)
{
    for (size_t i = 0; i < r->count; i++) {
        struct token *token = &r->tokens[i];
        if (token->is_tag || token->mark == MARK_NARROW)
            continue;
        enum beside left = before(r, i), right = after(r, i);
        bool open = right != BESIDE_SPACE && left != BESIDE_WORD && left != BESIDE_CLOSING;
        bool close = left != BESIDE_SPACE && left != BESIDE_OPENING && right != BESIDE_WORD &&
                     right != BESIDE_OPENING;
        token->can_open = open && !is_one_of(token->mark, MARK_RIGHT_SINGLE, MARK_RIGHT_DOUBLE,
                                             MARK_RIGHT_GUILLEMET);
        token->can_close =
            close && !is_one_of(token->mark, MARK_LOW_SINGLE, MARK_LOW_DOUBLE, MARK_LEFT_GUILLEMET);
    }
}

/* Pair the tags: an end closes the nearest element of its name; what is open above that is text. */
static void pair_tags(struct rich *r)
{
    size_t stack[RICH_DEPTH];
    unsigned depth = 0;
    for (size_t i = 0; i < r->count; i++) {
        struct token *token = &r->tokens[i];
        if (!token->is_tag)
            continue;
        if (token->can_open) {
            if (depth < RICH_DEPTH)
                stack[depth++] = i;
            continue;
        }
        unsigned d = depth;
        while (d > 0 && r->tokens[stack[d - 1]].element != token->element)
            d--;
        if (d == 0)
            continue;
        depth = d - 1;
        struct token *start = &r->tokens[stack[depth]];
        start->opens = token->closes = start->mark != MARK_UNKNOWN;
    }
}

static bool is_pair(uint8_t left, uint8_t right)
{
    switch (right) {
    case MARK_RIGHT_DOUBLE: return left == MARK_LEFT_DOUBLE;
    case MARK_RIGHT_SINGLE: return left == MARK_LEFT_SINGLE;
    case MARK_RIGHT_GUILLEMET: return left == MARK_LEFT_GUILLEMET;
    case MARK_LEFT_DOUBLE: return left == MARK_LOW_DOUBLE; /* German */
    case MARK_LEFT_SINGLE: return left == MARK_LOW_SINGLE;
    default: return left == right;
    }
}

/* Close the nearest open quotation of the same marks within the markup around it, if there is one
 * with something in it. */
static bool close_quote(struct rich *r, const size_t *stack, unsigned *depth, size_t closing)
{
    struct token *token = &r->tokens[closing];
    for (unsigned d = *depth; d > 0 && !r->tokens[stack[d - 1]].is_tag; d--) {
        struct token *start = &r->tokens[stack[d - 1]];
        if (!is_pair(start->mark, token->mark) || end_of(start) == token->start)
            continue;
        start->opens = token->closes = true;
        *depth = d - 1;
        return true;
    }
    return false;
}

/* What markup encloses ends with it; quotations that are open in it pair no more. */
static unsigned end_markup(const struct rich *r, const size_t *stack, unsigned depth)
{
    while (depth > 0 && !r->tokens[stack[depth - 1]].is_tag)
        depth--;
    return depth > 0 ? depth - 1 : 0;
}

static void pair_quotes(struct rich *r)
{
    size_t stack[2 * RICH_DEPTH]; /* quotations take at most half of it: tags find room */
    unsigned depth = 0;
    for (size_t i = 0; i < r->count; i++) {
        struct token *token = &r->tokens[i];
        bool begins = token->is_tag ? token->opens : token->can_open && depth < RICH_DEPTH;
        if (token->is_tag && token->closes)
            depth = end_markup(r, stack, depth);
        else if (!token->is_tag && token->can_close && close_quote(r, stack, &depth, i))
            continue;
        else if (begins)
            stack[depth++] = i;
    }
}

/* What stands for a mark that is none of a pair; empty: itself. */
static str replacement(const struct token *token)
{
    if (token->mark == MARK_APOSTROPHE)
        return (str)STR("\u2019");
    return token->mark == MARK_NARROW ? (str)STR("\u202F") : (str){0};
}

/* A leaf of the text from `start` to `end`, apostrophes and narrow spaces put right.  `*token` is
 * the first one behind `start`, and moves on. */
static struct output *leaf(struct rich *r, size_t start, size_t end, size_t *token)
{
    str text = str_part(r->text, start, end - start);
    size_t first = *token, length = text.length;
    for (; *token < r->count && r->tokens[*token].start < end; ++*token)
        if (replacement(&r->tokens[*token]).length)
            length += 2; /* three bytes for one */
    if (length > text.length) {
        char *copy = arena_room(r->memory, length), *to = copy;
        size_t from = start;
        for (size_t i = first; i < *token; i++) {
            str instead = replacement(&r->tokens[i]);
            if (!instead.length)
                continue;
            size_t kept = r->tokens[i].start - from;
            memcpy(to, r->text.data + from, kept);
            memcpy(to + kept, instead.data, instead.length);
            to += kept + instead.length;
            from = end_of(&r->tokens[i]);
        }
        memcpy(to, r->text.data + from, end - from);
        text = (str){copy, length};
    }
    return output_leaf(r->memory, text, NULL);
}

static struct output *part_of(struct rich *r, const struct token *token)
{
    bool is_quote = token->mark >= MARK_QUOTE;
    struct output *part = output_group(r->memory, &looks[is_quote ? MARK_QUOTE : token->mark]);
    part->markup = true;
    part->nocase = token->mark == MARK_NOCASE || token->mark == MARK_NODECOR;
    if (token->mark == MARK_QUOTE || token->mark == MARK_APOSTROPHE) {
        if (!r->first_quote)
            r->first_quote = token->mark;
        part->marks = token->mark == r->first_quote ? MARKS_STRAIGHT : MARKS_OTHER;
    }
    static const uint8_t typed[] = {
        [MARK_LEFT_DOUBLE] = MARKS_DOUBLE,        [MARK_LEFT_SINGLE] = MARKS_SINGLE,
        [MARK_LOW_DOUBLE] = MARKS_LOW_DOUBLE,     [MARK_LOW_SINGLE] = MARKS_LOW_SINGLE,
        [MARK_LEFT_GUILLEMET] = MARKS_GUILLEMETS,
    };
    if (token->mark > MARK_APOSTROPHE)
        part->marks = typed[token->mark];
    return part;
}

static struct output *build(struct rich *r, const struct look *look)
{
    struct output *stack[2 * RICH_DEPTH + 1] = {output_group(r->memory, look)};
    unsigned depth = 0;
    size_t start = 0, token = 0;
    stack[0]->field = true;
    for (size_t i = 0; i <= r->count; i++) {
        const struct token *at = i < r->count ? &r->tokens[i] : NULL;
        if (at && !at->opens && !at->closes)
            continue;
        size_t end = at ? at->start : r->text.length;
        if (end > start)
            output_add(stack[depth], leaf(r, start, end, &token));
        token = i + 1;
        if (!at)
            break;
        start = end_of(at);
        if (at->opens) {
            struct output *part = part_of(r, at);
            output_add(stack[depth], part);
            stack[++depth] = part;
        } else if (depth > 0) {
            depth--;
        }
    }
    if (stack[0]->first == stack[0]->last && !stack[0]->first->look) {
        stack[0]->first->look = look;
        for (size_t i = 0; i < r->count; i++)
            stack[0]->first->field |= r->tokens[i].mark != MARK_NARROW;
        return stack[0]->first;
    }
    return stack[0];
}

struct output *output_rich(arena *memory, str text, const struct look *look)
{
    size_t special = 0;
    for (size_t i = 0; i < text.length; i++)
        special += is_special(text, i);
    if (!special)
        return output_leaf(memory, text, look);
    struct rich r = {.memory = memory, .text = text};
    find_tokens(&r, special);
    pair_tags(&r);
    look_around(&r);
    pair_quotes(&r);
    return build(&r, look);
}
