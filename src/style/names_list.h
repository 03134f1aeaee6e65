/* How the names of one cs:names are dressed, and the parts that print them. */
#ifndef STYLE_NAMES_LIST_H
#define STYLE_NAMES_LIST_H

#include "base/buf.h"
#include "style/render.h"

/* What holds for all names of one cs:names, found out once. */
struct name_dress {
    struct render *r;
    const struct names_node *node;
    const struct name_options *options;
    const struct look *family, *given;                 /* formatting and text-case, or NULL */
    const struct look *family_affixes, *given_affixes; /* prefix and suffix, or NULL */
    const struct look *name;                           /* of cs:name, or NULL */
    str language;                                      /* for text-case */
    str particle_gap;                                  /* between particle and family name */
    buf scratch;
};

/* Lay what `said` says over `out`. */
void name_options_merge(struct name_options *out, const struct name_options *said);

/* How many of the names are printed before "et al."; all when there is none, or when it stands only
 * for those that are not known. */
unsigned names_shown(const struct render *r, const struct name_options *options,
                     const struct item_names *names, const struct name_shape *shape);

/* The names of one variable, with delimiters and "et al.". */
struct output *names_list(struct name_dress *dress, const struct item_names *names,
                          const struct name_shape *shape);

/* One name; `first` in its list. */
struct output *name_person(struct name_dress *dress, const struct item_name *name, bool first,
                           enum given_level level);

/* True when the name is printed family first with the sort separator. */
bool name_is_inverted(const struct name_options *options, const struct item_name *name, bool first,
                      enum given_level level);

/* True for names in scripts that put the family first: Chinese, Japanese, Korean. */
bool name_is_family_first(const struct item_name *name);

/* 1 for a letter of a script without spaces between family and given name, -1 for another letter,
 * 0 for what is no letter. */
int letter_unspaced(uint32_t letter);

/* How initials are made of given names. */
struct initials {
    str with;        /* stands behind each, spaces at its end only between two */
    bool initialize; /* false: only names that are initials already get `with` */
    bool hyphens;    /* "J.-L." and not "J. L." */
};
void initials_add(buf *out, str given, const struct initials *initials);

#endif
