/*
 * What of a record is indexed: its texts as words with their places, exact terms such as headings
 * and identifiers, and the small facts that ranking and filters need.
 */
#ifndef INDEX_DOCUMENT_H
#define INDEX_DOCUMENT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include <osler/record.h>
#include <stdint.h>

enum index_field {
#define FIELD(constant, name, weight, b) INDEX_##constant,
#include "index/weights.def"
#undef FIELD
    INDEX_FIELDS
};
enum {
    INDEX_MEASURED = INDEX_HEADINGS + 1, /* the fields before it have lengths */
    INDEX_ALL_FIELDS = (1 << INDEX_FIELDS) - 1
};

/*
 * The kinds of terms.  A term is the byte of its kind and the bytes of its value.  Words have
 * positions; the others have none, and their payload's "field" is what the comment says (0 when it
 * says nothing).
 */
enum index_kind {
    INDEX_WORD = 'w',    /* a folded word (base/words.h); field: enum index_field */
    INDEX_JOINED = 'J',  /* two words with a hyphen between them, without it: "tensiontype"; at the
                            position of the second, with positions, field as of words */
    INDEX_HEADING = 'h', /* UI of a MeSH heading; 0: minor, 1: major, on it or a qualifier; 2 beside
                            these: its only qualifier is "chemically induced" */
    INDEX_HEADING_NAME =
        'n',              /* its name, folded words with one space between them; 0, 1, 2 as above */
    INDEX_ANCESTOR = 'x', /* UI of a heading above (or of) one of the record's; 0, 1 as above */
    INDEX_QUALIFIED = 'q',      /* "UI/QUI", "UI/qualifier name", "heading name/QUI", "heading name/
                                   qualifier name" (no white space around the stroke), those that the
                                   record allows: UIs as it has them, names as folded words; 0, 1: the
                                   qualifier or the heading is major */
    INDEX_QUALIFIER = 's',      /* UI or folded name of a qualifier; 0, 1 */
    INDEX_TYPE = 't',           /* UI of a publication type, or its folded name */
    INDEX_AUTHOR = 'a',         /* "family initials" in folded words; 0 author, 1 first, 2 last, 3
                                   investigator; a first or last author has 0 too */
    INDEX_JOURNAL_NAME = 'j',   /* title, MEDLINE or ISO abbreviation, folded words */
    INDEX_JOURNAL_NUMBER = 'i', /* ISSN or NLM id, upper case */
    INDEX_IDENTIFIER =
        'd', /* "scheme:value" in lower case: doi:, pmcid:, pii:, registry:, isbn:, ... */
    INDEX_LANGUAGE = 'l', /* lower case */
    INDEX_VOLUME = 'v',   /* lower case, as the next two */
    INDEX_ISSUE = 'u',
    INDEX_PAGE = 'p',   /* the first page */
    INDEX_STATUS = 'S', /* lower case */
    INDEX_YEAR = 'y',   /* four digits, of publication */
    INDEX_DESIGN = 'D', /* design code */
    INDEX_FLAG = 'f'    /* integrity flag */
};

/* How a word stands at a position; for titles, keywords and abstracts. */
enum index_mark {
    INDEX_MEANT = 0, /* bits 0 and 1: as context_meaning() says */
    INDEX_HARM = 1,
    INDEX_EXCLUDED = 2,
    INDEX_ABSENT = 3,
    INDEX_MEANING = 3,
    INDEX_CAPITALS = 4,      /* its first two letters are A-Z, capitals */
    INDEX_IN_PARENTHESES = 8 /* stands right behind an opening parenthesis */
};

/* What a text of the layout is, beside its field. */
enum index_text_trait {
    INDEX_CONCLUSIONS = 1, /* a section labeled so */
    INDEX_VERNACULAR = 2   /* a title in its own language (field INDEX_OTHER) */
};

/* One text of the layout: a title, one keyword, one section of an abstract. */
typedef struct index_text {
    enum index_field field;
    unsigned traits;
    uint32_t start; /* its words have positions from here to the start of the next */
} index_text;

/* The texts that are about the topic: titles, vernacular titles, keywords, abstracts, other
 * abstracts, with positions in this order.  Other texts have positions behind the last of them, in
 * the order of their fields, and no place in the layout: `end` is where they start.  Between two
 * texts of any kind at least one position is left out, so that no phrase goes over from one to the
 * next. */
typedef struct index_layout {
    index_text *items;
    size_t count;
    uint32_t end;
    uint32_t first_sentence_end[2], last_sentence_start[2]; /* 0: of the abstract, 1: of the other
                                                               abstracts; 0 when there is none */
} index_layout;

/* Small facts of one document; 0 is "not known" unless said otherwise. */
typedef struct index_facts {
    int64_t citation;
    uint32_t pmid;
    uint32_t date, entered, revised; /* YYYYMMDD, 00 for unknown parts */
    uint32_t recency;                /* YYYYMMDD: the date that its age is counted from */
    uint32_t n;                      /* participants */
    uint32_t flags;                  /* bits as the store numbers them */
    uint32_t modifiers;              /* the same */
    uint64_t layout;                 /* offset of its layout; the writer's own */
    uint16_t year;
    uint16_t lengths[INDEX_MEASURED]; /* words, headings: headings; at most 65535 */
    uint16_t confidence;              /* of the design: 0 to 10000 */
    uint8_t design;                   /* index of osler_design_code() */
    uint8_t traits;                   /* bits as the store numbers them */
} index_facts;

/* One term of a document, with payload and positions as segment.h writes them. */
typedef struct index_entry {
    str term; /* its kind and value */
    str payload, positions;
} index_entry;

/* A document ready for the writer.  All of it is the arena's. */
typedef struct index_document {
    index_facts facts;    /* lengths filled in by index_analyze(), the rest by the caller */
    index_entry *entries; /* no term twice; in any order that the record alone decides */
    size_t count;
    str layout;   /* its bytes */
    size_t bytes; /* of all payloads and positions */
} index_document;

/* A term that the record does not give: its ancestors, design, flags. */
typedef struct index_extra {
    enum index_kind kind;
    str value;
    unsigned fields; /* a bit for each field of the payload */
} index_extra;

/* What analyzing needs again and again; one a thread.  You own it: index_analyzer_free(). */
typedef struct index_analyzer index_analyzer;
index_analyzer *index_analyzer_new(void);
void index_analyzer_free(index_analyzer *a);

/*
 * Make a document of the record and the extra terms.  The same record gives the same bytes on any
 * thread and machine.  Values longer than LIMIT_TERM bytes are cut by index_cut().  Words whose
 * position would reach 2^28 are counted, but not indexed.
 */
void index_analyze(index_analyzer *a, arena *memory, const osler_record *record,
                   const index_extra *extra, size_t extra_count, index_document *out);

/* `value` as a term has it: at most LIMIT_TERM bytes, cut between characters. */
str index_cut(str value);

/*
 * The key that words of one family share: libstemmer's English stem of form_add()'s common form
 * ("migraines", "migraine"; "tumours", "tumor").  Words with digits or without ASCII letters are
 * families of their own.  The text is `b`'s.
 */
void index_family_key(index_analyzer *a, buf *b, str folded);

/* The text of a name as INDEX_AUTHOR has it, added to `b`. */
void index_author_add(buf *b, const osler_name *name);

/* A whole text as folded words with one space between them, added to `b`: journals, headings. */
void index_words_add(buf *b, str text);

#endif
