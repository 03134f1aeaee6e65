/*
 * The XML of styles and locale files as a small tree: elements and attributes of CSL by number, in
 * an arena.  What CSL does not know, or not in that place, is complained of and left out.
 */
#ifndef STYLE_CSL_XML_H
#define STYLE_CSL_XML_H

#include "base/arena.h"
#include "style/tree.h"

enum element_name {
    ELEMENT_NONE,
#define ELEMENT(name, csl, parents) ELEMENT_##name,
#include "style/elements.def"
#undef ELEMENT
    ELEMENT_COUNT
};

enum attribute_name {
    ATTRIBUTE_NONE,
#define ATTRIBUTE(name, csl, elements) ATTRIBUTE_##name,
#include "style/attributes.def"
#undef ATTRIBUTE
    ATTRIBUTE_COUNT
};

struct attribute {
    uint8_t name;
    str value;
};

struct element {
    uint8_t name;
    unsigned line; /* where its start tag ends */
    const struct attribute *attributes;
    size_t attribute_count, child_count;
    struct element *first, *last, *next; /* children, and the next of the same parent */
    str text;                            /* of elements that bear text and have no children */
};

/* Who hears what was passed over, and in which file. */
struct complaints {
    style_complaint hear; /* may be NULL */
    void *context;
    const char *source;
};

__attribute__((format(printf, 3, 4))) void csl_complain(const struct complaints *complaints,
                                                        unsigned line, const char *format, ...);

/*
 * The tree of `xml`; `root` is the element that must be its outermost one.  Without a network,
 * document types or entities.  OSLER_EINPUT: no XML, or of another kind; OSLER_ELIMIT: too large
 * or too deep.  The error names `complaints->source`.
 */
osler_status csl_xml_read(arena *memory, const struct element **out, str xml,
                          enum element_name root, const struct complaints *complaints,
                          osler_error *error);

const char *element_name(const struct element *element);
const char *attribute_name(enum attribute_name name);

/* The attribute of an element, or NULL. */
const str *element_attribute(const struct element *element, enum attribute_name name);

/* Its value; empty when it is absent. */
str element_value(const struct element *element, enum attribute_name name);

/* The first child of a name, or NULL. */
const struct element *element_child(const struct element *element, enum element_name name);

#endif
