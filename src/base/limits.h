/* The ceilings that hostile input meets.  Bytes unless a line says otherwise. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

enum {
    LIMIT_RECORD = 48 << 20,    /* one record in a file, with its markup */
    LIMIT_FIELD = 16 << 20,     /* one text value */
    LIMIT_LIST = 1000000,       /* items in one list of a record */
    LIMIT_DEPTH = 64,           /* nesting of record values, of query parentheses */
    LIMIT_LINE = 16 << 20,      /* one line of a line-based format */
    LIMIT_RESPONSE = 256 << 20, /* one inflated network reply */
    LIMIT_QUERY = 256 << 10,    /* a query or a condition, as typed */
    LIMIT_TERM = 255,           /* a word or other value in the search index; longer ones are cut */
    LIMIT_PACKED = 64 << 20,    /* one packed record */
};

#endif
