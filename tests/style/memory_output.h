/* Output trees for tests: built in one expression, printed in one call. */
#ifndef STYLE_MEMORY_OUTPUT_H
#define STYLE_MEMORY_OUTPUT_H

#include "style/output.h"

#define LOOK(...) (&(const struct look){__VA_ARGS__})

struct output *field(const char *text, const struct look *look);          /* by output_rich() */
struct output *plain(const char *text, const struct look *look);          /* by output_leaf() */
struct output *parts(const struct look *look, struct output *first, ...); /* ends with NULL */
struct output *with_role(struct output *part, enum output_role role);
struct output *with_link(struct output *part, enum output_link link);

/* English words; stops go inside of quotations or not. */
const struct locale *english(bool punctuation_in_quote);

/* The text, lent until the next call; stops go inside of quotations in html(). */
const char *html(const struct output *tree);
const char *html_outside(const struct output *tree);
const char *printed(const struct output *tree, enum output_format format, bool links);

#endif
