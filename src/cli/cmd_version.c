/* osler version: which Osler this is. */
#include "command.h"

#include <stdio.h>

static int run(const void *settings, int argc, char **argv)
{
    (void)settings, (void)argc, (void)argv;
    printf("osler %s\n", osler_version());
    return EXIT_DONE;
}

const struct command command_version = {
    .name = "version",
    .arguments = "",
    .summary = "Print the version",
    .run = run,
};
