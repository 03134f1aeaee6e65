/* What stands before the items of a PubMed XML file: the XML declaration and the DOCTYPE. */
#ifndef FORMATS_PUBMED_XML_PROLOG_H
#define FORMATS_PUBMED_XML_PROLOG_H

#include "base/str.h"

/* "<!DOCTYPE" */
extern const str prolog_doctype;

/* Where `needle` begins in `s`, from `from` on; the length of `s` when it does not. */
size_t prolog_find(str s, size_t from, str needle);

/* The value of `encoding="..."` in an XML declaration; empty when it has none. */
str prolog_encoding(str declaration);

/*
 * The length of the DOCTYPE at the start of `s`, or 0; and where its internal subset is.  Another
 * DOCTYPE outside of quotes shows that this one has no end: `*endless`.  That also keeps the time
 * linear: of all DOCTYPEs that begin before a byte, it is outside of quotes to some, in "" to
 * others, in '' to the rest, and all but the last of each kind have met another one.
 */
size_t prolog_doctype_length(str s, str *subset, bool *endless);

#endif
