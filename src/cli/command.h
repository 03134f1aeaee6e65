/* A subcommand is one file, cmd_NAME.c, and one row of commands.def. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <osler/base.h>

/* Exit codes of every command; `osler help exit-codes` prints them from exit_codes.def. */
enum exit_code {
#define EXIT_CODE(name, number, text) EXIT_##name = (number),
#include "exit_codes.def"
#undef EXIT_CODE
};

/* Where an option's value goes in the settings of its command. */
enum option_kind {
    OPTION_FLAG,  /* bool */
    OPTION_TEXT,  /* const char *, the last one given */
    OPTION_COUNT, /* struct count: a decimal number */
    OPTION_LIST,  /* struct texts: may be given several times */
};

struct count {
    bool given;
    unsigned long value;
};

struct texts {
    const char **items;
    size_t count;
};

/* One option: parsed, listed by --help, completed and described in the manual by this row alone. */
struct option {
    const char *name;     /* long name, without dashes */
    char letter;          /* short name, or 0 */
    const char *argument; /* what --help calls the value; NULL for a flag */
    const char *help;
    enum option_kind kind;
    size_t offset; /* of the value in the command's settings */
};

/* Options that every command takes; filled before run(). */
struct common {
    const char *library;    /* --library, the last; or NULL */
    struct texts libraries; /* all of them */
    const char *color;      /* auto, always, never; or NULL */
    const char *progress;   /* auto, always, never; or NULL */
    bool quiet;
};
extern struct common common;

struct command {
    const char *name;
    const char *arguments;        /* for the usage line */
    const char *summary;          /* one line, capital letter, no full stop */
    const char *details;          /* paragraphs for --help and the manual; may be NULL */
    const char *examples;         /* command lines, one a line; may be NULL */
    bool signs;                   /* "-word" is an operand, not letters of options */
    bool several_libraries;       /* it searches all that --library names */
    bool shown;                   /* in the short list of `osler` without arguments */
    const struct option *options; /* ended by a row without name; may be NULL */
    size_t settings_size;
    int (*run)(const void *settings, int argc, char **argv); /* argv: the operands alone */
};

/* All commands, in the order of commands.def, ended by NULL. */
extern const struct command *const commands[];

/*
 * Fill `settings` from the options and move the operands to the front of argv.  Returns their
 * number, -1 after a usage error (already reported), -2 after --help (already printed).
 */
int parse_options(const struct command *command, void *settings, int argc, char **argv);

const struct option *common_options(void);
void print_help(const struct command *command);

#endif
