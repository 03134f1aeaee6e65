/* One name: which parts it is printed with, and in what order (CSL 1.0.2, "Name-part Order"). */
#include "base/utf8.h"
#include "style/names_list.h"
#include "style/text_case.h"
#include <unicode/uchar.h>
#include <unicode/uscript.h>

static const str space = STR(" ");

int letter_unspaced(uint32_t letter)
{
    UErrorCode status = U_ZERO_ERROR;

    if (letter < 0x80)
        return char_is_letter((char)letter) ? -1 : 0;
    if (!u_isalpha((UChar32)letter))
        return 0;
    switch ((int)uscript_getScript((UChar32)letter, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_YI: return 1;
    case USCRIPT_COMMON: return 0;
    default: return -1;
    }
}

/* True when `text` has letters of such a script and no others. */
static bool is_unspaced(str text)
{
    bool met = false;

    if (!text.length || (unsigned char)*text.data < 0x80)
        return false;
    for (size_t i = 0, length; i < text.length; i += length) {
        int kind = letter_unspaced(utf8_decode(str_part(text, i, SIZE_MAX), &length));
        if (kind < 0)
            return false;
        met |= kind > 0;
    }
    return met;
}

bool name_is_family_first(const struct item_name *name)
{
    return is_unspaced(name->family);
}

/* True for a name of family and given name, to which order and form apply. */
static bool is_personal(const struct item_name *name)
{
    return !name->literal.length && name->family.length;
}

/* "d'", "al-" and their like stand before the next part without a space; some bring their own. */
static bool joins_next(str particle)
{
    static const str joiners[] = {STR(" "), STR("'"), STR("’"), STR("ʼ"),
                                  STR("-"), STR("‐"), STR("‑")};

    for (size_t i = 0; i < sizeof joiners / sizeof joiners[0]; i++)
        if (particle.length >= joiners[i].length &&
            str_equal(str_part(particle, particle.length - joiners[i].length, SIZE_MAX),
                      joiners[i]))
            return true;
    return false;
}

static void add_plain(struct name_dress *dress, struct output *group, str text)
{
    if (text.length)
        output_add(group, output_leaf(dress->r->memory, text, NULL));
}

/* Parts that stand in a row. */
struct row {
    struct output *group;
    bool open; /* something stands there and wants a space behind it */
};

static void add_part(struct name_dress *dress, struct row *row, str text, const struct look *look)
{
    if (!text.length)
        return;
    if (row->open)
        add_plain(dress, row->group, space);
    struct output *part = output_rich(dress->r->memory, text, look);
    if (look && look->text_case)
        case_apply(dress->r->memory, part, look->text_case, dress->language);
    output_add(row->group, part);
    row->open = !joins_next(text);
}

static struct row row_start(struct name_dress *dress, const struct look *affixes)
{
    return (struct row){output_group(dress->r->memory, affixes), false};
}

/* The family name, behind the particles that stand in the row already. */
static void add_family(struct name_dress *dress, struct row *row, const struct item_name *name)
{
    if (row->open)
        add_plain(dress, row->group, dress->particle_gap);
    row->open = false;
    add_part(dress, row, name->family, dress->family);
}

/* The given name as the style and the level want it. */
static str given_text(struct name_dress *dress, const struct item_name *name,
                      enum given_level level)
{
    const struct name_options *options = dress->options;

    if (!(options->said & NAME_INITIALIZE_WITH) || level == GIVEN_FULL || !name->given.length)
        return name->given;
    struct initials initials = {options->initialize_with, options->initialize,
                                dress->r->style->initialize_with_hyphen};
    buf_clear(&dress->scratch);
    initials_add(&dress->scratch, name->given, &initials);
    str text = buf_str(&dress->scratch);
    return (str){arena_copy(dress->r->memory, text), text.length};
}

/* The suffix: its periods go where initials have none ("Quill AM Jr"). */
static str suffix_text(struct name_dress *dress, const struct item_name *name)
{
    const struct name_options *options = dress->options;
    str suffix = name->suffix;

    if (!(options->said & NAME_INITIALIZE_WITH) ||
        str_find(options->initialize_with, '.') < options->initialize_with.length ||
        str_find(suffix, '.') == suffix.length)
        return suffix;
    char *text = arena_room(dress->r->memory, suffix.length);
    size_t used = 0;
    for (size_t i = 0; i < suffix.length; i++)
        if (suffix.data[i] != '.')
            text[used++] = suffix.data[i];
    return (str){text, used};
}

/* Given name, particles, family name, suffix. */
static void add_in_order(struct name_dress *dress, struct output *out, const struct item_name *name,
                         str given)
{
    struct row row = {out, false};
    struct row family = row_start(dress, dress->family_affixes);

    if (given.length) {
        if (dress->given_affixes) {
            struct row part = row_start(dress, dress->given_affixes);
            add_part(dress, &part, given, dress->given);
            output_add(out, part.group);
        } else {
            add_part(dress, &row, given, dress->given);
        }
        add_plain(dress, out, space);
    }
    add_part(dress, &family, name->dropping_particle, dress->given);
    add_part(dress, &family, name->non_dropping_particle, dress->family);
    add_family(dress, &family, name);
    if (name->suffix.length) {
        if (name->comma_suffix)
            add_plain(dress, family.group, (str)STR(","));
        add_part(dress, &family, suffix_text(dress, name), NULL);
    }
    output_add(out, family.group);
}

/* Family name, separator, given name with the particles put last, suffix. */
static void add_inverted(struct name_dress *dress, struct output *out, const struct item_name *name,
                         str given)
{
    bool demoted = dress->r->style->demote_particle == DEMOTE_DISPLAY_AND_SORT;
    struct row family = row_start(dress, dress->family_affixes);
    struct row row = row_start(dress, dress->given_affixes);

    if (!demoted)
        add_part(dress, &family, name->non_dropping_particle, dress->family);
    add_family(dress, &family, name);
    output_add(out, family.group);

    add_part(dress, &row, given, dress->given);
    add_part(dress, &row, name->dropping_particle, dress->given);
    if (demoted)
        add_part(dress, &row, name->non_dropping_particle, dress->family);
    if (row.group->first) {
        add_plain(dress, out, dress->options->sort_separator);
        output_add(out, row.group);
    }
    if (name->suffix.length) {
        add_plain(dress, out, dress->options->sort_separator);
        add_plain(dress, out, suffix_text(dress, name));
    }
}

/* Family name first, without a separator: "毛泽东", or with a space: "Mao Zedong". */
static void add_family_first(struct name_dress *dress, struct output *out,
                             const struct item_name *name, str given, bool spaced)
{
    struct row family = row_start(dress, dress->family_affixes);

    add_part(dress, &family, name->non_dropping_particle, dress->family);
    add_family(dress, &family, name);
    output_add(out, family.group);
    if (given.length) {
        struct row row = row_start(dress, dress->given_affixes);
        if (spaced)
            add_plain(dress, out, space);
        add_part(dress, &row, given, dress->given);
        output_add(out, row.group);
    }
}

static void add_short(struct name_dress *dress, struct output *out, const struct item_name *name)
{
    struct row family = row_start(dress, dress->family_affixes);

    add_part(dress, &family, name->non_dropping_particle, dress->family);
    add_family(dress, &family, name);
    output_add(out, family.group);
}

static bool is_english(const struct name_dress *dress)
{
    return !dress->language.length ||
           str_starts_with_ignoring_case(dress->language, (str)STR("en"));
}

/* The English article at the start of a group's name is not sorted by. */
static str without_article(str text)
{
    static const str articles[] = {STR("the "), STR("a "), STR("an ")};

    for (size_t i = 0; i < sizeof articles / sizeof articles[0]; i++)
        if (str_starts_with_ignoring_case(text, articles[i]))
            return str_part(text, articles[i].length, SIZE_MAX);
    return text;
}

/*
 * The parts to sort by, the weightiest first; of a group, its name.  Tabs, which collate before
 * spaces, keep them apart, so that a part that is absent comes first.
 */
static void add_sort_parts(struct name_dress *dress, struct output *out,
                           const struct item_name *name, str given, bool brief)
{
    static const str tab = STR("\t");
    bool demoted = dress->r->style->demote_particle != DEMOTE_NEVER;
    struct row row = {out, false};

    if (!demoted)
        add_part(dress, &row, name->non_dropping_particle, NULL);
    row.open = out->first;
    add_part(dress, &row, name->family, NULL);
    add_plain(dress, out, tab);
    row.open = false;
    if (!brief)
        add_part(dress, &row, name->dropping_particle, NULL);
    if (demoted)
        add_part(dress, &row, name->non_dropping_particle, NULL);
    if (brief)
        return;
    add_plain(dress, out, tab);
    row.open = false;
    add_part(dress, &row, given, NULL);
    add_plain(dress, out, tab);
    row.open = false;
    add_part(dress, &row, name->suffix, NULL);
}

bool name_is_inverted(const struct name_options *options, const struct item_name *name, bool first,
                      enum given_level level)
{
    bool active = options->as_sort_order == SORT_ORDER_ALL ||
                  (options->as_sort_order == SORT_ORDER_FIRST && first);

    return active && is_personal(name) && !name->static_ordering &&
           (options->form == NAME_FORM_LONG || level != GIVEN_AS_STYLE) &&
           !name_is_family_first(name);
}

/* cs:name's look with the formatting of family names laid over it, without the affixes: those are
 * of persons. */
static const struct look *group_look(const struct name_dress *dress)
{
    bool is_plain = !dress->family || formatting_is_plain(&dress->family->formatting);
    if (is_plain && (!dress->name || (!dress->name->prefix.length && !dress->name->suffix.length)))
        return dress->name;
    static const struct formatting nothing = {0};
    const struct formatting *over = is_plain ? &nothing : &dress->family->formatting;
    struct look *look = arena_alloc(dress->r->memory, sizeof *look);
    if (dress->name)
        *look = *dress->name;
    look->prefix = look->suffix = (str){0}; /* affixes are those of persons */
    struct formatting *own = &look->formatting;
    own->font_style = over->font_style ? over->font_style : own->font_style;
    own->font_variant = over->font_variant ? over->font_variant : own->font_variant;
    own->font_weight = over->font_weight ? over->font_weight : own->font_weight;
    own->decoration = over->decoration ? over->decoration : own->decoration;
    own->vertical_align = over->vertical_align ? over->vertical_align : own->vertical_align;
    return look;
}

/* A group, dressed as a family name without affixes. */
static void add_group(struct name_dress *dress, struct output *out, str text)
{
    if (dress->r->sorting && is_english(dress))
        text = without_article(text);
    out->look = group_look(dress);
    struct output *part = output_rich(dress->r->memory, text, NULL);
    if (dress->family && dress->family->text_case)
        case_apply(dress->r->memory, part, dress->family->text_case, dress->language);
    output_add(out, part);
}

struct output *name_person(struct name_dress *dress, const struct item_name *name, bool first,
                           enum given_level level)
{
    struct output *out = output_group(dress->r->memory, dress->name);

    out->role = ROLE_NAME;
    if (name->literal.length) {
        add_group(dress, out, name->literal);
        return out;
    }
    if (!name->family.length) { /* a person of one name, "Banksy" */
        struct row row = {out, false};
        add_part(dress, &row, name->given, dress->given);
        return out;
    }
    bool brief = dress->options->form == NAME_FORM_SHORT && level == GIVEN_AS_STYLE;
    if (brief && !dress->r->sorting) {
        add_short(dress, out, name);
        return out;
    }
    bool family_first = name_is_family_first(name);
    bool unspaced = is_unspaced(name->given);
    str given = unspaced ? name->given : given_text(dress, name, level);
    if (dress->r->sorting)
        add_sort_parts(dress, out, name, given, brief);
    else if (family_first || name->static_ordering)
        add_family_first(dress, out, name, given, !family_first || !unspaced);
    else if (name_is_inverted(dress->options, name, first, level))
        add_inverted(dress, out, name, given);
    else
        add_in_order(dress, out, name, given);
    return out;
}
