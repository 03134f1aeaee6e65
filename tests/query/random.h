/* Invented records at random: few words, so that phrases, hyphens, harms and headings meet. */
#ifndef QUERY_RANDOM_H
#define QUERY_RANDOM_H

#include "base/buf.h"
#include "invented.h"

typedef struct random_source {
    uint64_t state;
    arena memory; /* of the records */
} random_source;

static inline unsigned random_below(random_source *r, unsigned most)
{
    r->state = r->state * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)(r->state >> 33) % most;
}

static const char *const random_words[] = {
    "migraine",   "migraines", "headache",    "Headaches",    "head",          "ache",
    "tension",    "type",      "tensiontype", "chronic",      "cluster",       "neck",
    "pain",       "low",       "back",        "acupuncture",  "electro",       "treatment",
    "patients",   "with",      "and",         "aura",         "status",        "migrainosus",
    "were",       "excluded",  "without",     "non",          "adverse",       "events",
    "randomized", "trial",     "post",        "traumatic",    "posttraumatic", "haemophilia",
    "TTH",        "OMT",       "osteopathic", "manipulative", "disorder",      "disorders"};
enum { RANDOM_WORDS = sizeof random_words / sizeof *random_words };

/* A text of words, some with a hyphen or a stop between them. */
static inline const char *random_text(random_source *r, unsigned words)
{
    static const char *const between[] = {" ", " ", " ", " ", " ", "-", ", ", ". The ", " (", "; "};
    buf b = {0};
    for (unsigned i = 0; i < words; i++) {
        if (i)
            buf_add_text(&b, between[random_below(r, 10)]);
        buf_add_text(&b, random_words[random_below(r, RANDOM_WORDS)]);
    }
    const char *copy = arena_copy(&r->memory, buf_str(&b));
    buf_free(&b);
    return copy;
}

static inline const char *random_headings(random_source *r)
{
    static const char *const headings[] = {"D008881",  "D018781",  "D006261",         "D020773*",
                                           "D003027",  "D015670*", "D006261/Q000139", "D010146",
                                           "D019547*", "D009422",  "D051298",         "D020325*"};
    buf b = {0};
    for (unsigned i = random_below(r, 4); i > 0; i--)
        buf_printf(&b, "%s%s", b.length ? " " : "", headings[random_below(r, 12)]);
    const char *copy = b.length ? arena_copy(&r->memory, buf_str(&b)) : NULL;
    buf_free(&b);
    return copy;
}

/* The records with PMIDs from 990000000 on. */
static inline invented *random_records(random_source *r, size_t count)
{
    static const char *const types[] = {"D016449", "D002363", "D016428", "D017418",
                                        "D017065", "D016454", NULL,      NULL};
    static const char *const journals[] = {"Cephalalgia", "J Headache Pain", "Spine J"};
    static const char *const authors[] = {"Smith JA|Probe B", "Smithson J|Last Z", "Doe J"};
    invented *rows = arena_alloc(&r->memory, (count + 1) * sizeof *rows);
    for (size_t i = 0; i < count; i++) {
        char pmid[16];
        snprintf(pmid, sizeof pmid, "%zu", 990000000 + i);
        rows[i] = (invented){.pmid = arena_copy(&r->memory, str_of(pmid)),
                             .title = random_text(r, 3 + random_below(r, 8)),
                             .headings = random_headings(r),
                             .types = types[random_below(r, 8)],
                             .authors = authors[random_below(r, 3)],
                             .journal = journals[random_below(r, 3)],
                             .year = 2000 + (int)random_below(r, 20),
                             .month = (int)random_below(r, 12)};
        if (random_below(r, 5))
            rows[i].abstract = random_text(r, 1 + random_below(r, 60));
        if (random_below(r, 2))
            rows[i].keywords = random_text(r, 1 + random_below(r, 3));
        if (random_below(r, 20) == 0)
            rows[i].retraction = "990900000";
    }
    return rows;
}

#endif
