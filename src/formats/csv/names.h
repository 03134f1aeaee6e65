/* Names in one cell of a table. */
#ifndef FORMATS_CSV_NAMES_H
#define FORMATS_CSV_NAMES_H

#include "base/buf.h"

/*
 * Add the names in `text` as lines.  `spoken`: the column has names as they are spoken ("Ann Roe"),
 * which several names without commas are taken for too.
 */
void csv_add_names(buf *out, str text, bool spoken);

#endif
