/* osler fetch --baseline: NLM's files in their order, with a line for each. */
#include "fetch_baseline.h"

#include "command.h"
#include "json.h"
#include "output.h"

#include <inttypes.h>
#include <osler/baseline.h>

static void print_taken(void *context, const char *name, const osler_import_report *r)
{
    const bool *json = context;
    finish_progress();
    if (*json || common.quiet)
        return;
    printf("%s  %" PRIu64 " records   %" PRIu64 " new, %" PRIu64 " changed, %" PRIu64
           " unchanged, %" PRIu64 " older, %" PRIu64 " deleted\n",
           name, r->read, r->added, r->updated, r->unchanged, r->older, r->deleted);
    fflush(stdout);
}

static void print_json(const osler_baseline_report *r, const osler_error *error)
{
    struct json j = {.out = stdout};
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    json_integer(&j, "files", (long long)r->listed);
    json_integer(&j, "taken", (long long)r->taken);
    json_integer(&j, "passed_over", (long long)r->passed_over);
    json_integer(&j, "new", (long long)r->added);
    json_integer(&j, "changed", (long long)r->updated);
    json_integer(&j, "unchanged", (long long)r->unchanged);
    json_integer(&j, "older", (long long)r->older);
    json_integer(&j, "deleted", (long long)r->deleted);
    json_text(&j, "error", error->status == OSLER_OK ? NULL : error->message);
    json_close_object(&j);
    json_end_line(&j);
}

int fetch_baseline(const char *place, bool json)
{
    osler_library *library = NULL;
    osler_error error = {0};
    osler_baseline_report r;
    osler_baseline_options how = {.progress = draw_progress,
                                  .context = &json,
                                  .taken = print_taken,
                                  .remarked = print_remark};
    catch_interrupts();
    if (osler_library_open(&library, common.library, OSLER_LIBRARY_WRITE, &error) != OSLER_OK)
        return report(&error);
    osler_status status = osler_library_baseline(library, place, &how, &r, &error);
    osler_library_close(library);
    finish_progress();
    if (json)
        print_json(&r, &error);
    else if (!common.quiet && r.listed)
        printf("files %" PRIu64 ": %" PRIu64 " taken in, %" PRIu64 " before, %" PRIu64
               " waiting; records: %" PRIu64 " new, %" PRIu64 " changed, %" PRIu64 " deleted\n",
               r.listed, r.taken, r.passed_over, r.listed - r.taken - r.passed_over, r.added,
               r.updated, r.deleted);
    fflush(stdout);
    return status == OSLER_OK ? EXIT_DONE : report(&error);
}
