/* Reading the values of CSL's attributes: choices, numbers, lists of names, looks, name options. */
#ifndef STYLE_VALUES_H
#define STYLE_VALUES_H

#include "style/csl_xml.h"

/*
 * The place (1, 2, ...) of the attribute's value in `choices`, which are separated by '|'.  0: the
 * attribute is absent, or has none of these values, which is complained of.
 */
unsigned value_choice(const struct complaints *complaints, const struct element *element,
                      enum attribute_name name, const char *choices);

/* "true" or "false"; `otherwise` when absent or neither. */
bool value_flag(const struct complaints *complaints, const struct element *element,
                enum attribute_name name, bool otherwise);

/* False when the attribute is absent or no whole number; `*out` is left alone then. */
bool value_number(const struct complaints *complaints, const struct element *element,
                  enum attribute_name name, unsigned *out);

/* A required attribute; NULL, after a complaint, when it is absent. */
const str *value_required(const struct complaints *complaints, const struct element *element,
                          enum attribute_name name);

/* Cut the next of the words of `*rest`, which are separated by white space.  False at the end. */
bool value_next_word(str *rest, str *word);

/* Formatting, affixes, delimiter, text case, quotes, display. */
void value_look(const struct complaints *complaints, const struct element *element,
                struct look *out);

/* The name options said by cs:name, or by cs:style, cs:citation and cs:bibliography. */
void value_name_options(const struct complaints *complaints, const struct element *element,
                        struct name_options *out);

/* The cs:date-part elements of a cs:date. */
void value_date_parts(arena *memory, const struct complaints *complaints,
                      const struct element *date, struct date_parts *out);

#endif
