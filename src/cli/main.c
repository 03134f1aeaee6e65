/* The osler command: find the subcommand, parse its options, run it. */
#include "command.h"
#include "output.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define COMMAND(name) extern const struct command command_##name;
#include "commands.def"
#undef COMMAND

const struct command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "commands.def"
#undef COMMAND
    NULL,
};

/* The lists that options made; what is in them belongs to argv. */
static void free_settings(const struct command *command, void *settings)
{
    for (const struct option *o = command->options; o && o->name; o++)
        if (o->kind == OPTION_LIST)
            free(((struct texts *)(void *)((char *)settings + o->offset))->items);
    free(settings);
}

static int run(const struct command *command, int argc, char **argv)
{
    void *settings = need(calloc(1, command->settings_size ? command->settings_size : 1));
    int operands = parse_options(command, settings, argc, argv);
    int result = operands == -2 ? EXIT_DONE
                 : operands < 0 ? EXIT_BAD_USAGE
                                : command->run(settings, operands, argv);
    free_settings(command, settings);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("osler: cannot write the output");
        if (result == EXIT_DONE)
            result = EXIT_PARTIAL;
    }
    return result;
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; commands[i]; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

int main(int argc, char **argv)
{
    signal(SIGXFSZ,
           SIG_IGN); /* a file-size limit must come back as an error, not end the program */
    const char *name = argc > 1 ? argv[1] : NULL;
    if (name && (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0))
        name = "help";
    if (name && strcmp(name, "--version") == 0)
        name = "version";
    if (!name) {
        find_command("help")->run(NULL, 0, NULL);
        return EXIT_BAD_USAGE;
    }
    const struct command *command = find_command(name);
    if (command)
        return run(command, argc - 2, argv + 2);
    fputs(*name == '-' ? "osler: options follow the command, as in 'osler find "
                       : "osler: unknown command '",
          stderr);
    print_inert(stderr, name);
    fputs("' (see 'osler help')\n", stderr);
    return EXIT_BAD_USAGE;
}
