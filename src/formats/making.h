/* From the variables of CSL to the fields of a record: the way back of record/cited.h. */
#ifndef FORMATS_MAKING_H
#define FORMATS_MAKING_H

#include "base/buf.h"
#include "formats/builder.h"
#include "record/variables.h"

/* A record at work; start from making_start(), end with making_finish(). */
struct making {
    builder *b;
    arena *memory;
    osler_record *record;
    const char *number; /* of what, the type says */
    buf work;
};

/* A new record in `memory`. */
struct making making_start(builder *b, arena *memory);

/* Place what the type decides on; the record is done. */
void making_finish(struct making *m);

/* Take the value of a variable of text or number, in CSL's rich text. */
void making_add_text(struct making *m, enum variable variable, str text);

/* Keep what has no field of its own, under its name. */
void making_add_extra(struct making *m, str tag, str value);

/* CSL's rich text as markup; NULL when it is empty. */
const char *making_markup(struct making *m, str rich);

#endif
