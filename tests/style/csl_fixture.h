/* Fixtures of the CSL test suite: text files with sections. */
#ifndef STYLE_CSL_FIXTURE_H
#define STYLE_CSL_FIXTURE_H

#include "base/arena.h"

enum fixture_section {
    SECTION_NONE,
    SECTION_MODE,
    SECTION_RESULT,
    SECTION_CSL,
    SECTION_INPUT,
    SECTION_CITATION_ITEMS,
    SECTION_CITATIONS,
    SECTION_BIBENTRIES,
    SECTION_COUNT
};

struct fixture {
    const char *name, *path; /* "sort_Citation", and the file */
    str sections[SECTION_COUNT];
};

/* Read the fixture at `path` into `memory`.  False: it cannot be read. */
bool fixture_read(arena *memory, struct fixture *out, const char *path);

/* What a processor with the default locales makes of the fixture, in `memory`.  A failure gives a
 * text that begins with "FAILED: ".  `explain`: say on stderr what a style was complained of. */
str fixture_run(arena *memory, const struct fixture *fixture, bool explain);

#endif
