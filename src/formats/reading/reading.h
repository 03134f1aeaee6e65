/* Lists of works for people to read, in formats that differ in how they mark and escape. */
#ifndef FORMATS_READING_READING_H
#define FORMATS_READING_READING_H

#include "base/buf.h"
#include <osler/record.h>

/* How a format says what a list of works consists of. */
struct reading_look {
    const char *entry_start, *entry_end;
    const char *strong_start, *strong_end, *journal_start, *journal_end;
    const char *line_break; /* between the parts of an entry */
    const char *abstract_start, *abstract_end, *section_start, *section_end; /* NULL: no abstract */

    /* Add markup (of <osler/fields.def>), of which nothing may act on the page but its tags. */
    void (*add_markup)(buf *out, str markup);
    /* Add a link; `label` is plain. */
    void (*add_link)(buf *out, str address, str label);
};

/* Add one work. */
void reading_write(buf *out, const osler_record *record, const struct reading_look *look);

/* Add an address with all that could end it, or begin another thing, as %XX. */
void reading_add_address(buf *out, str address);

#endif
