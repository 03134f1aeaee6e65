/* From a tree to its run: affixes, delimiters, dresses and quotation marks in the order of print.
 */
#include "style/output_run.h"

#include "base/memory.h"
#include "style/output_link.h"

enum { FIRST_PIECES = 64 };
enum enclosing { QUOTED_NOT, QUOTED_OUTER, QUOTED_INNER };

static const struct look plain = {0};

/* The kinds of dress, from the outer to the inner. */
enum kind { KIND_ALIGN, KIND_DECORATION, KIND_WEIGHT, KIND_VARIANT, KIND_STYLE, KIND_COUNT };

/* A dress that a part has on. */
struct worn {
    uint8_t dress;
    bool bare; /* normal in normal: without a mark */
};

/* A part that is being laid out.  It begins to print when the first text in it is met. */
struct level {
    struct level *above;
    const struct output *node;
    const struct look *look; /* never NULL */
    bool open, printed;      /* `printed`: a child has; the next one needs the delimiter */
    bool holds_blocks;       /* its children may be blocks: a layout, and what only holds one */
    bool is_block, linked;
    uint8_t origin, worn_count;
    struct worn worn[KIND_COUNT];
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

/* Of each kind: the marks of its values, the value that stands for none, and whether that one is
 * always marked or only where there is something to be undone. */
static const struct {
    uint8_t dresses[4], normal;
    bool always;
} kinds[KIND_COUNT] = {
    [KIND_ALIGN] =
        {{[ALIGN_BASELINE] = DRESS_BASELINE, [ALIGN_SUP] = DRESS_SUP, [ALIGN_SUB] = DRESS_SUB},
         ALIGN_BASELINE,
         true},
    [KIND_DECORATION] =
        {{[DECORATION_NONE] = DRESS_NO_DECORATION, [DECORATION_UNDERLINE] = DRESS_UNDERLINE},
         DECORATION_NONE,
         true},
    [KIND_WEIGHT] = {{[FONT_WEIGHT_NORMAL] = DRESS_WEIGHT_NORMAL,
                      [FONT_WEIGHT_BOLD] = DRESS_BOLD,
                      [FONT_WEIGHT_LIGHT] = DRESS_LIGHT},
                     FONT_WEIGHT_NORMAL,
                     false},
    [KIND_VARIANT] = {{[FONT_VARIANT_NORMAL] = DRESS_VARIANT_NORMAL,
                       [FONT_VARIANT_SMALL_CAPS] = DRESS_SMALL_CAPS},
                      FONT_VARIANT_NORMAL,
                      false},
    [KIND_STYLE] = {{[FONT_STYLE_NORMAL] = DRESS_STYLE_NORMAL,
                     [FONT_STYLE_ITALIC] = DRESS_ITALIC,
                     [FONT_STYLE_OBLIQUE] = DRESS_OBLIQUE},
                    FONT_STYLE_NORMAL,
                    false},
};

/* A field whose first markup is italic: where its style is normal that is marked. */
static bool begins_italic(const struct output *field)
{
    for (const struct output *part = field->first; part; part = part->next)
        if (part->look)
            return part->look->formatting.font_style != FONT_STYLE_NONE;
    return false;
}

/* Put on what a look asks of one kind.  Markup that asks for what is there goes back to normal. */
static void wear(struct walk *w, struct level *level, enum kind kind, uint8_t *now, uint8_t asked)
{
    uint8_t normal = kinds[kind].normal;
    bool is_markup = level->node->markup, bare = *now == 0 || *now == normal;
    if (!asked)
        return;
    if (is_markup && !bare)
        asked = normal;
    struct worn *worn = &level->worn[level->worn_count++];
    worn->dress = kinds[kind].dresses[asked];
    worn->bare = asked == normal && bare && (is_markup || !kinds[kind].always) &&
                 !(kind == KIND_STYLE && level->node->field && begins_italic(level->node));
    *now = asked;
    add_mark(w, worn->bare ? PIECE_BARE : PIECE_OPEN, worn->dress, (str){0});
}

static void open_dresses(struct walk *w, struct level *level)
{
    const struct formatting *asked = &level->look->formatting;
    struct formatting *now = &w->formatting;
    if (formatting_is_plain(asked))
        return;
    /* A superscript in a superscript is a higher one: markup does not put it back on the line. */
    if (level->node->markup && asked->vertical_align > ALIGN_BASELINE)
        now->vertical_align = ALIGN_NONE;
    wear(w, level, KIND_ALIGN, &now->vertical_align, asked->vertical_align);
    wear(w, level, KIND_DECORATION, &now->decoration, asked->decoration);
    wear(w, level, KIND_WEIGHT, &now->font_weight, asked->font_weight);
    wear(w, level, KIND_VARIANT, &now->font_variant, asked->font_variant);
    wear(w, level, KIND_STYLE, &now->font_style, asked->font_style);
}

static void close_dresses(struct walk *w, struct level *level)
{
    for (unsigned i = level->worn_count; i-- > 0;) {
        const struct worn *worn = &level->worn[i];
        add_mark(w, worn->bare ? PIECE_BARE : PIECE_CLOSE, worn->dress, (str){0});
        w->run->items[w->run->count - 1].of_look = level->look->quotes;
    }
}

/* The marks of the locale, outer or inner. */
static void locale_marks(const struct locale *locale, bool inner, str marks[2])
{
    marks[0] =
        locale_text(locale, inner ? TERM_OPEN_INNER_QUOTE : TERM_OPEN_QUOTE, FORM_LONG, false);
    marks[1] =
        locale_text(locale, inner ? TERM_CLOSE_INNER_QUOTE : TERM_CLOSE_QUOTE, FORM_LONG, false);
}

/* Marks as typed stay where no quotation is around them, and where the locale has others. */
static bool stay_typed(const struct walk *w, const str typed[2])
{
    if (!w->changed)
        return true;
    str marks[2];
    locale_marks(w->options->locale, false, marks);
    if (str_equal(marks[0], typed[0]) && str_equal(marks[1], typed[1]))
        return false;
    locale_marks(w->options->locale, true, marks);
    return !str_equal(marks[0], typed[0]) || !str_equal(marks[1], typed[1]);
}

static void open_quote(struct walk *w, struct level *level)
{
    static const str typed[][2] = {
        [MARKS_DOUBLE] = {STR("\u201C"), STR("\u201D")},
        [MARKS_SINGLE] = {STR("\u2018"), STR("\u2019")},
        [MARKS_LOW_DOUBLE] = {STR("\u201E"), STR("\u201C")},
        [MARKS_LOW_SINGLE] = {STR("\u201A"), STR("\u2018")},
        [MARKS_GUILLEMETS] = {STR("\u00AB"), STR("\u00BB")},
    };
    uint8_t kind = level->node->marks;
    str marks[2];
    bool inner = w->enclosing == QUOTED_OUTER;
    if (kind > MARKS_OTHER && stay_typed(w, typed[kind])) {
        marks[0] = typed[kind][0];
        marks[1] = typed[kind][1];
        inner = kind == MARKS_SINGLE || kind == MARKS_LOW_SINGLE;
    } else {
        inner = inner || (w->enclosing == QUOTED_NOT && kind == MARKS_OTHER);
        locale_marks(w->options->locale, inner, marks);
        w->changed = true;
    }
    w->enclosing = inner ? QUOTED_INNER : QUOTED_OUTER;
    level->closing_mark = marks[1];
    add_mark(w, PIECE_OPEN_QUOTE, 0, marks[0]);
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

/* What stands before a part's content: its block, affix, quotation and dress. */
static void open_part(struct walk *w, struct level *level)
{
    const struct output *node = level->node;
    level->formatting_before = w->formatting;
    level->enclosing_before = w->enclosing;
    level->changed_before = w->changed;
    level->field_before = w->field;
    if (level->is_block)
        add_mark(w, PIECE_OPEN_BLOCK, level->look->display, (str){0});
    if (node->layout)
        open_dresses(w, level);
    open_link_and_prefix(w, level);
    if (!w->field && node->field)
        w->field = ++w->fields;
    if (level->look->quotes)
        open_quote(w, level);
    if (!node->layout)
        open_dresses(w, level);
}

/* Begin to print a part, and before it all those around it that have not begun. */
static void begin(struct walk *w, struct level *level)
{
    struct level *above = level->above;
    bool in_layout = true;
    if (above) {
        if (!above->open)
            begin(w, above);
        if (above->printed)
            add_affix(w, ORIGIN_DELIMITER, above->look->delimiter);
        level->origin = above->origin;
        if (level->node->role == ROLE_AFFIX)
            level->origin = above->printed ? ORIGIN_SUFFIX : ORIGIN_PREFIX;
        above->printed = true;
        in_layout = above->holds_blocks;
    }
    level->open = true;
    level->is_block = level->look->display && in_layout;
    level->holds_blocks = !above || (in_layout && (level->node->layout || level->look == &plain));
    open_part(w, level);
}

/* True for a part whose suffix keeps its space beside another: a dressed one and a number, but no
 * part of a date. */
static bool is_spaced(const struct level *level)
{
    const struct output *node = level->node;
    bool in_date = level->above && level->above->node->role == ROLE_DATE;
    return !in_date && (level->worn_count || level->look->quotes || node->numeral);
}

static void forget_spaced(struct run *run)
{
    struct piece *last = run->count ? &run->items[run->count - 1] : NULL;
    if (last && last->kind == PIECE_TEXT)
        last->spaced = false;
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
    if (level->node->first) /* what ends with a group is spaced like any affix */
        forget_spaced(w->run);
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
    if (level->look->suffix.length)
        w->run->items[w->run->count - 1].spaced = is_spaced(level);
    if (level->node->layout)
        close_dresses(w, level);
    if (level->is_block)
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
