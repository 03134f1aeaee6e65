/*
 * A style as read from its XML: elements with their attributes, ready to be rendered.  Everything
 * is in the style's arena.  Names of variables, terms, types and macros have been looked up.
 */
#ifndef STYLE_TREE_H
#define STYLE_TREE_H

#include "record/variables.h"
#include "style/locale.h"
#include "style/look.h"

struct nodes {
    const struct node *const *items;
    size_t count;
};

/* The options of names that cs:style, cs:citation, cs:bibliography, cs:names and cs:name hand down.
 * What a level has not said, the level above says: `said` has a bit for each member. */
enum name_option {
    NAME_AND = 1 << 0,
    NAME_DELIMITER = 1 << 1,
    NAME_DELIMITER_PRECEDES_ET_AL = 1 << 2,
    NAME_DELIMITER_PRECEDES_LAST = 1 << 3,
    NAME_ET_AL_MIN = 1 << 4,
    NAME_ET_AL_USE_FIRST = 1 << 5,
    NAME_ET_AL_SUBSEQUENT_MIN = 1 << 6,
    NAME_ET_AL_SUBSEQUENT_USE_FIRST = 1 << 7,
    NAME_ET_AL_USE_LAST = 1 << 8,
    NAME_FORM = 1 << 9,
    NAME_INITIALIZE = 1 << 10,
    NAME_INITIALIZE_WITH = 1 << 11,
    NAME_AS_SORT_ORDER = 1 << 12,
    NAME_SORT_SEPARATOR = 1 << 13,
    NAMES_DELIMITER = 1 << 14,
};
enum name_and { AND_NONE, AND_TEXT, AND_SYMBOL };
enum delimiter_precedes {
    PRECEDES_CONTEXTUAL,
    PRECEDES_AFTER_INVERTED,
    PRECEDES_ALWAYS,
    PRECEDES_NEVER
};
enum name_form { NAME_FORM_LONG, NAME_FORM_SHORT, NAME_FORM_COUNT };
enum sort_order_names { SORT_ORDER_NONE, SORT_ORDER_FIRST, SORT_ORDER_ALL };

struct name_options {
    uint32_t said;
    uint8_t name_and, delimiter_precedes_et_al, delimiter_precedes_last, form, as_sort_order;
    bool et_al_use_last, initialize; /* initialize: true unless said */
    unsigned et_al_min, et_al_use_first, et_al_subsequent_min, et_al_subsequent_use_first;
    str delimiter;       /* between names; ", " unless said */
    str initialize_with; /* said with an empty text: initials without stops */
    str sort_separator;  /* ", " unless said */
    str names_delimiter; /* between the variables of one cs:names */
};

/* cs:names with its cs:name, cs:et-al, cs:label, cs:institution (ignored), cs:substitute. */
struct names_node {
    const enum variable *variables;
    size_t variable_count;
    struct name_options options; /* of cs:name, and those of cs:names (delimiter) */
    struct look name_look;       /* of cs:name: affixes, formatting (delimiter is in options) */
    struct look family, given;   /* of cs:name-part: formatting, case, affixes */
    bool has_name;               /* false: no cs:name was there; a names in substitute then takes
                                    over name, et-al and label of the cs:names around it */
    bool has_et_al;
    unsigned et_al_term; /* TERM_ET_AL or TERM_AND_OTHERS */
    struct look et_al;
    const struct node *label; /* NODE_LABEL or NULL */
    bool label_first;         /* cs:label stands before cs:name */
    struct nodes substitute;
};

enum date_precision { DATE_PARTS_YEAR_MONTH_DAY, DATE_PARTS_YEAR_MONTH, DATE_PARTS_YEAR };
enum date_form { DATE_NOT_LOCALIZED, DATE_TEXT, DATE_NUMERIC };
struct date_node {
    enum variable variable;
    uint8_t form, precision;
    struct date_parts parts; /* own parts; with a localized form they only change the look */
};

enum number_form { NUMBER_NUMERIC, NUMBER_ORDINAL, NUMBER_LONG_ORDINAL, NUMBER_ROMAN };
enum plural { PLURAL_CONTEXTUAL, PLURAL_ALWAYS, PLURAL_NEVER };

enum match { MATCH_ALL, MATCH_ANY, MATCH_NONE };
enum condition_kind {
    CONDITION_DISAMBIGUATE, /* value 1 for "true" */
    CONDITION_IS_NUMERIC,   /* value: a variable */
    CONDITION_IS_UNCERTAIN_DATE,
    CONDITION_LOCATOR,  /* value: a term (sub verbo is TERM_SUB_VERBO) */
    CONDITION_POSITION, /* value: enum position */
    CONDITION_TYPE,     /* value: enum work_type; TYPE_COUNT for an unknown one: never true */
    CONDITION_VARIABLE,
};
/* The positions of a cite; a later one implies the earlier: ibid-with-locator is ibid is
 * subsequent. near-note is apart. */
enum position {
    POSITION_FIRST,
    POSITION_SUBSEQUENT,
    POSITION_IBID,
    POSITION_IBID_WITH_LOCATOR,
    POSITION_NEAR_NOTE,
    POSITION_FAR_NOTE,
};
struct condition {
    uint8_t kind;
    unsigned value;
};
struct branch {
    uint8_t match;
    const struct condition *conditions; /* none: cs:else */
    size_t count;
    struct nodes children;
};

enum node_kind {
    NODE_TEXT_VARIABLE,
    NODE_TEXT_MACRO, /* children are those of the macro */
    NODE_TEXT_TERM,
    NODE_TEXT_VALUE,
    NODE_DATE,
    NODE_NUMBER,
    NODE_NAMES,
    NODE_LABEL,
    NODE_GROUP,
    NODE_CHOOSE,
};

struct node {
    uint8_t kind;
    unsigned line; /* in the style's file */
    struct look look;
    enum variable variable; /* text, number, label (VARIABLE_LOCATOR, ...) */
    uint8_t form;           /* term_form of a term or label, number_form; of a variable 1: short */
    uint8_t plural;         /* of a label, enum plural; of a term 1: plural */
    unsigned term;          /* of NODE_TEXT_TERM */
    str value;              /* of NODE_TEXT_VALUE */
    struct nodes children;  /* of a group; a macro's */
    const struct macro *macro;
    const struct names_node *names;
    const struct date_node *date;
    const struct branch *branches; /* of NODE_CHOOSE */
    size_t branch_count;
};

struct macro {
    str name;
    struct nodes children;
    unsigned line;
};

struct sort_key {
    enum variable variable; /* VARIABLE_NONE: a macro */
    const struct macro *macro;
    bool descending;
    struct name_options
        names; /* names-min, names-use-first, names-use-last: as the et-al options */
};

enum collapse {
    COLLAPSE_NONE,
    COLLAPSE_CITATION_NUMBER,
    COLLAPSE_YEAR,
    COLLAPSE_YEAR_SUFFIX,
    COLLAPSE_YEAR_SUFFIX_RANGED
};
enum givenname_rule {
    GIVENNAME_BY_CITE,
    GIVENNAME_ALL_NAMES,
    GIVENNAME_ALL_NAMES_WITH_INITIALS,
    GIVENNAME_PRIMARY_NAME,
    GIVENNAME_PRIMARY_NAME_WITH_INITIALS
};
enum subsequent_substitute {
    SUBSTITUTE_COMPLETE_ALL,
    SUBSTITUTE_COMPLETE_EACH,
    SUBSTITUTE_PARTIAL_EACH,
    SUBSTITUTE_PARTIAL_FIRST
};
enum second_field_align { ALIGN_FIELD_NONE, ALIGN_FIELD_FLUSH, ALIGN_FIELD_MARGIN };

/* What the elements of an area do, found out by style_facts.c. */
struct area_facts {
    bool prints_year_suffix;    /* by cs:text: then dates do not */
    bool prints_number;         /* the citation number */
    bool texts_number;          /* the same, by cs:text */
    bool tests_disambiguate;    /* there is a disambiguate="true" */
    bool macros_sort_by_number; /* a macro of cs:sort prints the citation number */
    bool counts_down;           /* a key is the citation number, descending: the last work is 1 */
};

/* cs:citation or cs:bibliography. */
struct area {
    bool present;
    struct look look; /* of cs:layout: affixes, formatting, delimiter between cites */
    struct nodes layout;
    const struct sort_key *keys;
    size_t key_count;
    struct name_options names;
    struct area_facts facts;

    /* citation only */
    bool add_names, add_givenname, add_year_suffix;
    uint8_t givenname_rule, collapse;
    bool has_cite_group_delimiter; /* said, or asked for by collapse */
    str cite_group_delimiter;      /* ", " unless said; in notes the layout's delimiter */
    str year_suffix_delimiter;     /* unless said, cite-group-delimiter, else the layout's */
    str after_collapse_delimiter;  /* the layout's delimiter unless said */
    bool has_after_collapse_delimiter;
    unsigned near_note_distance; /* 5 unless said */

    /* bibliography only */
    bool hanging_indent, has_substitute;
    uint8_t second_field_align, subsequent_rule;
    unsigned line_spacing, entry_spacing; /* 1 and 1 unless said */
    str subsequent_author_substitute;
};

enum page_range_format {
    PAGE_RANGE_NONE,
    PAGE_RANGE_CHICAGO_15,
    PAGE_RANGE_CHICAGO_16,
    PAGE_RANGE_EXPANDED,
    PAGE_RANGE_MINIMAL,
    PAGE_RANGE_MINIMAL_TWO
};
enum demote_particle { DEMOTE_DISPLAY_AND_SORT, DEMOTE_NEVER, DEMOTE_SORT_ONLY };

struct style {
    arena memory;
    const char *id, *title, *title_short, *parent_id; /* NULL when absent; parent_id: dependent */
    const char *default_locale;                       /* NULL: en-US */
    const char *citation_format;                      /* "numeric", "author-date", ... or NULL */
    bool is_note;                                     /* class="note" */
    bool initialize_with_hyphen;                      /* true unless said */
    uint8_t page_range_format, demote_particle;
    struct name_options names;
    struct area citation, bibliography;
    const struct macro *macros;
    size_t macro_count;
    struct style_locales *locales; /* the cs:locale elements, of locale.c */
};

/* What was wrong with a style and could be passed over: line, element and what was expected. */
typedef void (*style_complaint)(void *context, const osler_error *complaint);

/*
 * Read a style from its XML.  `name` is for errors.  `complain` (may be NULL) hears of everything
 * that was passed over.  OSLER_EINPUT: no CSL, or broken beyond use; nothing to free then.
 * A dependent style is read as far as its parent_id; style_find() follows it.
 */
osler_status style_read(struct style **out, str xml, const char *name, style_complaint complain,
                        void *context, osler_error *error);
void style_free(struct style *style); /* accepts NULL */

#endif
