/* EndNote's XML: what its reader and its writer share. */
#ifndef FORMATS_ENDNOTE_XML_ENDNOTE_XML_H
#define FORMATS_ENDNOTE_XML_ENDNOTE_XML_H

#include "formats/tagged/tagged.h"

/* A tag is the path of an element inside <record>; the rows stand in EndNote's order. */
extern const struct tagged_dialect endnote_xml_dialect;

/* The number of a type, 0 for none; and the name of a number, NULL for none. */
int endnote_xml_number(str name);
const char *endnote_xml_name(int number);

#endif
