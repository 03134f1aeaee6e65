/* What a processor holds: the works, the citations, and what was found out about both. */
#ifndef STYLE_DOCUMENT_H
#define STYLE_DOCUMENT_H

#include "base/buf.h"
#include "style/id_table.h"
#include "style/processor.h"

/* A work that the document may cite. */
struct work {
    const struct item *item;
    const char *id;
    size_t place;    /* among all works, in order of coming */
    bool included;   /* in the bibliography, cited or not */
    uint64_t round;  /* of document_settle() that last found it in the bibliography */
    size_t order;    /* 1-based: in the bibliography before sorting; 0: not in it */
    unsigned number; /* citation number; 0: none */
    const str *keys; /* collated, of the bibliography's sort; NULL: not made yet */

    struct cite_shape shape; /* found by disambiguation */
    unsigned suffix_number;  /* of its year-suffix, 1 for "a"; 0: none */
    uint64_t shape_hash;
    struct known_cite *known; /* of disambiguate.c */

    /* in positions_find(): the round that met it, the notes of its first and its last cite */
    uint64_t cited_round;
    unsigned first_note, last_note;
};

/* A cite where it stands. */
struct placed_cite {
    struct cite cite;
    struct work *work;
    const str *keys;     /* collated, of the citation's sort; NULL: not made yet */
    uint64_t keys_shape; /* the work's shape_hash then */
    enum position position;
    bool near_note;
    unsigned first_note; /* first-reference-note-number; 0: none */
};

struct citation {
    const char *id;
    unsigned note;
    bool listed;    /* named by the call at work */
    bool rendered;  /* `text` is what `state` gives */
    uint64_t state; /* all that the text depends on, hashed */
    buf text;
    arena memory;                        /* of the cites */
    struct placed_cite *cites, **sorted; /* as given, as the citation's keys sort them */
    size_t count;
};

struct processor {
    const struct style *style;
    const struct locale *locale;
    struct output_options options;
    arena memory;  /* until the end */
    arena scratch; /* of the rendering at work */
    uint64_t round;

    struct work **works; /* in order of coming */
    size_t work_count;
    struct id_table work_ids;
    struct work **included; /* in the order given */
    size_t included_count;
    bool works_changed; /* since document_settle() */

    struct citation **citations; /* in order of the document */
    size_t citation_count, citation_capacity;

    struct work **sorted; /* the bibliography */
    size_t sorted_count, sorted_capacity;
    struct work **gathered; /* the same works in order of citation */
    size_t gathered_capacity;
    struct collation *collation;           /* of sorting.c */
    struct disambiguation *disambiguation; /* of disambiguate.c */
    struct bibliography *bibliography;     /* of bibliography.c */

    struct citation_change *changes;
    size_t change_capacity;
    buf preview;
};

/* Mix a number into a hash; never 0. */
static inline uint64_t document_mix(uint64_t hash, uint64_t number)
{
    hash = ((hash ^ number) + 0x632be59bd9b4e019u) * 0x9e3779b97f4a7c15u;
    return (hash ^ hash >> 29) | 1;
}

/* The work called `id`, or NULL. */
struct work *document_work(const processor *p, const char *id);

/* Bring the bibliography's order, the numbers and the shapes up to date. */
void document_settle(processor *p);

/* A rendering of `work` in `area`, with nothing of a cite yet; its output is in `memory`. */
void document_render_begin(struct render *r, const processor *p, const struct area *area,
                           const struct work *work, arena *memory);

/* By positions.c: find out the position of every cite of the document. */
void positions_find(processor *p);

/* By cluster.c: the text of a citation. */
void cluster_render(processor *p, buf *out, const struct citation *citation);

/* By sorting.c: sort `p->sorted`, which is in order of citation, and number the works. */
void sorting_bibliography(processor *p);

/* By sorting.c: the cites of a citation in the order of the citation's keys. */
void sorting_cites(processor *p, struct citation *citation);
void sorting_free(processor *p);

/* By disambiguate.c: the shapes of the works in `p->sorted`. */
void disambiguate(processor *p);
void disambiguate_forget(struct work *work); /* it is not among them any more */
void disambiguate_free(processor *p);

/* By bibliography.c. */
void bibliography_free(processor *p);

#endif
