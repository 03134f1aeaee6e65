/* Asking the library's tables for sets of citations. */
#include "store/search.h"

#include "base/buf.h"
#include "base/error.h"
#include "store/database.h"
#include "store/rank.h"

#include <stdlib.h>
#include <string.h>

/* FTS5 takes its expressions as one string; longer lists of phrases are asked in parts. */
enum { PHRASES_AT_ONCE = 200 };

static const char *const column_names[STORE_COLUMNS] = {
    "title",   "abstract",     "other_abstract", "keywords",   "headings",
    "authors", "affiliations", "journal",        "substances", "other"};

/* Add a phrase as an FTS5 expression.  Inside double quotes FTS5 has no syntax but the quote. */
static void add_expression(buf *b, const store_phrase *phrase)
{
    if (b->length)
        buf_add_text(b, " OR ");
    if ((phrase->columns & STORE_ALL_COLUMNS) != STORE_ALL_COLUMNS) {
        buf_add_byte(b, '{');
        for (unsigned i = 0; i < STORE_COLUMNS; i++)
            if (phrase->columns & 1U << i)
                buf_printf(b, " %s", column_names[i]);
        buf_add_text(b, " } : ");
    }
    buf_add_byte(b, '"');
    for (size_t i = 0; i < phrase->words.length; i++) {
        char c = phrase->words.data[i];
        buf_add_byte(b, c == '"' || c == '\0' ? ' ' : c);
    }
    buf_add_text(b, phrase->prefix ? "\" *" : "\"");
}

/* The expression of at most PHRASES_AT_ONCE phrases from `*at` on, which moves behind them. */
static void next_expression(buf *b, const store_phrase_list *phrases, size_t *at)
{
    buf_clear(b);
    for (size_t used = 0; *at < phrases->count && used < PHRASES_AT_ONCE; (*at)++) {
        const store_phrase *p = &phrases->items[*at];
        if (!str_trim(p->words).length || !(p->columns & STORE_ALL_COLUMNS))
            continue;
        add_expression(b, p);
        used++;
    }
}

static osler_status prepare(store *s, const char *sql, sqlite3_stmt **out, osler_error *error)
{
    int result = sqlite3_prepare_v2(s->db, sql, -1, out, NULL);
    return result == SQLITE_OK ? OSLER_OK : store_fail(s, result, error);
}

static int by_id(const void *one, const void *two)
{
    const int64_t *a = one, *b = two;
    return (*a > *b) - (*a < *b);
}

/* Sort the ids and drop what is there twice. */
static void make_set(store_ids *ids)
{
    size_t kept = 0;
    if (ids->count)
        qsort(ids->items, ids->count, sizeof *ids->items, by_id);
    for (size_t i = 0; i < ids->count; i++)
        if (kept == 0 || ids->items[kept - 1] != ids->items[i])
            ids->items[kept++] = ids->items[i];
    ids->count = kept;
}

static void add_id(arena *memory, store_ids *ids, int64_t id)
{
    int64_t *item = arena_append(memory, &ids->items, &ids->count, sizeof *ids->items);
    *item = id;
}

/* The ids in the first column of all rows of `row`, which is ended. */
static osler_status collect(store *s, arena *memory, sqlite3_stmt *row, store_ids *out,
                            osler_error *error)
{
    int result;
    while ((result = sqlite3_step(row)) == SQLITE_ROW)
        add_id(memory, out, sqlite3_column_int64(row, 0));
    osler_status status = result == SQLITE_DONE ? OSLER_OK : store_fail(s, result, error);
    sqlite3_finalize(row);
    return status;
}

osler_status store_search_phrases(store *s, arena *memory, const store_phrase_list *phrases,
                                  store_ids *out, osler_error *error)
{
    *out = (store_ids){0};
    buf expression = {0};
    osler_status status = OSLER_OK;
    for (size_t at = 0; status == OSLER_OK && at < phrases->count;) {
        sqlite3_stmt *row;
        next_expression(&expression, phrases, &at);
        if (!expression.length)
            break;
        status = prepare(s, "SELECT rowid FROM words WHERE words MATCH ?1", &row, error);
        if (status != OSLER_OK)
            break;
        sqlite3_bind_text(row, 1, expression.data, (int)expression.length, SQLITE_STATIC);
        status = collect(s, memory, row, out, error);
    }
    make_set(out);
    buf_free(&expression);
    return status;
}

/* The query that ranks; the function it needs is made known to the connection at the first use. */
static osler_status prepare_ranking(store *s, sqlite3_stmt **out, osler_error *error)
{
    static const char sql[] =
        "SELECT rowid, osler_rank(words, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        " FROM words WHERE words MATCH ?1 ORDER BY rowid";
    if (sqlite3_prepare_v2(s->db, sql, -1, out, NULL) == SQLITE_OK)
        return OSLER_OK;
    int result = rank_register(s->db);
    return result == SQLITE_OK ? prepare(s, sql, out, error) : store_fail(s, result, error);
}

osler_status store_rank_phrases(store *s, arena *memory, const store_phrase_list *phrases,
                                const double weights[STORE_COLUMNS], store_scores *out,
                                osler_error *error)
{
    *out = (store_scores){0};
    buf expression = {0};
    size_t at = 0, count = 0;
    sqlite3_stmt *row = NULL;
    osler_status status = OSLER_OK;
    next_expression(&expression, phrases, &at); /* what lies beyond the first would change no rank
                                                   that people can follow */
    if (!expression.length)
        goto done;
    status = prepare_ranking(s, &row, error);
    if (status != OSLER_OK)
        goto done;
    sqlite3_bind_text(row, 1, expression.data, (int)expression.length, SQLITE_STATIC);
    for (int i = 0; i < STORE_COLUMNS; i++)
        sqlite3_bind_double(row, 2 + i, weights[i]);
    int result;
    while ((result = sqlite3_step(row)) == SQLITE_ROW) {
        add_id(memory, &out->ids, sqlite3_column_int64(row, 0));
        double *score = arena_append(memory, &out->scores, &count, sizeof *out->scores);
        *score = sqlite3_column_double(row, 1);
    }
    if (result != SQLITE_DONE)
        status = store_fail(s, result, error);
done:
    sqlite3_finalize(row);
    buf_free(&expression);
    return status;
}

osler_status store_search(store *s, arena *memory, enum store_question question,
                          const store_asked *asked, store_ids *out, osler_error *error)
{
    static const char *const sql[] = {
#define SEARCH(name, text) text,
#include "store/searches.def"
#undef SEARCH
    };
    *out = (store_ids){0};
    sqlite3_stmt *row;
    osler_status status = prepare(s, sql[question], &row, error);
    if (status != OSLER_OK)
        return status;
    int parameters = sqlite3_bind_parameter_count(row);
    if (parameters >= 1)
        sqlite3_bind_text(row, 1, asked->text.length ? asked->text.data : "",
                          (int)asked->text.length, SQLITE_STATIC);
    if (parameters >= 2)
        sqlite3_bind_int64(row, 2, asked->low);
    if (parameters >= 3)
        sqlite3_bind_int64(row, 3, asked->high);
    status = collect(s, memory, row, out, error);
    make_set(out);
    return status;
}

/* The `number`-th of the variable-length integers in `bytes` (as FTS5 writes them: seven bits a
 * byte, the most significant first). */
static uint64_t varint_at(str bytes, size_t number)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes.length; i++) {
        unsigned char c = (unsigned char)bytes.data[i];
        value = value << 7 | (c & 0x7FU);
        if (c & 0x80U)
            continue;
        if (number-- == 0)
            return value;
        value = 0;
    }
    return 0;
}

osler_status store_search_abstracts(store *s, arena *memory, store_ids *out, osler_error *error)
{
    *out = (store_ids){0};
    sqlite3_stmt *row;
    osler_status status = prepare(s, "SELECT id, sz FROM words_docsize", &row, error);
    if (status != OSLER_OK)
        return status;
    int result;
    while ((result = sqlite3_step(row)) == SQLITE_ROW) {
        str sizes = {sqlite3_column_blob(row, 1), (size_t)sqlite3_column_bytes(row, 1)};
        if (varint_at(sizes, 1) > 0) /* 1: the column abstract */
            add_id(memory, out, sqlite3_column_int64(row, 0));
    }
    if (result != SQLITE_DONE)
        status = store_fail(s, result, error);
    sqlite3_finalize(row);
    make_set(out);
    return status;
}

osler_status store_get_keys(store *s, arena *memory, store_ids ids, store_key **out,
                            osler_error *error)
{
    sqlite3_stmt *row;
    *out = arena_alloc(memory, (ids.count + 1) * sizeof **out);
    osler_status status =
        prepare(s, "SELECT pmid, year, date, title FROM citation WHERE id = ?1", &row, error);
    if (status != OSLER_OK)
        return status;
    for (size_t i = 0; status == OSLER_OK && i < ids.count; i++) {
        store_key *key = &(*out)[i];
        key->id = ids.items[i];
        sqlite3_bind_int64(row, 1, key->id);
        int result = sqlite3_step(row);
        if (result == SQLITE_ROW) {
            key->pmid = sqlite3_column_int64(row, 0);
            key->year = sqlite3_column_int64(row, 1);
            key->date = sqlite3_column_int64(row, 2);
            key->title = store_copied(memory, row, 3);
        } else if (result != SQLITE_DONE) {
            status = store_fail(s, result, error);
        }
        sqlite3_reset(row);
    }
    sqlite3_finalize(row);
    return status;
}

osler_status store_get_averages(store *s, store_averages *out, osler_error *error)
{
    *out = (store_averages){0};
    sqlite3_stmt *row;
    osler_status status =
        prepare(s, "SELECT number, records, words FROM statistics ORDER BY number", &row, error);
    if (status != OSLER_OK)
        return status;
    double *const fields[MEASURED_COUNT] = {[MEASURED_TITLE] = &out->title,
                                            [MEASURED_ABSTRACT] = &out->abstract,
                                            [MEASURED_OTHER_ABSTRACT] = &out->other_abstract,
                                            [MEASURED_KEYWORDS] = &out->keywords,
                                            [MEASURED_HEADINGS] = &out->headings};
    int result;
    while ((result = sqlite3_step(row)) == SQLITE_ROW) {
        int64_t number = sqlite3_column_int64(row, 0), records = sqlite3_column_int64(row, 1);
        if (number == MEASURED_CITATION)
            out->citations = records;
        else if (number > 0 && number < MEASURED_COUNT && records > 0)
            *fields[number] = (double)sqlite3_column_int64(row, 2) / (double)records;
    }
    if (result != SQLITE_DONE)
        status = store_fail(s, result, error);
    sqlite3_finalize(row);
    return status;
}
