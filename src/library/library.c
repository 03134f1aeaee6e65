/* Opening the library, and where it is when nobody says so. */
#include "library/library.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

/* The nearest .osler/library.db from the working directory upwards, into `path`. */
static bool find_upwards(buf *path)
{
    char folder[4096];
    if (!getcwd(folder, sizeof folder))
        return false;
    for (size_t length = strlen(folder);; length--) {
        if (length && folder[length] != '/' && folder[length] != '\0')
            continue;
        folder[length] = '\0';
        buf_clear(path);
        buf_printf(path, "%s/.osler/library.db", folder);
        if (access(buf_text(path), F_OK) == 0)
            return true;
        if (!length)
            return false;
    }
}

/* By the XDG Base Directory Specification a relative path is to be ignored. */
static bool user_path(buf *path)
{
    const char *data = variable("XDG_DATA_HOME"), *home = variable("HOME");
    buf_clear(path);
    if (data && data[0] == '/')
        buf_printf(path, "%s/osler/library.db", data);
    else if (home)
        buf_printf(path, "%s/.local/share/osler/library.db", home);
    return path->length > 0;
}

static osler_status discover(buf *path, osler_error *error)
{
    const char *set = variable("OSLER_LIBRARY");
    if (set) {
        buf_add_text(path, set);
        return OSLER_OK;
    }
    if (find_upwards(path) || user_path(path))
        return OSLER_OK;
    return fail(
        error, OSLER_ECONFIG, 0,
        "cannot tell where the library is: OSLER_LIBRARY, XDG_DATA_HOME and HOME are unset");
}

osler_status osler_library_open(osler_library **out, const char *path, osler_library_mode mode,
                                osler_error *error)
{
    buf found = {0};
    store *s = NULL;
    *out = NULL;
    osler_status status = OSLER_OK;
    if (path)
        buf_add_text(&found, path);
    else
        status = discover(&found, error);
    if (status == OSLER_OK)
        status = store_open(&s, buf_text(&found),
                            mode == OSLER_LIBRARY_READ     ? STORE_READ
                            : mode == OSLER_LIBRARY_CHANGE ? STORE_WRITE
                                                           : STORE_CREATE,
                            error);
    if (status == OSLER_OK) {
        osler_library *l = *out = memory_alloc(sizeof **out);
        l->stores = memory_alloc(sizeof *l->stores);
        l->store = l->stores[l->count++] = s;
    }
    buf_free(&found);
    return status;
}

void osler_library_close(osler_library *library)
{
    if (!library)
        return;
    for (size_t i = 0; i < library->count; i++)
        store_close(library->stores[i]);
    arena_free(&library->scratch);
    memory_free(library->stores);
    memory_free(library);
}

osler_status osler_library_add(osler_library *library, const char *path, osler_error *error)
{
    store *s;
    osler_status status = store_open(&s, path, STORE_READ, error);
    if (status != OSLER_OK)
        return status;
    library->stores =
        memory_resize(library->stores, (library->count + 1) * sizeof *library->stores);
    library->stores[library->count++] = s;
    return OSLER_OK;
}

const char *osler_library_path(const osler_library *library)
{
    return store_path(library->store);
}

osler_status osler_library_count(osler_library *library, osler_library_statistics *out,
                                 osler_error *error)
{
    store_counts counts;
    *out = (osler_library_statistics){0};
    osler_status status = store_count(library->store, &counts, error);
    if (status == OSLER_OK)
        status = store_last_change(library->store, out->last_change, error);
    if (status != OSLER_OK)
        return status;
    out->citations = (uint64_t)counts.citations;
    out->deleted = (uint64_t)counts.deleted;
    out->versions = (uint64_t)counts.versions;
    out->origins = (uint64_t)counts.origins;
    out->bytes = (uint64_t)counts.bytes;
    return OSLER_OK;
}

osler_status osler_library_verify(osler_library *library,
                                  void (*found)(void *context, const char *sentence), void *context,
                                  osler_error *error)
{
    return store_verify(library->store, found, context, error);
}

osler_status osler_library_backup(osler_library *library, const char *path, bool replace,
                                  osler_error *error)
{
    return store_backup(library->store, path, replace, error);
}

osler_status osler_library_vacuum(osler_library *library, osler_error *error)
{
    return store_vacuum(library->store, error);
}
