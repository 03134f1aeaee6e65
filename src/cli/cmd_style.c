/* osler style: which citation styles there are, what one looks like, what is wrong with one. */
#include "command.h"
#include "json.h"
#include "output.h"
#include "searching.h"

#include <osler/cite.h>
#include <osler/style.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    bool json;
};

static const struct option options[] = {
    {"json", 0, NULL, "print JSON", OPTION_FLAG, offsetof(struct settings, json)},
    {0},
};

static void json_style_list(const osler_style_list *list)
{
    struct json j = {.out = stdout};
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    json_open_array(&j, "styles");
    for (size_t i = 0; i < list->count; i++) {
        const osler_style_entry *entry = &list->items[i];
        json_open_object(&j, NULL);
        json_text(&j, "name", entry->name);
        json_text(&j, "title", entry->title);
        json_text(&j, "parent", entry->parent);
        json_text(&j, "format", entry->format);
        json_text(&j, "field", entry->field);
        json_text(&j, "path", *entry->path ? entry->path : NULL);
        json_close_object(&j);
    }
    json_close_array(&j);
    json_close_object(&j);
    json_end_line(&j);
}

static void print_entry(const osler_style_entry *entry)
{
    enum { TITLE = 40 };
    int width = text_columns(entry->name);
    print_inert(stdout, entry->name);
    printf("%*s", width < TITLE - 2 ? TITLE - width : 2, "");
    print_inert(stdout, entry->title);
    if (entry->parent || entry->format) {
        printf("%s  ", style_dim());
        print_inert(stdout, entry->parent ? "= " : entry->format);
        if (entry->parent)
            print_inert(stdout, entry->parent);
        fputs(style_end(), stdout);
    }
    putchar('\n');
}

static int list_styles(const struct settings *settings, int argc, char **argv)
{
    osler_style_list *list;
    osler_error error = {0};
    char *words = join_query(argc, argv);
    osler_status status = osler_style_find_all(&list, words, &error);
    if (status != OSLER_OK) {
        free(words);
        return report(&error);
    }
    if (settings->json)
        json_style_list(list);
    for (size_t i = 0; i < list->count && !settings->json; i++)
        print_entry(&list->items[i]);
    if (!list->count && !common.quiet) {
        fputs("osler: no style has these words in its name or title: ", stderr);
        print_inert(stderr, words);
        fputc('\n', stderr);
    }
    int code = list->count ? EXIT_DONE : EXIT_NOT_FOUND;
    free(words);
    osler_style_list_free(list);
    return code;
}

/* Invented works that show a style: an article, a book, a chapter. */
static void add_examples(osler_bibliography *bibliography)
{
    static osler_name authors[] = {
        {.role = "author", .family = "Amsel", .given = "Klara Maria"},
        {.role = "author", .family = "van der Beek", .given = "Tom"},
        {.role = "author", .family = "Okafor", .given = "Ngozi"},
        {.role = "author", .family = "Ruiz", .given = "Elena"},
        {.role = "author", .family = "Sato", .given = "Ken"},
        {.role = "author", .family = "Weber", .given = "Jan-Peter"},
        {.role = "author", .family = "Young", .given = "Alice"},
    };
    static osler_name writer[] = {{.role = "author", .family = "Hall", .given = "Ruth"}};
    static osler_name of_chapter[] = {
        {.role = "author", .family = "Dubois", .given = "Marc"},
        {.role = "editor", .family = "Hall", .given = "Ruth"},
    };
    static osler_date day[] = {{.kind = "issued", .year = 2024, .month = 3, .day = 12}};
    static osler_date year[] = {{.kind = "issued", .year = 2019}};
    const osler_record works[] = {
        {.csl_type = "article-journal",
         .title = "Manual treatment of tension-type headache: a randomized trial",
         .container_title = "Journal of invented medicine",
         .container_title_medline = "J Invent Med",
         .volume = "61",
         .issue = "3",
         .pages = "347-354",
         .doi = "10.1000/invented.1",
         .names = {authors, sizeof authors / sizeof *authors},
         .dates = {day, 1}},
        {.csl_type = "book",
         .title = "The invented back",
         .edition = "2",
         .publisher = "Example Press",
         .publisher_place = "Boston",
         .names = {writer, 1},
         .dates = {year, 1}},
        {.csl_type = "chapter",
         .title = "Neck pain",
         .container_title = "A handbook of invented pain",
         .pages = "93-113",
         .publisher = "Example Press",
         .publisher_place = "Boston",
         .names = {of_chapter, 2},
         .dates = {year, 1}},
    };
    static const char *const ids[] = {"article", "book", "chapter"};
    for (unsigned i = 0; i < 3; i++)
        osler_bibliography_add(bibliography, &works[i], ids[i], NULL);
}

/* The citations and entries of the examples: one work, then the two others together. */
static osler_status cite_examples(osler_bibliography *bibliography, osler_error *error)
{
    static const osler_cite first = {.id = "article"};
    static const osler_cite others[] = {{.id = "book"}, {.id = "chapter", .locator = "95"}};
    const char *text;
    add_examples(bibliography);
    osler_status status = osler_bibliography_cite(bibliography, &first, 1, &text, error);
    if (status == OSLER_OK)
        status = osler_bibliography_cite(bibliography, others, 2, &text, error);
    return status;
}

static void json_shown(const osler_style *style, osler_bibliography *bibliography)
{
    struct json j = {.out = stdout};
    const osler_bibliography_list *list;
    const char *text;
    json_open_object(&j, NULL);
    json_integer(&j, "osler", 1);
    json_text(&j, "title", style->title);
    json_text(&j, "short_title", style->short_title);
    json_text(&j, "id", style->id);
    json_text(&j, "format", style->format);
    json_text(&j, "language", style->language);
    json_bool(&j, "notes", style->is_note);
    json_bool(&j, "bibliography", style->has_bibliography);
    json_integer(&j, "et_al_min", style->et_al_min);
    json_integer(&j, "et_al_use_first", style->et_al_use_first);
    json_open_array(&j, "citations");
    for (size_t i = 0; (text = osler_bibliography_citation(bibliography, i)); i++)
        json_text(&j, NULL, text);
    json_close_array(&j);
    json_open_array(&j, "entries");
    list = osler_bibliography_entries(bibliography);
    for (size_t i = 0; i < list->count; i++)
        json_text(&j, NULL, list->items[i].text);
    json_close_array(&j);
    json_close_object(&j);
    json_end_line(&j);
}

static void print_member(const char *label, const char *value)
{
    if (!value)
        return;
    printf("%-13s ", label);
    print_inert(stdout, value);
    putchar('\n');
}

static void print_shown(const osler_style *style, osler_bibliography *bibliography)
{
    const osler_bibliography_list *list;
    const char *text;
    fputs(style_bold(), stdout);
    print_inert(stdout, style->title ? style->title : "a style without a title");
    printf("%s\n", style_end());
    print_member("id", style->id);
    print_member("citations", style->format);
    print_member("they stand", style->is_note ? "in notes" : "in the text");
    if (style->et_al_min)
        printf("%-13s of %u or more, the first %u\n", "authors", style->et_al_min,
               style->et_al_use_first);
    print_member("language", style->language);
    for (size_t i = 0; (text = osler_bibliography_citation(bibliography, i)); i++)
        print_member(i ? "" : "examples", text);
    list = osler_bibliography_entries(bibliography);
    for (size_t i = 0; i < list->count; i++)
        print_wrapped(stdout, list->items[i].text, 2);
}

static int show_style(const struct settings *settings, const char *name)
{
    osler_style *style;
    osler_bibliography *bibliography = NULL;
    osler_error error = {0};
    const osler_cite_options cite = {.style = name};
    osler_status status = osler_style_get(&style, name, &error);
    if (status == OSLER_OK)
        status = osler_bibliography_new(&bibliography, &cite, &error);
    if (status == OSLER_OK)
        status = cite_examples(bibliography, &error);
    if (status != OSLER_OK)
        report(&error);
    else if (settings->json)
        json_shown(style, bibliography);
    else
        print_shown(style, bibliography);
    osler_bibliography_free(bibliography);
    osler_style_free(style);
    return exit_code_of(status);
}

struct check {
    struct json json;
    bool as_json;
    unsigned long complaints; /* of all files */
};

static void hear(void *context, const osler_error *complaint)
{
    struct check *check = context;
    check->complaints++;
    if (check->as_json) {
        json_open_object(&check->json, NULL);
        json_text(&check->json, "file", complaint->source);
        json_integer(&check->json, "line", complaint->line);
        json_text(&check->json, "message", complaint->message);
        json_close_object(&check->json);
        return;
    }
    print_inert(stdout, complaint->source);
    printf(":%u: ", complaint->line);
    print_inert(stdout, complaint->message);
    putchar('\n');
}

/* Returns the exit code of the first failure. */
static int check_one(struct check *check, const char *name, int code)
{
    osler_error error = {0};
    if (check->as_json) {
        json_open_object(&check->json, NULL);
        json_text(&check->json, "style", name);
        json_open_array(&check->json, "complaints");
    }
    osler_status status = osler_style_check(name, hear, check, &error);
    if (status != OSLER_OK)
        print_error(&error);
    if (check->as_json) {
        json_close_array(&check->json);
        json_text(&check->json, "error", status == OSLER_OK ? NULL : error.message);
        json_integer(&check->json, "line", error.line);
        json_close_object(&check->json);
    }
    return code ? code : exit_code_of(status);
}

static int check_styles(const struct settings *settings, int argc, char **argv)
{
    struct check check = {.json = {.out = stdout}, .as_json = settings->json};
    int code = EXIT_DONE;
    if (check.as_json) {
        json_open_object(&check.json, NULL);
        json_integer(&check.json, "osler", 1);
        json_open_array(&check.json, "styles");
    }
    for (int i = 0; i < argc; i++)
        code = check_one(&check, argv[i], code);
    if (check.as_json) {
        json_close_array(&check.json);
        json_close_object(&check.json);
        json_end_line(&check.json);
    } else if (!check.complaints && code == EXIT_DONE && !common.quiet) {
        puts(argc == 1 ? "nothing is wrong with this style" : "nothing is wrong with these styles");
    }
    return code ? code : check.complaints ? EXIT_FINDINGS : EXIT_DONE;
}

static int run(const void *opaque, int argc, char **argv)
{
    const struct settings *settings = opaque;
    const char *verb = argc > 0 ? argv[0] : "";
    if (strcmp(verb, "list") == 0)
        return list_styles(settings, argc - 1, argv + 1);
    if (strcmp(verb, "show") == 0 && argc == 2)
        return show_style(settings, argv[1]);
    if (strcmp(verb, "check") == 0 && argc > 1)
        return check_styles(settings, argc - 1, argv + 1);
    fputs(
        "osler style: expected 'list [WORD...]', 'show NAME' or 'check FILE...' (see 'osler style "
        "--help')\n",
        stderr);
    return EXIT_BAD_USAGE;
}

const struct command command_style = {
    .name = "style",
    .arguments = "list [WORD...] | show NAME | check FILE...",
    .summary = "List, show and check citation styles",
    .details = "'list' prints the installed styles whose name or title holds all the words.\n"
               "'show' prints what a style is like, with examples of its citations and "
               "references.\n"
               "'check' reads styles and prints what CSL does not know in them, as FILE:LINE: "
               "message;\n"
               "it exits with 1 when there is any, with 4 when a style is broken beyond use.\n"
               "\n"
               "NAME is a style's name (vancouver, ama, apa), its file or its id.  Styles are "
               "looked for in\n"
               "$XDG_DATA_HOME/osler/styles and in /usr/share/citation-style-language/styles, or "
               "in the\n"
               "folder $OSLER_STYLES alone when it is set; locales in $OSLER_LOCALES or "
               "/usr/share/citation-style-language/locales.",
    .examples = "  osler style list osteopathic\n"
                "  osler style show jama\n"
                "  osler style check my-journal.csl",
    .options = options,
    .settings_size = sizeof(struct settings),
    .run = run,
};
