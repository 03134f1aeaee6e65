/* osler undo: take back what the user changed. */
#include "command.h"
#include "output.h"

#include <osler/own.h>
#include <stdlib.h>

static int run(const void *settings, int argc, char **argv)
{
    (void)settings;
    osler_library *library;
    osler_error error = {0};
    char *end = NULL;
    uint64_t step = argc ? strtoul(argv[0], &end, 10) : 0;
    if (argc > 1 || (argc && (*end || !step || *argv[0] == '-'))) {
        fputs("osler undo: expected the number of a step, or nothing (see 'osler undo --help')\n",
              stderr);
        return EXIT_BAD_USAGE;
    }
    osler_status status =
        osler_library_open(&library, common.library, OSLER_LIBRARY_CHANGE, &error);
    if (status == OSLER_OK)
        status = osler_library_undo(library, &step, &error);
    osler_log *log = NULL;
    if (status == OSLER_OK)
        status = osler_library_log(library, 0, &log, &error);
    for (size_t i = 0; status == OSLER_OK && !common.quiet && i < log->step_count; i++)
        if (log->steps[i].number == step) {
            printf("step %llu taken back: ", (unsigned long long)step);
            print_inert(stdout, log->steps[i].summary);
            printf(" \xC2\xB7 %llu change%s\n", (unsigned long long)log->steps[i].changes,
                   log->steps[i].changes == 1 ? "" : "s");
        }
    osler_log_free(log);
    osler_library_close(library);
    return status == OSLER_OK ? EXIT_DONE : report(&error);
}

const struct command command_undo = {
    .name = "undo",
    .arguments = "[N]",
    .summary = "Take back what you changed",
    .details =
        "Takes back step N of 'osler log', whole; without N, the last one that still stands.  "
        "This\n"
        "is a step too, and can be taken back.  A step whose tags, notes, keys or lists were\n"
        "changed again since is left as it is, and the exit code is 2.",
    .run = run,
};
