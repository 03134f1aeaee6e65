/*
 * print_rendered ITEMS.json COUNT SEED: styles' names on stdin, one a line; in each style COUNT of
 * the items (CSL-JSON), each as the only entry of a bibliography.  A line each: the style, the
 * item's place in the file, the text, with U+E010 and U+E011 around lists of names, U+E012 and
 * U+E013 around dates, U+E014 and U+E015 around the citation number.  The recipe of the labeler's
 * model (src/refs/train/) makes its examples of them.
 */
#include "style/catalogue.h"
#include "style/file.h"
#include "style/processor.h"

#include <stdio.h>
#include <stdlib.h>

/* The marks around parts by their role; empty: none. */
static const struct {
    const char *open, *close;
} marks[ROLE_MARK + 1] = {
    [ROLE_NAME_LIST] = {"\xEE\x80\x90", "\xEE\x80\x91"},
    [ROLE_DATE] = {"\xEE\x80\x92", "\xEE\x80\x93"},
    [ROLE_CITATION_NUMBER] = {"\xEE\x80\x94", "\xEE\x80\x95"},
};

/* Put the marks into a tree of our own: into the first and the last text of each marked part. */
static void add_marks(arena *memory, struct output *tree, int depth)
{
    if (depth > OUTPUT_DEPTH)
        return;
    for (struct output *child = tree->first; child; child = child->next)
        add_marks(memory, child, depth + 1);
    if (tree->role > ROLE_MARK || !marks[tree->role].open || output_is_empty(tree))
        return;
    struct output *first = tree, *last = tree;
    while (first->first)
        first = first->first;
    while (last->last)
        last = last->last;
    buf text = {0};
    buf_printf(&text, "%s%.*s", marks[tree->role].open, STR_ARG(first->text));
    first->text = (str){arena_copy(memory, buf_str(&text)), text.length};
    buf_clear(&text);
    buf_printf(&text, "%.*s%s", STR_ARG(last->text), marks[tree->role].close);
    last->text = (str){arena_copy(memory, buf_str(&text)), text.length};
    buf_free(&text);
}

static void print_item(const struct style *style, const struct locale *locale, const char *name,
                       const struct item_list *items, size_t place)
{
    arena memory = {0};
    buf text = {0};
    const struct bibliography_entry *entries;
    struct output_options options = {.format = OUTPUT_PLAIN, .locale = locale};
    processor *p = processor_new(style, locale, &options);
    processor_add_item(p, &items->items[place]);
    processor_include(p, &items->items[place].id, 1);
    if (processor_bibliography(p, &entries) == 1) {
        struct output *tree = output_copy(&memory, processor_entry_tree(p, 0));
        add_marks(&memory, tree, 0);
        output_write_plain(&text, tree, locale);
        for (size_t i = 0; i < text.length; i++)
            if (text.data[i] == '\n' || text.data[i] == '\t')
                text.data[i] = ' ';
        printf("%s\t%zu\t%s\n", name, place, buf_text(&text));
    }
    buf_free(&text);
    processor_free(p);
    arena_free(&memory);
}

static void print_style(const char *name, const struct item_list *items, unsigned long count,
                        unsigned long *state)
{
    osler_error error = {0};
    struct style *style;
    struct locale *locale;
    arena memory = {0};
    if (style_find(&style, name, NULL, NULL, &error) != OSLER_OK) {
        fprintf(stderr, "%s: %s\n", name, error.message);
        return;
    }
    if (locale_load(&memory, &locale, style, NULL, &error) == OSLER_OK)
        for (unsigned long i = 0; i < count && items->count; i++) {
            *state = (*state * 1103515245UL + 12345UL) & 0x7fffffffUL;
            print_item(style, locale, name, items, (*state >> 8) % items->count);
        }
    else
        fprintf(stderr, "%s: %s\n", name, error.message);
    arena_free(&memory);
    style_free(style);
}

int main(int argc, char **argv)
{
    osler_error error = {0};
    arena memory = {0};
    buf json = {0};
    struct item_list items;
    char name[1024];
    if (argc != 4)
        return fprintf(stderr, "usage: print_rendered ITEMS.json COUNT SEED < STYLES\n"), 2;
    if (file_read(&json, argv[1], &error) != OSLER_OK ||
        items_from_json(&memory, &items, buf_str(&json), argv[1], &error) != OSLER_OK)
        return fprintf(stderr, "%s\n", error.message), EXIT_FAILURE;
    unsigned long count = strtoul(argv[2], NULL, 10), state = strtoul(argv[3], NULL, 10);
    while (fgets(name, sizeof name, stdin)) {
        str line = str_trim(str_of(name));
        name[line.length] = '\0';
        print_style(name, &items, count, &state);
    }
    buf_free(&json);
    arena_free(&memory);
    return EXIT_SUCCESS;
}
