/* Where identifiers lead: the addresses of DOI, PMID, PMCID and URL. */
#ifndef STYLE_OUTPUT_LINK_H
#define STYLE_OUTPUT_LINK_H

#include "style/output.h"

/* The address of a part with a link, percent-encoded where it must be; empty when it has none. */
str link_address(arena *memory, const struct output *node);

/* Where the address begins in the prefix of a linked part ("doi: https://doi.org/"): it belongs to
 * the link.  The length of the prefix when there is none in it. */
size_t link_prefix(str prefix);

#endif
