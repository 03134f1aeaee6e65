/* The MeSH vocabulary of a year, from NLM. */
#include <osler/mesh.h>

#include "base/buf.h"
#include "base/error.h"
#include "fetch/nlm_site.h"
#include "mesh/vocabulary.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { FIRST_YEAR = 2000, LAST_YEAR = 2099 };

struct download {
    osler_progress_callback progress;
    void *context;
};

static bool keep_going(void *opaque, uint64_t retries)
{
    const struct download *d = opaque;
    osler_progress progress = {.what = "MeSH", .retries = retries};
    return !d->progress || d->progress(d->context, &progress);
}

/* All folders above `path`. */
static osler_status make_folders(buf *path, osler_error *error)
{
    for (size_t i = 1; i < path->length; i++) {
        if (path->data[i] != '/')
            continue;
        path->data[i] = '\0';
        bool made = mkdir(path->data, 0777) == 0 || errno == EEXIST;
        path->data[i] = '/';
        if (!made)
            return fail_source(error, fail(error, OSLER_EIO, 0, "%s", strerror(errno)), path->data);
    }
    return OSLER_OK;
}

/* The year's own folder holds those that are not the current one any more. */
static osler_status get(struct download *d, int year, const char *path, osler_error *error)
{
    nlm_site *site;
    char name[80];
    osler_status status = nlm_site_open(&site, "https://nlmpubs.nlm.nih.gov/projects/mesh/",
                                        "OSLER_MESH_URL", keep_going, d, error);
    if (status != OSLER_OK)
        return status;
    snprintf(name, sizeof name, "MESH_FILES/xmlmesh/desc%d.gz", year);
    status = nlm_site_get(site, name, path, error);
    if (status == OSLER_ENOTFOUND) {
        snprintf(name, sizeof name, "%d/xmlmesh/desc%d.gz", year, year);
        status = nlm_site_get(site, name, path, error);
    }
    nlm_site_close(site);
    return status;
}

osler_status osler_mesh_download(int year, osler_progress_callback progress, void *context,
                                 osler_mesh_update_report *report, osler_error *error)
{
    struct download d = {progress, context};
    buf path = {0};
    *report = (osler_mesh_update_report){0};
    if (year < FIRST_YEAR || year > LAST_YEAR)
        return fail(error, OSLER_EUSAGE, 0, "expected a year such as 2026");
    osler_status status = OSLER_OK;
    if (!vocabulary_path(&path))
        status = fail(error, OSLER_ECONFIG, 0,
                      "there is no place for the vocabulary: OSLER_MESH says 'builtin', or "
                      "XDG_DATA_HOME and HOME are unset");
    if (status == OSLER_OK)
        status = make_folders(&path, error);
    buf_printf(&path, "-desc%d.gz", year);
    if (status == OSLER_OK)
        status = get(&d, year, buf_text(&path), error);
    if (status == OSLER_OK) {
        status = osler_mesh_update(buf_text(&path), report, error);
        (void)remove(buf_text(&path));
    }
    buf_free(&path);
    return status;
}
