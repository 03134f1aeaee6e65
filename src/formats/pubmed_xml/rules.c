/* The rows of elements.def as a table, and the way to a row from the name of an element. */
#include "formats/pubmed_xml/handlers.h"

#include <stddef.h>
#include <string.h>

/* Every name that stands first in a row. */
enum context {
    CONTEXT_leaf,
    CONTEXT_document,
    CONTEXT_article_item,
    CONTEXT_book_item,
    CONTEXT_citation,
    CONTEXT_article,
    CONTEXT_journal,
    CONTEXT_journal_issue,
    CONTEXT_journal_info,
    CONTEXT_pagination,
    CONTEXT_date,
    CONTEXT_abstract,
    CONTEXT_author_list,
    CONTEXT_investigator_list,
    CONTEXT_subject_list,
    CONTEXT_person,
    CONTEXT_affiliation_info,
    CONTEXT_databank_list,
    CONTEXT_databank,
    CONTEXT_accession_list,
    CONTEXT_grant_list,
    CONTEXT_grant,
    CONTEXT_type_list,
    CONTEXT_chemical_list,
    CONTEXT_chemical,
    CONTEXT_supplementary_list,
    CONTEXT_gene_list,
    CONTEXT_heading_list,
    CONTEXT_heading,
    CONTEXT_keyword_list,
    CONTEXT_correction_list,
    CONTEXT_correction,
    CONTEXT_old_correction_list,
    CONTEXT_data,
    CONTEXT_history,
    CONTEXT_own_ids,
    CONTEXT_object_list,
    CONTEXT_object,
    CONTEXT_reference_list,
    CONTEXT_reference,
    CONTEXT_reference_ids,
    CONTEXT_book_document,
    CONTEXT_sections,
    CONTEXT_item_list,
    CONTEXT_book,
    CONTEXT_publisher,
};

/* So that `osler_OBJECT` is the type of every object. */
typedef struct parts osler_parts;
typedef struct date_parts osler_date_parts;

const unsigned char pubmed_document = CONTEXT_document;

#define NONE                                                                                       \
    {                                                                                              \
        {NULL, 0}, ATTRIBUTE_NONE, OBJECT_record, 0                                                \
    }
#define ATTRIBUTE(name, object, member)                                                            \
    {                                                                                              \
        STR(name), ATTRIBUTE_TEXT, OBJECT_##object, offsetof(osler_##object, member)               \
    }
#define YES(name, object, member)                                                                  \
    {                                                                                              \
        STR(name), ATTRIBUTE_YES, OBJECT_##object, offsetof(osler_##object, member)                \
    }
#define WHERE(in, name, out) .element = STR(name), .context = CONTEXT_##in, .opens = CONTEXT_##out
#define TARGET(target, member)                                                                     \
    .object = OBJECT_##target, .offset = offsetof(osler_##target, member), .stores = true
#define NEW_ITEM(item, parent, member)                                                             \
    .object = OBJECT_##item, .item_size = sizeof(osler_##item), .owner = OBJECT_##parent,          \
    .list = offsetof(osler_##parent, member)

#define IN(in, name, out, ...) {WHERE(in, name, out), .attributes = {__VA_ARGS__}},
#define TEXT(in, name, object, member, ...)                                                        \
    {WHERE(in, name, leaf), .collects = PLAIN, TARGET(object, member), .attributes = {__VA_ARGS__}},
#define MARKUP(in, name, object, member, ...)                                                      \
    {WHERE(in, name, leaf), .collects = MARKED, TARGET(object, member),                            \
     .attributes = {__VA_ARGS__}},
#define TEXTS(in, name, object, member)                                                            \
    {WHERE(in, name, leaf), .collects = PLAIN, TARGET(object, member), .appends = true},
#define ITEM(in, name, out, item, owner, list, ...)                                                \
    {WHERE(in, name, out), NEW_ITEM(item, owner, list), .attributes = {__VA_ARGS__}},
#define ITEM_TEXT(in, name, item, parent, member, text, ...)                                       \
    {WHERE(in, name, leaf),                                                                        \
     .collects = PLAIN,                                                                            \
     NEW_ITEM(item, parent, member),                                                               \
     .stores = true,                                                                               \
     .offset = offsetof(osler_##item, text),                                                       \
     .attributes = {__VA_ARGS__}},
#define ITEM_MARKUP(in, name, item, parent, member, text, ...)                                     \
    {WHERE(in, name, leaf),                                                                        \
     .collects = MARKED,                                                                           \
     NEW_ITEM(item, parent, member),                                                               \
     .stores = true,                                                                               \
     .offset = offsetof(osler_##item, text),                                                       \
     .attributes = {__VA_ARGS__}},
#define DO(in, name, out, what, starts, ends, text)                                                \
    {WHERE(in, name, out), .collects = (what), .start = (starts), .end = (ends),                   \
     .argument = (text)},

static const struct rule rules[] = {
#include "formats/pubmed_xml/elements.def"
};

enum {
    RULES = sizeof rules / sizeof *rules,
    SLOTS = 1024, /* a power of two, several times the rules: a look-up ends soon */
};

/* Rules by context and name; nothing is changed once it is made. */
static const struct rule *table[SLOTS];

/* A number that is another one for most names: of their ends and their length. */
static size_t slot_of(unsigned char context, str name)
{
    size_t n = name.length;
    uint64_t first = 0, last = 0;
    if (n >= 8) {
        memcpy(&first, name.data, 8);
        memcpy(&last, name.data + n - 8, 8);
    } else if (n >= 4) {
        memcpy(&first, name.data, 4);
        memcpy(&last, name.data + n - 4, 4);
    } else if (n) {
        first = (unsigned char)name.data[0];
        last = (unsigned char)name.data[n - 1];
    }
    uint64_t mixed = (first + context) * UINT64_C(0x9E3779B97F4A7C15) ^
                     (last + n) * UINT64_C(0xC2B2AE3D27D4EB4F);
    return (size_t)((mixed ^ mixed >> 29) * UINT64_C(0xBF58476D1CE4E5B9) >> 54) % SLOTS;
}

void pubmed_prepare_rules(void)
{
    for (size_t i = 0; i < RULES; i++) {
        size_t slot = slot_of(rules[i].context, rules[i].element);
        while (table[slot])
            slot = (slot + 1) % SLOTS;
        table[slot] = &rules[i];
    }
}

const struct rule *pubmed_rule(unsigned char context, str name)
{
    size_t slot = slot_of(context, name);
    for (; table[slot]; slot = (slot + 1) % SLOTS)
        if (table[slot]->context == context && table[slot]->element.length == name.length &&
            pubmed_same_name(table[slot]->element.data, name))
            return table[slot];
    return NULL;
}
