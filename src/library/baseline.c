/* NLM's baseline and update files from a folder or an address, one after the other. */
#include <osler/baseline.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/memory.h"
#include "fetch/nlm_site.h"
#include "library/library.h"
#include "library/nlm_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_FILES = 20000, NAME_LENGTH = 20 /* pubmed26n1335.xml.gz */ };

struct baseline {
    osler_library *library;
    const char *place;
    const osler_baseline_options *options;
    osler_baseline_report *report;
    nlm_site *site; /* NULL: the place is a folder */
    buf folder;     /* where files of a site come to */
    nlm_number *files;
    size_t count;
    osler_error *error;
};

static void name_file(char out[NAME_LENGTH + 1], nlm_number which)
{
    snprintf(out, NAME_LENGTH + 1, "pubmed%02un%04u.xml.gz", (unsigned)which.year % 100,
             (unsigned)which.number % 10000);
}

/* ---- The list ---------------------------------------------------------------------------------
 */

static void add_file(struct baseline *b, const char *name)
{
    nlm_number which;
    if (b->count == MOST_FILES || !nlm_number_of(name, &which))
        return;
    if (!b->files)
        b->files = memory_alloc(MOST_FILES * sizeof *b->files);
    b->files[b->count++] = which;
}

static int by_number(const void *a, const void *b)
{
    const nlm_number *x = a, *y = b;
    return x->year != y->year ? x->year - y->year : x->number - y->number;
}

/* In their order, each once. */
static void sort_files(struct baseline *b)
{
    size_t kept = 0;
    if (b->count)
        qsort(b->files, b->count, sizeof *b->files, by_number);
    for (size_t i = 0; i < b->count; i++)
        if (!kept || by_number(&b->files[kept - 1], &b->files[i]) != 0)
            b->files[kept++] = b->files[i];
    b->count = kept;
}

static osler_status list_folder(struct baseline *b)
{
    struct dirent *entry;
    DIR *folder = opendir(b->place);
    if (!folder) {
        osler_status status = errno == ENOENT ? OSLER_ENOTFOUND : OSLER_EIO;
        return fail_source(b->error, fail(b->error, status, 0, "%s", strerror(errno)), b->place);
    }
    while ((entry = readdir(folder)) != NULL)
        add_file(b, entry->d_name);
    closedir(folder);
    return OSLER_OK;
}

static osler_status list_site(struct baseline *b)
{
    buf page = {0};
    char name[NAME_LENGTH + 1] = "";
    osler_status status = nlm_site_list(b->site, &page, b->error);
    for (size_t i = 0; status == OSLER_OK && i + NAME_LENGTH < page.length; i++) {
        if (page.data[i] != 'p' || page.data[i + 8] != 'n')
            continue;
        memcpy(name, page.data + i, NAME_LENGTH);
        if (page.data[i + NAME_LENGTH] != '.') /* not its .md5 */
            add_file(b, name);
    }
    buf_free(&page);
    return status;
}

/* ---- One file ---------------------------------------------------------------------------------
 */

static bool keep_going(void *opaque, uint64_t retries)
{
    const struct baseline *b = opaque;
    osler_progress progress = {.what = b->place,
                               .done = b->report->added + b->report->updated + b->report->unchanged,
                               .retries = retries};
    return !b->options->progress || b->options->progress(b->options->context, &progress);
}

static osler_status import_file(struct baseline *b, const char *name, const char *path)
{
    osler_import_report made;
    osler_import_options how = {.format = "pubmed-xml",
                                .complete_series = true,
                                .forget_original = b->options->forget_original,
                                .progress = b->options->progress,
                                .context = b->options->context,
                                .remarked = b->options->remarked};
    osler_status status = osler_library_import(b->library, path, &how, &made, b->error);
    if (status != OSLER_OK)
        return status;
    osler_baseline_report *r = b->report;
    r->taken += !made.passed_over;
    r->passed_over += made.passed_over;
    r->added += made.added;
    r->updated += made.updated;
    r->unchanged += made.unchanged;
    r->older += made.older;
    r->deleted += made.deleted;
    if (b->options->taken && !made.passed_over)
        b->options->taken(b->options->context, name, &made);
    return OSLER_OK;
}

/* Whether what came from the site is what its .md5 says. */
static bool is_whole(struct baseline *b, const char *path)
{
    nlm_arrival arrival;
    static const osler_import_options any = {.out_of_order = true};
    return nlm_arrival_look(&arrival, b->library->store, path, &any, NULL) == OSLER_OK;
}

static osler_status mirror_file(struct baseline *b, const char *name, const char *path)
{
    buf sum = {0}, sum_name = {0};
    struct stat about;
    buf_printf(&sum, "%s.md5", path);
    buf_printf(&sum_name, "%s.md5", name);
    osler_status status = nlm_site_get(b->site, buf_text(&sum_name), buf_text(&sum), b->error);
    if (status == OSLER_OK && stat(path, &about) != 0)
        status = nlm_site_get(b->site, name, path, b->error);
    if (status == OSLER_OK && !is_whole(b, path)) { /* a part may be that of another file */
        remove(path);
        status = nlm_site_get(b->site, name, path, b->error);
    }
    if (status == OSLER_OK)
        status = import_file(b, name, path);
    if (status == OSLER_OK || status == OSLER_EINPUT) {
        remove(path);
        remove(buf_text(&sum));
    }
    buf_free(&sum);
    buf_free(&sum_name);
    return status;
}

static osler_status take_file(struct baseline *b, nlm_number which)
{
    char name[NAME_LENGTH + 1];
    nlm_file before;
    buf path = {0};
    osler_status status = nlm_files_find(b->library->store, which, &before, b->error);
    if (status == OSLER_OK)
        b->report->passed_over++;
    if (status != OSLER_END)
        return status;
    if (!keep_going(b, 0))
        return fail(b->error, OSLER_EINTERRUPTED, 0, "interrupted");
    name_file(name, which);
    buf_printf(&path, "%s/%s", b->site ? buf_text(&b->folder) : b->place, name);
    status =
        b->site ? mirror_file(b, name, buf_text(&path)) : import_file(b, name, buf_text(&path));
    buf_free(&path);
    return status;
}

/* ---- The whole --------------------------------------------------------------------------------
 */

static osler_status open_site(struct baseline *b)
{
    buf_printf(&b->folder, "%s-nlm", store_path(b->library->store));
    if (mkdir(buf_text(&b->folder), 0777) != 0 && errno != EEXIST) {
        osler_status status = fail(b->error, OSLER_EIO, 0, "%s", strerror(errno));
        return fail_source(b->error, status, buf_text(&b->folder));
    }
    return nlm_site_open(&b->site, b->place, "--baseline", keep_going, b, b->error);
}

osler_status osler_library_baseline(osler_library *library, const char *place,
                                    const osler_baseline_options *options,
                                    osler_baseline_report *report, osler_error *error)
{
    static const osler_baseline_options defaults;
    struct baseline b = {.library = library,
                         .place = place,
                         .options = options ? options : &defaults,
                         .report = report,
                         .error = error};
    bool is_address = strstr(place, "://") != NULL;
    *report = (osler_baseline_report){0};
    osler_status status = is_address ? open_site(&b) : OSLER_OK;
    if (status == OSLER_OK)
        status = is_address ? list_site(&b) : list_folder(&b);
    sort_files(&b);
    report->listed = b.count;
    if (status == OSLER_OK && !b.count) {
        status =
            fail(error, OSLER_ENOTFOUND, 0, "no file of NLM's is there (pubmedYYnNNNN.xml.gz)");
        fail_source(error, status, place);
    }
    for (size_t i = 0; status == OSLER_OK && i < b.count; i++)
        status = take_file(&b, b.files[i]);
    nlm_site_close(b.site);
    if (b.folder.length)
        (void)rmdir(buf_text(&b.folder)); /* what waits in it stays */
    buf_free(&b.folder);
    memory_free(b.files);
    return status;
}
