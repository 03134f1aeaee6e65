/* A citation: its cites sorted, rendered and joined. */
#include "style/cluster.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "style/text_case.h"
#include <unicode/uchar.h>

#define NO_FORM "[CSL STYLE ERROR: reference with no printed form.]"

/* The layout's look without the delimiter, as delimiters between cites are parts of their own, and
 * without the spaces of a note's end. */
static struct look *look_without_delimiter(arena *memory, const struct look *look)
{
    struct look *copy = arena_alloc(memory, sizeof *copy);

    *copy = *look;
    copy->delimiter = (str){0};
    str suffix = copy->suffix;
    while (suffix.length && suffix.data[suffix.length - 1] == ' ')
        suffix.length--;
    if (!suffix.length || suffix.data[suffix.length - 1] == '.')
        copy->suffix = suffix; /* a note ends with its period */
    return copy;
}

static bool is_one_of(uint32_t c, const char *characters)
{
    return c && c < 0x80 && strchr(characters, (int)c) != NULL;
}

/* Without the markup at its end: "<i>see</i>" ends in an e. */
static str before_markup(str text)
{
    while (text.length && text.data[text.length - 1] == '>') {
        size_t start = text.length;
        while (start && text.data[start - 1] != '<')
            start--;
        if (!start)
            break;
        text.length = start - 1;
    }
    return text;
}

static uint32_t first_of(str text)
{
    size_t length;

    return text.length ? utf8_decode(text, &length) : 0;
}

static uint32_t last_of(str text)
{
    size_t start = text.length, length;

    while (start && ((unsigned char)text.data[start - 1] & 0xc0) == 0x80)
        start--;
    return start ? utf8_decode(str_part(text, start - 1, SIZE_MAX), &length) : 0;
}

/* The text before closing quotation marks and spaces at its end. */
static str before_quotes(str text)
{
    static const char *const marks[] = {"\"", "'", "”", "’", " "};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t length = strlen(marks[i]);
        if (text.length >= length &&
            memcmp(text.data + text.length - length, marks[i], length) == 0) {
            text.length -= length;
            i = SIZE_MAX; /* from the first mark again */
        }
    }
    return text;
}

/* A word, punctuation or a closing bracket at the end of a prefix wants a space behind it. */
static bool wants_space_behind(str prefix)
{
    uint32_t c;

    prefix = before_markup(prefix);
    if (!prefix.length || char_is_space(prefix.data[prefix.length - 1]))
        return false;
    c = last_of(before_quotes(prefix));
    return u_isalnum((UChar32)c) || is_one_of(c, ".,;:!?)]");
}

static bool wants_space_before(str suffix)
{
    uint32_t c = first_of(suffix);

    return u_isalpha((UChar32)c) || is_one_of(c, "([");
}

static struct output *affix(arena *memory, str text)
{
    struct output *tree = output_rich(memory, text, NULL);

    tree->role = ROLE_AFFIX;
    return tree;
}

/* The cite's own prefix or suffix around it, with a space where it has none and needs one. */
static void add_prefix(arena *memory, struct output *cite, str prefix)
{
    if (!prefix.length)
        return;
    output_add(cite, affix(memory, prefix));
    if (wants_space_behind(prefix))
        output_add(cite, output_leaf(memory, (str)STR(" "), NULL));
}

static void add_suffix(arena *memory, struct output *cite, str suffix)
{
    if (!suffix.length)
        return;
    if (wants_space_before(suffix))
        output_add(cite, output_leaf(memory, (str)STR(" "), NULL));
    output_add(cite, affix(memory, suffix));
}

/* A sentence begins behind no prefix, and behind one that ends a sentence: of two words at least,
 * as "Cf." ends none. */
static bool begins_sentence(str prefix, bool first)
{
    str text = before_markup(str_trim(prefix));

    if (!text.length)
        return first;
    return str_find(text, ' ') < text.length && is_one_of(last_of(before_quotes(text)), ".!?");
}

/* True when a sentence can begin behind the prefix: none, or brackets. */
static bool opens(const struct look *look)
{
    for (size_t i = 0; look && i < look->prefix.length; i++)
        if (!strchr(" ([{", look->prefix.data[i]))
            return false;
    return true;
}

void cluster_capitalize_term(struct output *tree, arena *memory)
{
    while (tree && opens(tree->look) && tree->role != ROLE_TERM) {
        struct output *child = tree->first;
        while (child && (output_is_empty(child) || child->role == ROLE_CITATION_NUMBER))
            child = child->next;
        tree = child;
    }
    if (tree && opens(tree->look) && !(tree->look && tree->look->text_case))
        case_apply(memory, tree, CASE_CAPITALIZE_FIRST, (str){0});
}

static void render_cite(processor *p, struct cluster_cite *out, bool first)
{
    const struct placed_cite *placed = out->placed;
    const struct cite *cite = &placed->cite;
    arena *memory = &p->scratch;
    struct render r;

    document_render_begin(&r, p, &p->style->citation, placed->work, memory);
    render_set_locator(&r, cite->locator, cite->label);
    r.position = placed->position;
    r.near_note = placed->near_note;
    r.first_reference_note_number = placed->first_note;
    r.suppress_author = cite->suppress_author;
    r.author_only = cite->author_only;
    out->layout = render_layout(&r);
    if (p->style->is_note && begins_sentence(cite->prefix, first))
        cluster_capitalize_term(out->layout, memory);

    out->tree = output_group(memory, NULL);
    out->tree->role = ROLE_CITE;
    if (output_is_empty(out->layout))
        return;
    add_prefix(memory, out->tree, cite->prefix);
    output_add(out->tree, out->layout);
    add_suffix(memory, out->tree, cite->suffix);
}

/* All cites that print something, in their order. */
static void render_cites(struct cluster *cluster, const struct citation *citation)
{
    for (size_t i = 0; i < citation->count; i++) {
        struct cluster_cite *cite = &cluster->cites[cluster->count];
        cite->placed = citation->sorted[i];
        cite->delimiter = cluster->p->style->citation.look.delimiter;
        render_cite(cluster->p, cite, cluster->count == 0);
        if (!output_is_empty(cite->tree))
            cluster->count++;
    }
}

/* The delimiter between two cites, as far as their own affixes do not stand for it. */
static str delimiter_between(const struct cluster_cite *before, const struct cluster_cite *cite)
{
    if (is_one_of(first_of(cite->placed->cite.prefix), ".,;"))
        return (str){0};
    if (is_one_of(last_of(before->placed->cite.suffix), ".,;") &&
        is_one_of(first_of(cite->delimiter), ".,;:"))
        return str_part(cite->delimiter, 1, SIZE_MAX);
    return cite->delimiter;
}

void cluster_render(processor *p, buf *out, const struct citation *citation)
{
    arena *memory = &p->scratch;
    struct cluster cluster = {p, NULL, 0};
    struct output *tree =
        output_group(memory, look_without_delimiter(memory, &p->style->citation.look));
    tree->layout = true;
    cluster.cites = arena_alloc(memory, (citation->count + 1) * sizeof *cluster.cites);
    render_cites(&cluster, citation);
    cluster_collapse(&cluster);
    for (size_t i = 0; i < cluster.count; i++) {
        struct cluster_cite *cite = &cluster.cites[i];
        if (i)
            output_add(tree, output_leaf(memory, delimiter_between(cite - 1, cite), NULL));
        cite->tree->number = (unsigned)i;
        output_add(tree, cite->tree);
    }
    if (!cluster.count)
        output_add(tree, output_leaf(memory, (str)STR(NO_FORM), NULL));
    output_write(out, tree, &p->options);
    arena_clear(memory);
}
