/*
 * What formats share whose items are XML elements: cutting these out of a stream, and making a
 * small tree of one.
 */
#ifndef FORMATS_ELEMENTS_ELEMENTS_H
#define FORMATS_ELEMENTS_ELEMENTS_H

#include "base/buf.h"
#include "formats/format.h"

/* A stream whose elements with one of these names, wherever they stand, are its items. */
struct element_cutter {
    window *input;
    const str *names;
    size_t name_count;
    size_t used; /* bytes of the item given out last, dropped at the next call */
    size_t name; /* of that item: an index in `names` */
    bool over, complete;
    char root[64], encoding[40];
};

/* The next item.  Statuses as of struct format's cut(). */
osler_status elements_cut(struct element_cutter *c, struct piece *out, osler_error *error);

/*
 * The name of the root in `head`, behind declaration, DOCTYPE and comments; empty when there is
 * none.  `*rest` is what stands behind it.
 */
str elements_root(str head, str *rest);

/* True when `head` has a start tag with this name. */
bool elements_has(str head, str name);

/* A piece of text (without name) or an element, with what it holds. */
struct element {
    str name, text;
    struct element *parent, *first, *last, *next;
    struct element_attribute *attributes;
};

struct element_attribute {
    str name, value;
    struct element_attribute *next;
};

/* A parser of pieces; end it with elements_free_parser(). */
typedef struct element_parser element_parser;
element_parser *elements_new_parser(void);
void elements_free_parser(void *parser);

/* The tree of a piece, lent until the next call.  Comments and instructions are left out. */
osler_status elements_parse(element_parser *p, const struct element **out,
                            const struct piece *piece, osler_error *error);

/* Memory that lives until the next tree is made. */
arena *elements_memory(element_parser *p);

/* The value of an attribute, trimmed; empty when there is none. */
str elements_attribute(const struct element *e, const char *name);

/* The first element inside `e`, directly, with this name, or NULL; and the next one beside it. */
const struct element *elements_child(const struct element *e, const char *name);
const struct element *elements_next(const struct element *e, const char *name);

/* Add all text inside `e`. */
void elements_add_text(buf *out, const struct element *e);

#endif
