/* From a tree to its run: affixes, delimiters, dresses and quotation marks in the order of print.
 */
#include "style/output_run.h"

#include "base/memory.h"
#include "style/output_link.h"

enum { MOST_DRESSES = 5, FIRST_PIECES = 64 };
enum enclosing { QUOTED_NOT, QUOTED_OUTER, QUOTED_INNER };

static const struct look plain = {0};

/* A part that is being laid out.  It begins to print when the first text in it is met. */
struct level {
    struct level *above;
    const struct output *node;
    const struct look *look; /* never NULL */
    bool open, printed;      /* `printed`: a child has; the next one needs the delimiter */
    uint8_t dresses[MOST_DRESSES], dress_count;
    uint8_t origin;
    bool linked;
    bool is_bare;     /* a dress is asked for that is worn already: it has an end, but no mark */
    str closing_mark; /* of its quotes */
    struct formatting formatting_before;
    uint8_t enclosing_before;
    bool changed_before;
    unsigned field_before;
};

struct walk {
    struct run *run;
    const struct output_options *options;
    arena *memory;
    struct formatting formatting; /* as printed here */
    uint8_t enclosing;            /* the quotation around this place */
    bool changed;                 /* a quotation around this place has the locale's marks */
    unsigned field, fields;
    size_t end; /* the end of a dress or quotation with nothing printed behind it, or `none` */
};
static const size_t none = (size_t)-1;

struct piece *run_add(struct run *run)
{
    if (run->count == run->capacity) {
        run->capacity = run->capacity ? run->capacity * 2 : FIRST_PIECES;
        run->items = memory_resize(run->items, run->capacity * sizeof *run->items);
    }
    return &run->items[run->count++];
}

void run_free(struct run *run)
{
    memory_free(run->items);
    *run = (struct run){0};
}

static void add_mark(struct walk *w, enum piece_kind kind, uint8_t dress, str text)
{
    *run_add(w->run) = (struct piece){.kind = kind, .dress = dress, .text = text};
}

static void add_affix(struct walk *w, enum origin origin, str text)
{
    if (!text.length)
        return;
    *run_add(w->run) =
        (struct piece){.kind = PIECE_TEXT, .origin = origin, .text = text, .field = w->field};
    w->end = none;
}

/* A kind of dress: the marks of its values, the value that stands for none, and whether that is
 * always marked or only where there is something to be undone. */
struct kind {
    uint8_t dresses[4], normal;
    bool always;
};

/* Markup that asks for what is there goes back to normal. */
static void wear(struct level *level, uint8_t *now, uint8_t asked, const struct kind *kind)
{
    if (!asked)
        return;
    bool bare = *now == 0 || *now == kind->normal;
    if (asked == kind->normal && bare && (level->node->markup || !kind->always)) {
        level->is_bare = true;
        return;
    }
    if (level->node->markup && !bare)
        asked = kind->normal;
    *now = asked;
    level->dresses[level->dress_count++] = kind->dresses[asked];
}

static void open_dresses(struct walk *w, struct level *level)
{
    static const struct kind styles = {
        {[FONT_STYLE_NORMAL] = DRESS_STYLE_NORMAL,
         [FONT_STYLE_ITALIC] = DRESS_ITALIC,
         [FONT_STYLE_OBLIQUE] = DRESS_OBLIQUE},
        FONT_STYLE_NORMAL,
        false,
    };
    static const struct kind variants = {
        {[FONT_VARIANT_NORMAL] = DRESS_VARIANT_NORMAL,
         [FONT_VARIANT_SMALL_CAPS] = DRESS_SMALL_CAPS},
        FONT_VARIANT_NORMAL,
        false,
    };
    static const struct kind weights = {
        {[FONT_WEIGHT_NORMAL] = DRESS_WEIGHT_NORMAL,
         [FONT_WEIGHT_BOLD] = DRESS_BOLD,
         [FONT_WEIGHT_LIGHT] = DRESS_LIGHT},
        FONT_WEIGHT_NORMAL,
        false,
    };
    static const struct kind decorations = {
        {[DECORATION_NONE] = DRESS_NO_DECORATION, [DECORATION_UNDERLINE] = DRESS_UNDERLINE},
        DECORATION_NONE,
        true,
    };
    static const struct kind aligns = {
        {[ALIGN_BASELINE] = DRESS_BASELINE, [ALIGN_SUP] = DRESS_SUP, [ALIGN_SUB] = DRESS_SUB},
        ALIGN_BASELINE,
        true,
    };
    const struct formatting *asked = &level->look->formatting;
    struct formatting *now = &w->formatting;
    /* A superscript in a superscript is a higher one: markup does not put it back on the line. */
    if (level->node->markup && asked->vertical_align > ALIGN_BASELINE)
        now->vertical_align = ALIGN_NONE;
    wear(level, &now->vertical_align, asked->vertical_align, &aligns);
    wear(level, &now->decoration, asked->decoration, &decorations);
    wear(level, &now->font_weight, asked->font_weight, &weights);
    wear(level, &now->font_variant, asked->font_variant, &variants);
    wear(level, &now->font_style, asked->font_style, &styles);
    for (unsigned i = 0; i < level->dress_count; i++)
        add_mark(w, PIECE_OPEN, level->dresses[i], (str){0});
}

static void open_quote(struct walk *w, struct level *level)
{
    static const str typed[][2] = {
        [MARKS_DOUBLE] = {STR("\u201C"), STR("\u201D")},
        [MARKS_SINGLE] = {STR("\u2018"), STR("\u2019")},
    };
    uint8_t marks = level->node->marks;
    str mark;
    if (marks && marks != MARKS_OTHER && !w->changed) {
        mark = typed[marks][0];
        level->closing_mark = typed[marks][1];
        w->enclosing = marks == MARKS_DOUBLE ? QUOTED_OUTER : QUOTED_INNER;
    } else {
        bool inner =
            w->enclosing == QUOTED_OUTER || (w->enclosing == QUOTED_NOT && marks == MARKS_OTHER);
        const struct locale *locale = w->options->locale;
        mark =
            locale_text(locale, inner ? TERM_OPEN_INNER_QUOTE : TERM_OPEN_QUOTE, FORM_LONG, false);
        level->closing_mark = locale_text(locale, inner ? TERM_CLOSE_INNER_QUOTE : TERM_CLOSE_QUOTE,
                                          FORM_LONG, false);
        w->enclosing = inner ? QUOTED_INNER : QUOTED_OUTER;
        w->changed = true;
    }
    add_mark(w, PIECE_OPEN_QUOTE, 0, mark);
}

/* The link of a part, its prefix inside when that is the beginning of the address. */
static void open_link_and_prefix(struct walk *w, struct level *level)
{
    str prefix = level->look->prefix;
    level->linked = w->options->links && level->node->link != LINK_NONE;
    str address = level->linked ? link_address(w->memory, level->node) : (str){0};
    level->linked = address.length > 0;
    size_t cut = level->linked ? link_prefix(prefix) : prefix.length;
    add_affix(w, ORIGIN_PREFIX, str_part(prefix, 0, cut));
    if (level->linked)
        add_mark(w, PIECE_OPEN_LINK, 0, address);
    add_affix(w, ORIGIN_PREFIX, str_part(prefix, cut, prefix.length));
}

/* Begin to print a part, and before it all those around it that have not begun. */
static void begin(struct walk *w, struct level *level)
{
    struct level *above = level->above;
    if (above) {
        if (!above->open)
            begin(w, above);
        if (above->printed)
            add_affix(w, ORIGIN_DELIMITER, above->look->delimiter);
        level->origin = above->origin;
        if (level->node->role == ROLE_AFFIX)
            level->origin = above->printed ? ORIGIN_SUFFIX : ORIGIN_PREFIX;
        above->printed = true;
    }
    level->open = true;
    level->formatting_before = w->formatting;
    level->enclosing_before = w->enclosing;
    level->changed_before = w->changed;
    level->field_before = w->field;
    if (level->look->display)
        add_mark(w, PIECE_OPEN_BLOCK, level->look->display, (str){0});
    if (level->node->layout)
        open_dresses(w, level);
    open_link_and_prefix(w, level);
    if (!w->field && level->node->field)
        w->field = ++w->fields;
    if (level->look->quotes)
        open_quote(w, level);
    if (!level->node->layout)
        open_dresses(w, level);
}

static void close_dresses(struct walk *w, struct level *level)
{
    for (unsigned i = level->dress_count; i-- > 0;) {
        add_mark(w, PIECE_CLOSE, level->dresses[i], (str){0});
        w->run->items[w->run->count - 1].of_look = level->look->quotes;
    }
}

static void finish(struct walk *w, struct level *level)
{
    bool is_single = !level->node->first && !level->node->field;
    size_t start = w->run->count;
    if (!level->node->layout)
        close_dresses(w, level);
    if (level->look->quotes) {
        add_mark(w, PIECE_CLOSE_QUOTE, 0, level->closing_mark);
        w->run->items[w->run->count - 1].single = is_single;
    }
    if (w->run->count == start && level->is_bare && is_single)
        add_mark(w, PIECE_CLOSE_BARE, 0, (str){0});
    if (w->run->count > start) {
        w->end = w->run->count - 1;
        w->run->items[w->end].beside = is_single;
    } else if (w->end != none && !is_single && level->look != &plain) {
        w->run->items[w->end].beside = false;
    }
    w->field = level->field_before;
    if (level->linked)
        add_mark(w, PIECE_CLOSE_LINK, 0, (str){0});
    add_affix(w, ORIGIN_SUFFIX, level->look->suffix);
    if (level->node->layout)
        close_dresses(w, level);
    if (level->look->display)
        add_mark(w, PIECE_CLOSE_BLOCK, level->look->display, (str){0});
    w->formatting = level->formatting_before;
    w->enclosing = level->enclosing_before;
    w->changed = level->changed_before;
}

static void lay_out(struct walk *w, const struct output *node, struct level *above, unsigned depth)
{
    if (!node->first && !node->text.length)
        return;
    struct level level = {.above = above, .node = node, .look = node->look ? node->look : &plain};
    if (!node->first) {
        begin(w, &level);
        *run_add(w->run) = (struct piece){
            .kind = PIECE_TEXT,
            .origin = level.origin,
            .verbatim = node->verbatim,
            .field = w->field ? w->field : ++w->fields,
            .text = node->text,
        };
        w->end = none;
    } else if (depth < OUTPUT_DEPTH) {
        for (const struct output *child = node->first; child; child = child->next)
            lay_out(w, child, &level, depth + 1);
    }
    if (level.open)
        finish(w, &level);
}

void run_from_tree(struct run *run, const struct output *tree, const struct output_options *options,
                   arena *memory)
{
    struct walk w = {.run = run, .options = options, .memory = memory, .end = none};
    lay_out(&w, tree, NULL, 0);
}
