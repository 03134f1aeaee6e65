/* The entities of HTML and XML, which publishers leave in plain text. */
#ifndef FORMATS_ENTITIES_H
#define FORMATS_ENTITIES_H

#include "base/buf.h"

/* The character that `name` means ("lt", "beta", "#946", "#x3b2": no & and ;); 0 when unknown. */
uint32_t entity_value(str name);

/* Add `text` to `out`, every known entity decoded once; what is none stays as it is. */
void entities_decode(buf *out, str text);

#endif
