/*
 * A ranking function for the word index.  FTS5's own bm25() gives a word that more than half of
 * the records have a weight of nothing, and in a library on one condition that is the word people
 * ask for; this one takes ln(1 + (N - n + 0.5) / (n + 0.5)), which stays above 0.
 */
#include "store/rank.h"

#include "base/memory.h"

#include <math.h>
#include <stdint.h>

static const double k1 = 1.2, b = 0.75;

/* What holds for all rows of one query. */
struct query_weights {
    double average; /* words in a record */
    int phrases;
    double idf[]; /* beside the phrases */
};

static int count_row(const Fts5ExtensionApi *api, Fts5Context *context, void *count)
{
    (void)api, (void)context;
    ++*(int64_t *)count;
    return SQLITE_OK;
}

/* The weights of the query at hand, made for its first row and kept by FTS5. */
static int get_weights(const Fts5ExtensionApi *api, Fts5Context *context,
                       struct query_weights **out)
{
    *out = api->xGetAuxdata(context, 0);
    if (*out)
        return SQLITE_OK;
    int phrases = api->xPhraseCount(context);
    sqlite3_int64 rows = 0, tokens = 0;
    int result = api->xRowCount(context, &rows);
    if (result == SQLITE_OK)
        result = api->xColumnTotalSize(context, -1, &tokens);
    struct query_weights *w = memory_alloc(sizeof *w + (size_t)phrases * sizeof(double));
    w->phrases = phrases;
    w->average = rows > 0 && tokens > 0 ? (double)tokens / (double)rows : 1;
    for (int i = 0; result == SQLITE_OK && i < phrases; i++) {
        int64_t found = 0;
        result = api->xQueryPhrase(context, i, &found, count_row);
        w->idf[i] = log(1 + ((double)(rows - found) + 0.5) / ((double)found + 0.5));
    }
    if (result == SQLITE_OK)
        result = api->xSetAuxdata(context, w, memory_free); /* frees it when it fails */
    else
        memory_free(w);
    *out = result == SQLITE_OK ? w : NULL;
    return result;
}

/* How often each phrase stands in the row, weighed by the columns. */
static int count_phrases(const Fts5ExtensionApi *api, Fts5Context *context, int weights,
                         sqlite3_value **weight, double *frequency)
{
    int instances = 0;
    int result = api->xInstCount(context, &instances);
    for (int i = 0; result == SQLITE_OK && i < instances; i++) {
        int phrase, column, offset;
        result = api->xInst(context, i, &phrase, &column, &offset);
        if (result == SQLITE_OK)
            frequency[phrase] += column < weights ? sqlite3_value_double(weight[column]) : 1;
    }
    return result;
}

static void rank(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *answer,
                 int weights, sqlite3_value **weight)
{
    struct query_weights *w = NULL;
    int size = 0, result = get_weights(api, context, &w);
    if (result == SQLITE_OK)
        result = api->xColumnSize(context, -1, &size);
    if (result != SQLITE_OK || !w) {
        sqlite3_result_error_code(answer, result);
        return;
    }
    double score = 0;
    double *frequency = memory_alloc(((size_t)w->phrases + 1) * sizeof *frequency);
    result = count_phrases(api, context, weights, weight, frequency);
    for (int i = 0; i < w->phrases; i++)
        score += w->idf[i] * frequency[i] * (k1 + 1) /
                 (frequency[i] + k1 * (1 - b + b * size / w->average));
    memory_free(frequency);
    if (result == SQLITE_OK)
        sqlite3_result_double(answer, score);
    else
        sqlite3_result_error_code(answer, result);
}

int rank_register(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *row;
    int result = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &row, NULL);
    if (result != SQLITE_OK)
        return result;
    sqlite3_bind_pointer(row, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step(row);
    result = sqlite3_finalize(row);
    if (result != SQLITE_OK || !api)
        return result != SQLITE_OK ? result : SQLITE_ERROR;
    return api->xCreateFunction(api, "osler_rank", NULL, rank, NULL);
}
