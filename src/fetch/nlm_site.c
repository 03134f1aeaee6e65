/* Getting NLM's files: what has come stays on the disk, and only the rest is asked for again. */
#include "fetch/nlm_site.h"

#include "base/error.h"
#include "base/memory.h"
#include "fetch/http.h"
#include "fetch/service.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_PAGE = 16 << 20, MOST_FILE = 1 << 30 };

struct nlm_site {
    service_plan plan;
    service *service;
};

osler_status nlm_site_open(nlm_site **out, const char *address, const char *variable,
                           bool (*keep_going)(void *state, uint64_t retries), void *state,
                           osler_error *error)
{
    nlm_site *site = memory_alloc(sizeof *site);
    *out = NULL;
    site->plan = (service_plan){
        .variable = variable, .home = address, .path = "/", .gap = 0.34, .names_user = true};
    osler_status status = service_open(&site->service, &site->plan, keep_going, state, error);
    if (status == OSLER_OK)
        *out = site;
    else
        memory_free(site);
    return status;
}

void nlm_site_close(nlm_site *site)
{
    if (!site)
        return;
    service_close(site->service);
    memory_free(site);
}

/* ---- The list ---------------------------------------------------------------------------------
 */

struct to_memory {
    http_taker taker; /* first */
    buf *page;
};

/* A try that broke off is of no use: the list may have become another. */
static bool take_page(http_taker *taker, bool first, bool whole, str bytes)
{
    struct to_memory *to = (struct to_memory *)taker;
    (void)whole;
    if (first)
        buf_clear(to->page);
    if (to->page->length + bytes.length > MOST_PAGE)
        return false;
    buf_add(to->page, bytes);
    return true;
}

osler_status nlm_site_list(nlm_site *site, buf *page, osler_error *error)
{
    struct to_memory to = {{0, take_page}, page};
    osler_status status = service_get_file(site->service, "", &to.taker, error);
    if (status != OSLER_OK)
        return status;
    str text = buf_str(page),
        tail = str_part(text, text.length < 64 ? 0 : text.length - 64, text.length);
    if (str_contains_ignoring_case(tail, str_of("</html>")))
        return OSLER_OK;
    status = fail(error, OSLER_EINPUT, 0, "the list of files is not whole");
    return fail_source(error, status, service_host(site->service));
}

/* ---- A file -----------------------------------------------------------------------------------
 */

struct to_file {
    http_taker taker; /* first */
    FILE *file;
    int problem; /* errno of a write that failed */
};

static bool take_bytes(http_taker *taker, bool first, bool whole, str bytes)
{
    struct to_file *to = (struct to_file *)taker;
    if (first && whole && taker->from) { /* the server does not give parts */
        taker->from = 0;
        if (fflush(to->file) || ftruncate(fileno(to->file), 0))
            to->problem = errno;
    }
    if (!to->problem && fwrite(bytes.data, 1, bytes.length, to->file) != bytes.length)
        to->problem = errno;
    taker->from += bytes.length;
    return !to->problem && taker->from <= MOST_FILE;
}

static osler_status cannot_write(const char *path, int problem, osler_error *error)
{
    osler_status status = fail(error, OSLER_EIO, 0, "%s", strerror(problem));
    return fail_source(error, status, path);
}

static osler_status get_part(nlm_site *site, const char *name, const char *part, osler_error *error)
{
    struct to_file to = {{0, take_bytes}, fopen(part, "ab"), 0};
    struct stat about;
    if (!to.file || fstat(fileno(to.file), &about) != 0) {
        if (to.file)
            fclose(to.file);
        return cannot_write(part, errno, error);
    }
    to.taker.from = (uint64_t)about.st_size;
    osler_status status = service_get_file(site->service, name, &to.taker, error);
    if (!to.problem && (fflush(to.file) || fsync(fileno(to.file))))
        to.problem = errno;
    fclose(to.file);
    return to.problem ? cannot_write(part, to.problem, error) : status;
}

osler_status nlm_site_get(nlm_site *site, const char *name, const char *path, osler_error *error)
{
    buf part = {0};
    buf_printf(&part, "%s.part", path);
    osler_status status = get_part(site, name, buf_text(&part), error);
    if (status != OSLER_OK &&
        service_status(site->service) == 416 && /* nothing is left to ask for */
        remove(buf_text(&part)) == 0)
        status = get_part(site, name, buf_text(&part), error);
    if (status != OSLER_OK && service_status(site->service) == 404) {
        (void)remove(buf_text(&part));
        status = fail(error, OSLER_ENOTFOUND, 0, "the server has no file %s", name);
        fail_source(error, status, service_host(site->service));
    }
    if (status == OSLER_OK && rename(buf_text(&part), path) != 0)
        status = cannot_write(path, errno, error);
    buf_free(&part);
    return status;
}
