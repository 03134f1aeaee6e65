/* What becomes of a record on its way to a tool: profiles.def says it for each. */
#ifndef FORMATS_PROFILE_H
#define FORMATS_PROFILE_H

#include "base/arena.h"
#include <osler/formats.h>

enum profile_choice {
    PROFILE_PLAIN = 1,                /* no tags in texts */
    PROFILE_MARK_TITLE = 2,           /* "RETRACTED: " stands before the title */
    PROFILE_HEADINGS_AS_KEYWORDS = 4, /* and no stars; each keyword once */
    PROFILE_BARE_ISSN = 8,            /* without "(Electronic)" behind it */
    PROFILE_NO_AFFILIATIONS = 16,
};

struct profile {
    const char *name, *format, *summary;
    unsigned choices;
};

/* The profile of this name.  OSLER_EFORMAT when there is none. */
OSLER_MUST_USE osler_status profile_find(const struct profile **out, const char *name,
                                         osler_error *error);

/* `*record` as the tool shall have it; what is made new is in `memory`, the rest is shared. */
osler_record profile_apply(const struct profile *profile, arena *memory,
                           const osler_record *record);

#endif
