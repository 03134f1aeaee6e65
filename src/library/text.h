/* Reference lists in plain text as an input format. */
#ifndef LIBRARY_TEXT_H
#define LIBRARY_TEXT_H

#include "formats/reader.h"

extern const struct format format_text;

#endif
