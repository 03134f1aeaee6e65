/* Parsing options by their rows, and printing them. */
#include "command.h"

#include "output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct common common;

static const struct option shared_options[] = {
    {"library", 0, "PATH",
     "the library file (default: $OSLER_LIBRARY, else .osler/library.db in this or a parent "
     "folder, else the user's)",
     OPTION_LIST, offsetof(struct common, libraries)},
    {"color", 0, "WHEN", "auto, always or never (NO_COLOR is obeyed)", OPTION_TEXT,
     offsetof(struct common, color)},
    {"progress", 0, "WHEN", "auto, always or never", OPTION_TEXT,
     offsetof(struct common, progress)},
    {"quiet", 'q', NULL, "print no progress and no closing line", OPTION_FLAG,
     offsetof(struct common, quiet)},
    {0},
};

const struct option *common_options(void)
{
    return shared_options;
}

static const struct option *find(const struct option *options, const char *name, size_t length)
{
    for (; options && options->name; options++)
        if (strlen(options->name) == length && strncmp(options->name, name, length) == 0)
            return options;
    return NULL;
}

static const struct option *find_letter(const struct option *options, char letter)
{
    for (; options && options->name; options++)
        if (options->letter && options->letter == letter)
            return options;
    return NULL;
}

static bool usage_error(const struct command *command, const char *what, const char *shown)
{
    fprintf(stderr, "osler %s: ", command->name);
    print_inert(stderr, shown);
    fprintf(stderr, ": %s (see 'osler %s --help')\n", what, command->name);
    return false;
}

/* --color and --progress take the same three words. */
static bool is_when(const struct command *command, const char *value)
{
    if (!value || strcmp(value, "auto") == 0 || strcmp(value, "always") == 0 ||
        strcmp(value, "never") == 0)
        return true;
    return usage_error(command, "expected auto, always or never", value);
}

static bool store_value(const struct command *command, const struct option *option, void *base,
                        const char *value)
{
    char *field = (char *)base + option->offset;
    switch (option->kind) {
    case OPTION_FLAG: *(bool *)(void *)field = true; return true;
    case OPTION_TEXT: *(const char **)(void *)field = value; return true;
    case OPTION_COUNT: {
        char *end;
        struct count *count = (void *)field;
        count->value = strtoul(value, &end, 10);
        count->given = true;
        if (*value < '0' || *value > '9' || *end || strlen(value) > 18)
            return usage_error(command, "expected a whole number", value);
        return true;
    }
    case OPTION_LIST: {
        struct texts *list = (void *)field;
        list->items = need(realloc(list->items, (list->count + 1) * sizeof *list->items));
        list->items[list->count++] = value;
        return true;
    }
    }
    return false;
}

struct parser {
    const struct command *command;
    void *settings;
    int argc, at;
    char **argv;
};

/* The option of a row, of the command or shared; `*base` is where its value goes. */
static const struct option *look_up(struct parser *p, const char *name, size_t length, char letter,
                                    void **base)
{
    *base = p->settings;
    const struct option *option =
        letter ? find_letter(p->command->options, letter) : find(p->command->options, name, length);
    if (!option) {
        *base = &common;
        option = letter ? find_letter(shared_options, letter) : find(shared_options, name, length);
    }
    return option;
}

static bool parse_long(struct parser *p)
{
    const char *argument = p->argv[p->at], *name = argument + 2;
    size_t length = strcspn(name, "=");
    void *base;
    const struct option *option = look_up(p, name, length, 0, &base);
    if (!option)
        return usage_error(p->command, "unknown option", argument);
    const char *value = name[length] ? name + length + 1 : NULL;
    if (!option->argument && value)
        return usage_error(p->command, "this option takes no value", argument);
    if (option->argument && !value) {
        if (p->at + 1 >= p->argc)
            return usage_error(p->command, "a value must follow", argument);
        value = p->argv[++p->at];
    }
    return store_value(p->command, option, base, value ? value : "");
}

static bool parse_short(struct parser *p)
{
    const char *argument = p->argv[p->at];
    for (const char *letter = argument + 1; *letter; letter++) {
        void *base;
        const struct option *option = look_up(p, NULL, 0, *letter, &base);
        if (!option)
            return usage_error(p->command, "unknown option", argument);
        if (!option->argument) {
            store_value(p->command, option, base, "");
            continue;
        }
        const char *value = letter[1] ? letter + 1 : NULL;
        if (!value && p->at + 1 >= p->argc)
            return usage_error(p->command, "a value must follow", argument);
        return store_value(p->command, option, base, value ? value : p->argv[++p->at]);
    }
    return true;
}

static bool is_operand(const struct command *command, const char *argument)
{
    if (argument[0] != '-' || !argument[1])
        return true;
    return command->signs && argument[1] != '-' && argument[2];
}

int parse_options(const struct command *command, void *settings, int argc, char **argv)
{
    struct parser p = {command, settings, argc, 0, argv};
    int operands = 0;
    bool ended = false;
    for (; p.at < argc; p.at++) {
        const char *argument = argv[p.at];
        if (ended || is_operand(command, argument)) {
            argv[operands++] = argv[p.at];
        } else if (strcmp(argument, "--") == 0) {
            ended = true;
        } else if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0) {
            print_help(command);
            return -2;
        } else if (!(argument[1] == '-' ? parse_long(&p) : parse_short(&p))) {
            return -1;
        }
    }
    if (common.libraries.count)
        common.library = common.libraries.items[common.libraries.count - 1];
    if (common.libraries.count > 1 && !command->several_libraries) {
        usage_error(command, "only one --library is expected", common.library);
        return -1;
    }
    return is_when(command, common.color) && is_when(command, common.progress) ? operands : -1;
}

static void print_options(const struct option *options)
{
    for (const struct option *o = options; o && o->name; o++) {
        char shown[64], letter[8] = "    ";
        if (o->letter)
            snprintf(letter, sizeof letter, "-%c, ", o->letter);
        snprintf(shown, sizeof shown, "%s--%s%s%s", letter, o->name, o->argument ? " " : "",
                 o->argument ? o->argument : "");
        print_hanging(stdout, shown, o->help);
    }
}

void print_help(const struct command *command)
{
    printf("Usage: osler %s [options]%s%s\n\n%s.\n", command->name, *command->arguments ? " " : "",
           command->arguments, command->summary);
    if (command->details)
        printf("\n%s\n", command->details);
    if (command->options && command->options->name)
        puts("\nOptions:");
    print_options(command->options);
    puts("\nFor every command:");
    print_options(shared_options);
    if (command->examples)
        printf("\nExamples:\n%s\n", command->examples);
}
