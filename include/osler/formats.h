/**
 * @file
 * Reading records from files in any known format, and writing them.
 */
#ifndef OSLER_FORMATS_H
#define OSLER_FORMATS_H

#include <osler/record.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A stream of records read from one input, in constant memory. */
typedef struct osler_reader osler_reader;

/** What stood next in the input. */
typedef enum osler_item_kind {
    OSLER_RECORD,   /**< A record. */
    OSLER_DELETION, /**< PubMed says that a record is deleted (DeleteCitation). */
} osler_item_kind;

/** One item of the input.  Everything in it is lent until the next call on the reader. */
typedef struct osler_item {
    osler_item_kind kind;
    const osler_record *record; /**< NULL for a deletion. */
    const char *pmid;           /**< Of a deletion, digits; NULL for a record. */
    int pmid_version;           /**< Of a deletion. */
    unsigned line;              /**< 1-based line where the item starts, after inflating. */
    const char *original;       /**< The bytes it was read from, not NUL-terminated. */
    size_t original_length;
    const char *remark; /**< What is to be said of it though it was read; NULL: nothing. */
} osler_item;

/**
 * Open the file at `path` ("-": standard input); gzip is undone.
 *
 * `format` is a name such as "pubmed-xml" or "nbib"; NULL finds it out from the content.  Behind
 * "csv:" or "tsv:" may stand which column is which field: "csv:title=Article Title,year=PY".
 * On OSLER_OK you own `*out`: osler_reader_close().
 * OSLER_ENOTFOUND or OSLER_EIO: the file; OSLER_EFORMAT: no reader knows the content or the name;
 * OSLER_EINPUT: the file is empty or its gzip data is damaged at the start.
 */
OSLER_API OSLER_MUST_USE osler_status osler_reader_open(osler_reader **out, const char *path,
                                                        const char *format, osler_error *error);

/** The same for `length` bytes in memory, which must outlive the reader.  `name` is for errors. */
OSLER_API OSLER_MUST_USE osler_status osler_reader_open_bytes(osler_reader **out, const char *bytes,
                                                              size_t length, const char *name,
                                                              const char *format,
                                                              osler_error *error);

/**
 * The next item.  OSLER_OK: `*out` is lent.  OSLER_END: the input is at its end.
 *
 * Any other status is the failure of one item (or of the rest of the input): `error` says where,
 * and the reader goes on behind it at the next call.  After finitely many failures comes OSLER_END.
 */
OSLER_API OSLER_MUST_USE osler_status osler_reader_next(osler_reader *reader,
                                                        const osler_item **out, osler_error *error);

/** The name of the format at work, such as "pubmed-xml".  Static. */
OSLER_API const char *osler_reader_format(const osler_reader *reader);

/** True once the input has been read to a proper end (for XML: the end tag of the root). */
OSLER_API bool osler_reader_is_complete(const osler_reader *reader);

/**
 * The line of the first byte that was not UTF-8 and was taken for Windows-1252, in formats that do
 * not say how they are encoded; 0 when all was well so far.  UTF-16 is known and needs no guess.
 */
OSLER_API unsigned osler_reader_guessed(const osler_reader *reader);

/** How far the input has been read and its size, in bytes as stored; 0 when not known. */
OSLER_API uint64_t osler_reader_position(const osler_reader *reader);
OSLER_API uint64_t osler_reader_size(const osler_reader *reader);

/** Accepts NULL. */
OSLER_API void osler_reader_close(osler_reader *reader);

/** The name of the `index`-th input format and what it is, or NULL past the last.  Static. */
OSLER_API const char *osler_format_name(unsigned index);
OSLER_API const char *osler_format_summary(unsigned index);

/** Values that an output format has no place for. */
typedef struct osler_left_out {
    const char *what; /**< "MeSH qualifiers": plural, for people.  Static. */
    uint64_t count;
} osler_left_out;

/** Kinds of values, each once, in the order of a record's fields. */
typedef struct osler_left_out_list {
    const osler_left_out *items;
    size_t count;
} osler_left_out_list;

/** Writes records in one output format. */
typedef struct osler_writer osler_writer;

/**
 * A writer of `format`, such as "jsonl".  You own `*out`: osler_writer_free().
 * OSLER_EFORMAT: there is no such output format.
 */
OSLER_API OSLER_MUST_USE osler_status osler_writer_new(osler_writer **out, const char *format,
                                                       osler_error *error);

/**
 * `record` in the writer's format: `*length` bytes (`length` may be NULL) and a NUL, lent until the
 * next call.
 *
 * "jsonl" is one JSON object with the newline that ends it.  Its members are the fields of
 * <osler/fields.def> that the record has, under their names and in their order: texts as strings
 * (those in markup keep it), numbers, flags as true, lists as arrays.  Fields may come to be added.
 *
 * "csl-json" is one JSON object without a newline, an item of an array; its members are the
 * variables of CSL 1.0.2 that the record has.
 *
 * "ris", "enw" and "isi" are tagged lines, the last of which ends with a newline.
 */
OSLER_API const char *osler_writer_write(osler_writer *writer, const osler_record *record,
                                         size_t *length);

/** Accepts NULL. */
OSLER_API void osler_writer_free(osler_writer *writer);

/** The name of the `index`-th output format and what it is, or NULL past the last.  Static. */
OSLER_API const char *osler_writer_name(unsigned index);
OSLER_API const char *osler_writer_summary(unsigned index);

/**
 * The name of the `index`-th profile, the tool that it is for, and the output format that the tool
 * reads best; or NULL past the last.  A profile is what becomes of records on their way to that
 * tool: texts without tags, the mark of retracted works where the tool shows it, ...  Static.
 */
OSLER_API const char *osler_profile_name(unsigned index);
OSLER_API const char *osler_profile_summary(unsigned index);
OSLER_API const char *osler_profile_format(unsigned index);

#ifdef __cplusplus
}
#endif

#endif
