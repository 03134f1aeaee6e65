/* What disambiguation knows of the works while it tells their cites apart. */
#ifndef STYLE_DISAMBIGUATE_H
#define STYLE_DISAMBIGUATE_H

#include "style/document.h"

/* A name list of a cite. */
struct known_list {
    const struct item_names *names; /* NULL: the cite has no such list */
    unsigned shown;                 /* as the style has it */
    bool is_short;                  /* form="short": given names can be added */
    bool has_initials;              /* given names can stand as initials */
};

/* How far a cite has been made longer, as long as that can change. */
struct draft {
    unsigned shown[SHAPE_LISTS]; /* 0: as the style has it */
    uint8_t given[SHAPE_LISTS][SHAPE_GIVEN];
    uint8_t given_count[SHAPE_LISTS]; /* places in `given` that were set */
    bool condition;
};

static inline void draft_set_given(struct draft *draft, unsigned list, unsigned name,
                                   unsigned level)
{
    draft->given[list][name] = (uint8_t)level;
    if (draft->given_count[list] <= name)
        draft->given_count[list] = (uint8_t)(name + 1);
}

/* The cite of a work as it is without any of this. */
struct known_cite {
    const char *text;
    struct known_list lists[SHAPE_LISTS];
    struct draft *draft; /* NULL: as the style has it */
    uint64_t levels;     /* of the given names in `text`, by the rules for the whole document */
    uint64_t group;      /* the works of the same text when it was told apart last, hashed */
    char suffix[8];
};

/* Kept from one call to the next. */
struct disambiguation {
    arena memory; /* of the known cites */
    arena step;   /* of the step at work */
    buf text;
    struct given_names *given; /* of the document, as the rules for all of it have them */
    struct given_names *added; /* of the names that a step adds */
};

/* The text of the work's cite in the draft's form, lent by `memory`.  `lists` (or NULL) hears what
 * names it has. */
const char *disambiguate_text(processor *p, const struct work *work, const struct draft *draft,
                              struct known_list *lists, arena *memory);

/* By given_names.c: how the names of the whole document must be expanded so that no two people
 * look the same.  GIVEN_INITIALS is the long form, whether the style has initials or not. */
struct given_names *given_names_new(void);
void given_names_free(struct given_names *given);
void given_names_clear(struct given_names *given);
void given_names_add(struct given_names *given, const struct item_name *name);
/* The name itself need not have been added. */
enum given_level given_names_level(struct given_names *given, const struct known_list *list,
                                   const struct item_name *name, bool initials_only);

/* True when two names differ in what `level` prints of them. */
bool given_names_differ(const struct item_name *a, const struct item_name *b,
                        enum given_level level);

/* By refine.c: works whose cites look the same, told apart by longer names as far as it goes.
 * Those that still look the same stand together: `*ends` has a bit set behind the last of each. */
void disambiguate_names(processor *p, struct work **works, size_t count, bool *ends);

/* By refine.c: bring those of `works` that have the same text together, in their order. */
void disambiguate_sort(arena *memory, struct work **works, const char **texts, size_t count,
                       bool *ends);

#endif
