/* osler help: the commands, one command, the exit codes, or the manual page; all from the tables.
 */
#include "command.h"
#include "output.h"

#include <stdio.h>
#include <string.h>

struct settings {
    bool man;
};

static const struct option options[] = {
    {"man", 0, NULL, "print the manual page as troff", OPTION_FLAG, offsetof(struct settings, man)},
    {0},
};

static const struct {
    int code;
    const char *text;
} exit_codes[] = {
#define EXIT_CODE(name, number, text) {number, text},
#include "exit_codes.def"
#undef EXIT_CODE
};

static void list_commands(bool all)
{
    puts("Osler keeps a medical literature library: what PubMed holds on a condition, the best "
         "first,\n"
         "and the reason why.\n\nUsage: osler COMMAND [options] [arguments]\n\nCommands:");
    for (size_t i = 0; commands[i]; i++)
        if (all || commands[i]->shown)
            printf("  %-10s %s\n", commands[i]->name, commands[i]->summary);
    if (!all)
        puts("\nosler help all      every command\nosler help COMMAND  one command, with its "
             "options");
    else
        puts("\nosler help exit-codes  what the exit codes mean");
}

/* troff: a line must not begin with a full stop or an apostrophe; a backslash is doubled, a hyphen
 * escaped. */
static void print_troff(const char *text)
{
    bool start = true;
    for (; text && *text; text++) {
        if (start && (*text == '.' || *text == '\''))
            fputs("\\&", stdout);
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '-')
            fputs("\\-", stdout);
        else
            putchar(*text);
        start = *text == '\n';
    }
}

static void print_troff_options(const struct option *rows)
{
    for (; rows && rows->name; rows++) {
        printf(".TP\n");
        if (rows->letter)
            printf("\\fB\\-%c\\fR, ", rows->letter);
        fputs("\\fB\\-\\-", stdout);
        print_troff(rows->name);
        printf("\\fR%s%s%s\n", rows->argument ? " \\fI" : "", rows->argument ? rows->argument : "",
               rows->argument ? "\\fR" : "");
        print_troff(rows->help);
        putchar('\n');
    }
}

static void print_troff_command(const struct command *command)
{
    printf(".SS osler %s ", command->name);
    print_troff(command->arguments);
    putchar('\n');
    print_troff(command->summary);
    puts(".");
    if (command->details) {
        puts(".PP");
        print_troff(command->details);
        putchar('\n');
    }
    print_troff_options(command->options);
    if (command->examples) {
        puts(".PP\n.nf");
        print_troff(command->examples);
        puts("\n.fi");
    }
}

static void print_manual(void)
{
    printf(".TH OSLER 1 \"\" \"osler %s\" \"User Commands\"\n", osler_version());
    puts(".SH NAME\nosler \\- medical literature library: fetch, rank and explain the evidence\n"
         ".SH SYNOPSIS\n\\fBosler\\fR \\fICOMMAND\\fR [options] [arguments]\n.SH COMMANDS");
    for (size_t i = 0; commands[i]; i++)
        print_troff_command(commands[i]);
    puts(".SH OPTIONS OF EVERY COMMAND");
    print_troff_options(common_options());
    puts(".SH EXIT STATUS");
    for (size_t i = 0; i < sizeof exit_codes / sizeof *exit_codes; i++) {
        printf(".TP\n%d\n", exit_codes[i].code);
        print_troff(exit_codes[i].text);
        putchar('\n');
    }
    puts(".SH ENVIRONMENT\n"
         ".TP\nOSLER_LIBRARY\nthe library file\n"
         ".TP\nNCBI_API_KEY\nkey for the E\\-utilities; never printed, stored or shown\n"
         ".TP\nNCBI_EMAIL\nemail address sent with every request, as NCBI asks\n"
         ".TP\nOSLER_EUTILS_URL\nreplaces NCBI's address; plain http on a loopback address only\n"
         ".TP\nNO_COLOR, COLUMNS\nas usual");
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    if (settings && settings->man) {
        print_manual();
        return EXIT_DONE;
    }
    if (argc < 1 || strcmp(argv[0], "all") == 0) {
        list_commands(argc >= 1);
        return EXIT_DONE;
    }
    if (strcmp(argv[0], "exit-codes") == 0) {
        for (size_t i = 0; i < sizeof exit_codes / sizeof *exit_codes; i++)
            printf("%4d  %s\n", exit_codes[i].code, exit_codes[i].text);
        return EXIT_DONE;
    }
    for (size_t i = 0; commands[i]; i++) {
        if (strcmp(commands[i]->name, argv[0]) == 0) {
            print_help(commands[i]);
            return EXIT_DONE;
        }
    }
    fputs("osler help: no command '", stderr);
    print_inert(stderr, argv[0]);
    fputs("' (see 'osler help all')\n", stderr);
    return EXIT_NOT_FOUND;
}

const struct command command_help = {
    .name = "help",
    .arguments = "[COMMAND|all|exit-codes]",
    .summary = "Explain a command",
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
