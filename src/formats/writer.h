/* What one output format provides.  One format is one file and one row in writers.def. */
#ifndef FORMATS_WRITER_H
#define FORMATS_WRITER_H

#include "base/buf.h"
#include <osler/formats.h>

struct writer {
    /* Add `record` to `out`; called on any thread. */
    void (*write)(buf *out, const osler_record *record);

    /* What stands before, between and behind the records of a document; NULL: nothing. */
    const char *head, *between, *tail;

    bool only_ids; /* it names records, no more: nothing of them is said to be left out */
};

#define WRITER(format, name, summary) extern const struct writer writer_##format;
#include "formats/writers.def"
#undef WRITER

/* The output format of this name.  OSLER_EFORMAT when there is none. */
OSLER_MUST_USE osler_status writer_find(const struct writer **out, const char *name,
                                        osler_error *error);

#endif
