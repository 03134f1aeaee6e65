/* What the parts of the PubMed XML parser share: the record at work, and the rules of elements.def.
 */
#ifndef FORMATS_PUBMED_XML_PARSER_H
#define FORMATS_PUBMED_XML_PARSER_H

#include "base/limits.h"
#include "formats/builder.h"
#include "formats/pubmed_xml/text.h"
#include <osler/record.h>

#include <libxml/tree.h>
#include <string.h>

enum {
    PUBMED_DEEPEST = 260,  /* nested elements; libxml2 itself stops at 256 */
    PUBMED_ATTRIBUTES = 6, /* of a rule */
};

/* What the elements of a date say, as texts. */
struct date_parts {
    const char *year, *month, *day, *season, *printed, *hour, *minute;
};

/* What is collected on the way and put together at the end. */
struct parts {
    const char *start_page, *end_page;
    const char *affiliation;              /* of the first author, in old records */
    const char *first_name, *middle_name; /* of the person at work, in old records */
    const char *reference_title;
    const char *keyword_owner;
    const char *section_label; /* of a book, whose title is yet to come */
    const char *item_list;     /* the type of the list */
    const char *role;          /* of the authors of the list at work */
    const char *group;         /* whose investigators the list holds */
};

/* A collective author whose members are listed elsewhere under `id`. */
struct collective {
    const char *id, *name;
};

/* The objects that rows speak of. */
enum object {
    OBJECT_record,
    OBJECT_parts,
    OBJECT_date_parts,
    OBJECT_name,
    OBJECT_affiliation,
    OBJECT_identifier,
    OBJECT_date,
    OBJECT_section,
    OBJECT_other_abstract,
    OBJECT_keyword,
    OBJECT_qualifier,
    OBJECT_heading,
    OBJECT_supplementary,
    OBJECT_chemical,
    OBJECT_publication_type,
    OBJECT_correction,
    OBJECT_databank,
    OBJECT_grant,
    OBJECT_reference,
    OBJECT_object,
    OBJECT_COUNT
};

struct attribute {
    str name, value;
};

/* The attributes of a start tag. */
struct attributes {
    const struct attribute *items;
    size_t count;
};

struct rule;

typedef struct pubmed_parser {
    xmlParserCtxt *context; /* libxml2's, reused; replaced when its dictionary has grown */
    bool thorough;          /* leave every item to libxml2; for tests */
    bool quick;             /* the last item was read without libxml2 */

    builder build;        /* the record's memory: the caller's */
    osler_record *record; /* in it */
    struct parts parts;
    struct date_parts date_parts;
    void *objects[OBJECT_COUNT];
    osler_section_list *sections;                /* of the abstract at work */
    const char **copyright;                      /* of the abstract at work */
    struct collective *collectives, *collective; /* all, and the one at work */
    size_t collective_count;
    bool is_book;
    bool deletion;

    text_collector text;
    const struct rule *rules[PUBMED_DEEPEST]; /* of the open elements */
    unsigned depth;
    unsigned passed_over; /* elements open inside one that has no rule */
    unsigned inside;      /* elements open inside a text */

    str item;      /* all its bytes */
    unsigned line; /* of the item's start in the file */
    const char *encoding;
    osler_error error; /* the first one; OSLER_OK while there is none */
} pubmed_parser;

enum collects { NOTHING, PLAIN, MARKED };

typedef void (*rule_start)(pubmed_parser *p, const struct rule *rule,
                           const struct attributes *attributes);
typedef void (*rule_end)(pubmed_parser *p, const struct rule *rule, str text);

enum attribute_kind { ATTRIBUTE_NONE, ATTRIBUTE_TEXT, ATTRIBUTE_YES };

struct attribute_rule {
    str name;
    enum attribute_kind kind;
    enum object object;
    size_t offset;
};

/* One row of elements.def. */
struct rule {
    str element;
    unsigned char context, opens;
    enum collects collects;
    enum object object; /* whose member gets the text */
    size_t offset;
    bool appends;      /* the member is a list of texts */
    bool stores;       /* the text goes to a member at all */
    enum object owner; /* of the list that gets a new item */
    size_t list;
    size_t item_size; /* 0: no new item */
    rule_start start;
    rule_end end;
    const char *argument;
    struct attribute_rule attributes[PUBMED_ATTRIBUTES];
};

extern const unsigned char pubmed_document; /* the context of an item's root */

/* Make the tables of rules.c and scan.c; once for all threads. */
void pubmed_prepare_rules(void);
void pubmed_prepare_scan(void);

/* The rule for the element `name` in `context`, or NULL. */
const struct rule *pubmed_rule(unsigned char context, str name);

/*
 * What the parts of an item do to the record, in parse.c: a tag, text, the end of an element.  The
 * text must stay as it is until the end of its element when it is lent.
 */
void pubmed_start_element(pubmed_parser *p, str name, const struct attributes *attributes);
void pubmed_end_element(pubmed_parser *p);
void pubmed_add_text(pubmed_parser *p, str chars, bool lent);

/* Whether text that comes now is of any interest. */
static inline bool pubmed_takes_text(const pubmed_parser *p)
{
    return !p->passed_over && p->depth && p->rules[p->depth - 1]->collects != NOTHING;
}

/*
 * Whether the name at `at`, where there are as many bytes, is `name`.  In place, without a call: it
 * is asked of every tag.
 */
static inline bool pubmed_same_name(const char *at, str name)
{
    size_t n = name.length;
    uint64_t a, b, c, d;
    if (n < sizeof a) {
        while (n && at[n - 1] == name.data[n - 1])
            n--;
        return !n;
    }
    memcpy(&a, at, sizeof a);
    memcpy(&b, name.data, sizeof b);
    memcpy(&c, at + n - sizeof c, sizeof c);
    memcpy(&d, name.data + n - sizeof d, sizeof d);
    return a == b && c == d &&
           (n <= 2 * sizeof a ||
            memcmp(at + sizeof a, name.data + sizeof a, n - 2 * sizeof a) == 0);
}

/*
 * Read `p->item` the quick way; in scan.c.  False when it is not as plain as nearly all items are,
 * or not well-formed: then what was read so far is worth nothing, and the thorough way has to tell.
 */
OSLER_MUST_USE bool pubmed_scan(pubmed_parser *p);

/* Read `p->item` with libxml2, which also tells what is wrong with it; in thorough.c. */
void pubmed_read_thoroughly(pubmed_parser *p);
void pubmed_open_context(pubmed_parser *p);
void pubmed_close_context(pubmed_parser *p);

/* A copy in the record's memory; NULL when empty or when the record has grown too large. */
const char *pubmed_keep(pubmed_parser *p, str text);

/* A new zeroed item of the list at `list`; NULL when the record has grown too large. */
void *pubmed_add(pubmed_parser *p, void *list, size_t size);
#define PUBMED_ADD(p, list) pubmed_add((p), (list), sizeof *(list)->items)

/* The value of an attribute, decoded, in the record's memory; NULL when absent or empty. */
const char *pubmed_attribute(pubmed_parser *p, const struct attributes *attributes,
                             const char *name);

/* The same without a copy. */
bool pubmed_attribute_is(const struct attributes *attributes, const char *name, const char *value);

/* Remember the first failure; the record will not be given out. */
__attribute__((format(printf, 4, 5))) void pubmed_fail(pubmed_parser *p, osler_status status,
                                                       unsigned line, const char *format, ...);

/* Put together what only the whole record can say: pages, DOI, type, roles.  In finish.c. */
void pubmed_finish(pubmed_parser *p);

pubmed_parser *pubmed_parser_new(void);
void pubmed_parser_free(pubmed_parser *p);

/*
 * Read one item that starts on `line` of the file into `p->record`, which lives in `memory` with
 * all it points to, and needs neither the parser nor the item any more (for a deletion,
 * `p->deletion` is set and the record has but its PMID).  `encoding` is "" for UTF-8.  Parsers
 * share nothing: each thread may have one.
 */
OSLER_MUST_USE osler_status pubmed_parse(pubmed_parser *p, arena *memory, str item, unsigned line,
                                         const char *encoding, osler_error *error);

#endif
