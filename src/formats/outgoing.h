/* Records on their way out: the format, what the profile of a tool makes of them, and a count of
 * what the format leaves out. */
#ifndef FORMATS_OUTGOING_H
#define FORMATS_OUTGOING_H

#include "formats/carried.h"
#include "formats/profile.h"
#include "formats/writer.h"

struct outgoing {
    const struct writer *writer;
    const struct profile *profile; /* NULL for none */
    struct carriage carriage;
    const char *format;
};

/*
 * The format and the profile of these names; one of them may be NULL.  A profile without a format
 * has its own.  OSLER_EFORMAT when there is no such one.
 */
OSLER_MUST_USE osler_status outgoing_open(struct outgoing *out, const char *format,
                                          const char *profile, osler_error *error);

/* Add `record` to `text`, behind what stands between records, and what of it is left out to
 * `tally`.  On any thread; `scratch` is for the work. */
void outgoing_write(const struct outgoing *outgoing, arena *scratch, buf *text,
                    const osler_record *record, struct carried_tally *tally);

#endif
