/* Queries kept under a name. */
#include "store/saved_search.h"

#include "store/database.h"

osler_status store_save_search(store *s, const char *name, const char *query, int64_t origin,
                               osler_error *error)
{
    return store_run(s, STATEMENT_SAVE_SEARCH,
                     VALUES(value_text(name), value_text(query), value_int(origin)), error);
}
