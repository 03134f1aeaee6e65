/**
 * @file
 * A record: one work in the literature, with its fields.
 *
 * Records are plain data, lent by a reader, a library or a result.  All strings are NUL-terminated
 * valid UTF-8; absent strings are NULL.  The fields, their meaning and their CSL names stand in
 * <osler/fields.def>, once.
 */
#ifndef OSLER_RECORD_H
#define OSLER_RECORD_H

#include <osler/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A list of strings. */
typedef struct osler_text_list {
    const char **items;
    size_t count;
} osler_text_list;

/* First the names of the types, so that rows may come in any order ... */
#define STRUCT(type, doc)                                                                          \
    typedef struct osler_##type osler_##type;                                                      \
    typedef struct osler_##type##_list {                                                           \
        osler_##type *items;                                                                       \
        size_t count;                                                                              \
    } osler_##type##_list;
#define TEXT(type, number, member, csl, doc)
#define MARKUP(type, number, member, csl, doc)
#define TEXTS(type, number, member, csl, doc)
#define NUMBER(type, number, member, csl, doc)
#define FLAG(type, number, member, csl, doc)
#define MANY(type, number, member, of, csl, doc)
#define STRUCT_END(type)
#include <osler/fields.def>
#undef STRUCT
#undef TEXT
#undef MARKUP
#undef TEXTS
#undef NUMBER
#undef FLAG
#undef MANY
#undef STRUCT_END

/* ... then the types. */
#define STRUCT(type, doc) struct osler_##type {
#define TEXT(type, number, member, csl, doc) const char *member;
#define MARKUP(type, number, member, csl, doc) const char *member;
#define TEXTS(type, number, member, csl, doc) osler_text_list member;
#define NUMBER(type, number, member, csl, doc) int member;
#define FLAG(type, number, member, csl, doc) bool member;
#define MANY(type, number, member, of, csl, doc) osler_##of##_list member;
#define STRUCT_END(type)                                                                           \
    }                                                                                              \
    ;
#include <osler/fields.def>
#undef STRUCT
#undef TEXT
#undef MARKUP
#undef TEXTS
#undef NUMBER
#undef FLAG
#undef MANY
#undef STRUCT_END

/** How a field is stored; see <osler/fields.def>. */
typedef enum osler_kind {
    OSLER_TEXT,
    OSLER_MARKUP,
    OSLER_TEXTS,
    OSLER_NUMBER,
    OSLER_FLAG,
    OSLER_MANY,
} osler_kind;

typedef struct osler_shape osler_shape;

/** What is known of one field: enough to walk any record without knowing its members. */
typedef struct osler_field {
    unsigned number;      /**< Stable: written into libraries. */
    const char *name;     /**< The member's name, as JSON spells it. */
    const char *csl_name; /**< CSL's variable, or "". */
    const char *doc;      /**< One line. */
    osler_kind kind;
    size_t offset;         /**< Of the member, in bytes. */
    const osler_shape *of; /**< The shape of the items; NULL unless the kind is OSLER_MANY. */
} osler_field;

/** The fields of one type, in the order of <osler/fields.def>. */
struct osler_shape {
    const char *name; /**< "record", "name", ... */
    size_t size;      /**< Of the C type, in bytes. */
    const osler_field *fields;
    size_t count;
};

/** The shape of osler_record.  Static. */
OSLER_API const osler_shape *osler_record_shape(void);

/** The first date of `kind` ("issued", "epublished", "history:entrez", ...), or NULL.  Lent. */
OSLER_API const osler_date *osler_record_date(const osler_record *record, const char *kind);

/** The year to cite: that of the issued date, else of the electronic one; 0 when not known. */
OSLER_API int osler_record_year(const osler_record *record);

/** The first name with `role` that is not superseded, after `previous` (NULL: from the start). */
OSLER_API const osler_name *osler_record_next_name(const osler_record *record, const char *role,
                                                   const osler_name *previous);

/** The title to show: the title, or the vernacular one when that is absent or says nothing. */
OSLER_API const char *osler_record_title(const osler_record *record);

/**
 * `markup` (Osler's inline markup) as plain text: tags dropped, entities decoded.
 * Writes at most `size` bytes with the NUL and returns the length it needs without the NUL, as
 * snprintf does.  A cut result still is valid UTF-8.
 */
OSLER_API size_t osler_plain_text(const char *markup, char *out, size_t size);

#ifdef __cplusplus
}
#endif

#endif
