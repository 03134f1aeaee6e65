/* Looking through the folders of styles; reading the cs:info of thousands of files quickly. */
#include "style/folders.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PACKAGE_FOLDER "/usr/share/citation-style-language/styles"

enum { HEAD = 8 << 10, MOST_STYLES = 100000 };

unsigned style_folders(arena *memory, const char *folders[STYLE_FOLDERS])
{
    const char *own = getenv("OSLER_STYLES"), *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME"), *below = "/osler/styles";
    unsigned count = 0;
    buf path = {0};
    if (own && *own) {
        folders[count++] = own;
        return count;
    }
    if ((!data || *data != '/') && home && *home == '/') {
        data = home;
        below = "/.local/share/osler/styles";
    }
    if (data && *data == '/') {
        buf_printf(&path, "%s%s", data, below);
        folders[count++] = arena_copy(memory, buf_str(&path));
    }
    folders[count++] = PACKAGE_FOLDER;
    buf_free(&path);
    return count;
}

const char *style_path(arena *memory, const char *name)
{
    static const char *const places[] = {"", "dependent/"};
    const char *folders[STYLE_FOLDERS], *found = NULL;
    unsigned count = style_folders(memory, folders);
    buf path = {0};
    for (unsigned i = 0; i < count * 2 && !found; i++) {
        buf_clear(&path);
        buf_printf(&path, "%s/%s%s.csl", folders[i / 2], places[i % 2], name);
        if (access(buf_text(&path), R_OK) == 0)
            found = arena_copy(memory, buf_str(&path));
    }
    buf_free(&path);
    return found;
}

/* Cut the next tag off the front of `*rest`, "title" or "link a='b'/"; comments are passed over. */
static bool next_tag(str *rest, str *tag)
{
    for (;;) {
        size_t start = str_find(*rest, '<');
        *rest = str_part(*rest, start + 1, rest->length);
        if (!rest->length)
            return false;
        if (!str_starts_with(*rest, (str)STR("!--")))
            break;
        while (rest->length && !str_starts_with(*rest, (str)STR("-->")))
            *rest = str_part(*rest, 1, rest->length);
    }
    size_t end = str_find(*rest, '>');
    *tag = str_part(*rest, 0, end);
    *rest = str_part(*rest, end + 1, rest->length);
    return end < tag->length + rest->length + 1;
}

/* Text with XML's references undone, and white space made single. */
static const char *plain_text(arena *memory, str text)
{
    static const struct {
        str name;
        uint32_t codepoint;
    } entities[] = {{STR("amp;"), '&'},
                    {STR("lt;"), '<'},
                    {STR("gt;"), '>'},
                    {STR("quot;"), '"'},
                    {STR("apos;"), '\''}};
    buf raw = {0}, out = {0};
    text = str_trim(text);
    for (size_t i = 0; i < text.length; i++) {
        str rest = str_part(text, i + 1, text.length);
        uint32_t codepoint = 0;
        size_t skip = 0;
        if (char_is_space(text.data[i])) {
            buf_add_byte(&raw, ' ');
            while (i + 1 < text.length && char_is_space(text.data[i + 1]))
                i++;
            continue;
        }
        for (size_t e = 0; text.data[i] == '&' && e < sizeof entities / sizeof *entities; e++)
            if (str_starts_with(rest, entities[e].name)) {
                codepoint = entities[e].codepoint;
                skip = entities[e].name.length;
            }
        if (codepoint)
            buf_add_codepoint(&raw, codepoint);
        else
            buf_add_byte(&raw, text.data[i]);
        i += skip;
    }
    buf_add_repaired(&out, buf_str(&raw));
    const char *copy = arena_copy(memory, buf_str(&out));
    buf_free(&raw);
    buf_free(&out);
    return copy;
}

/* The value of an attribute of a tag; empty without it. */
static str tag_value(str tag, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i + length + 2 < tag.length; i++) {
        char quote = tag.data[i + length + 1];
        if (!char_is_space(i ? tag.data[i - 1] : 'x') || tag.data[i + length] != '=' ||
            memcmp(tag.data + i, name, length) != 0 || (quote != '"' && quote != '\''))
            continue;
        str rest = str_part(tag, i + length + 2, tag.length);
        return str_part(rest, 0, str_find(rest, quote));
    }
    return (str){0};
}

static bool tag_is(str tag, const char *name)
{
    size_t length = strlen(name);
    return tag.length >= length && memcmp(tag.data, name, length) == 0 &&
           (tag.length == length || char_is_space(tag.data[length]) || tag.data[length] == '/');
}

/* The name of a style by its id, an address: its last part. */
static const char *last_part(arena *memory, str id)
{
    size_t start = id.length;
    while (start && id.data[start - 1] != '/')
        start--;
    return plain_text(memory, str_part(id, start, id.length));
}

static void read_head(arena *memory, struct style_entry *out, str head)
{
    str tag;
    while (next_tag(&head, &tag) && !tag_is(tag, "/info")) {
        if (tag_is(tag, "title")) {
            out->title = plain_text(memory, str_part(head, 0, str_find(head, '<')));
        } else if (tag_is(tag, "link")) {
            if (str_is(tag_value(tag, "rel"), "independent-parent"))
                out->parent = last_part(memory, tag_value(tag, "href"));
        } else if (tag_is(tag, "category")) {
            str format = tag_value(tag, "citation-format"), field = tag_value(tag, "field");
            if (format.length)
                out->format = plain_text(memory, format);
            if (field.length && !out->field)
                out->field = plain_text(memory, field);
        }
    }
}

struct listing {
    arena *memory;
    struct style_entry *items;
    size_t count;
    bool heads;
};

static void add_file(struct listing *list, int folder, const char *path, const char *file)
{
    char head[HEAD];
    size_t length = strlen(file);
    if (length < 5 || strcmp(file + length - 4, ".csl") != 0 || list->count >= MOST_STYLES)
        return;
    ssize_t got = 0;
    if (list->heads) {
        int opened = openat(folder, file, O_RDONLY | O_CLOEXEC);
        if (opened < 0)
            return;
        got = read(opened, head, sizeof head);
        close(opened);
    }
    struct style_entry *entry =
        arena_append(list->memory, &list->items, &list->count, sizeof *entry);
    buf whole = {0};
    buf_printf(&whole, "%s/%s", path, file);
    entry->path = arena_copy(list->memory, buf_str(&whole));
    entry->name = arena_copy(list->memory, (str){file, length - 4});
    entry->title = entry->name;
    buf_free(&whole);
    if (got > 0)
        read_head(list->memory, entry, (str){head, (size_t)got});
}

static void add_folder(struct listing *list, const char *path)
{
    int opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0)
        return;
    DIR *folder = fdopendir(opened);
    if (!folder) {
        close(opened);
        return;
    }
    for (struct dirent *entry; (entry = readdir(folder));)
        add_file(list, opened, path, entry->d_name);
    closedir(folder);
}

/* By name; of one name that of the earlier folder first, which the order of reading tells. */
struct ordered {
    struct style_entry entry;
    size_t place;
};

static int by_name(const void *a, const void *b)
{
    const struct ordered *x = a, *y = b;
    int order = strcmp(x->entry.name, y->entry.name);
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

void style_entries(arena *memory, bool heads, const struct style_entry **out, size_t *count)
{
    struct listing list = {.memory = memory, .heads = heads};
    const char *folders[STYLE_FOLDERS];
    unsigned folder_count = style_folders(memory, folders);
    for (unsigned i = 0; i < folder_count; i++) {
        buf dependent = {0};
        add_folder(&list, folders[i]);
        buf_printf(&dependent, "%s/dependent", folders[i]);
        add_folder(&list, arena_copy(memory, buf_str(&dependent)));
        buf_free(&dependent);
    }
    struct ordered *sorted = arena_room(memory, (list.count + 1) * sizeof *sorted);
    for (size_t i = 0; i < list.count; i++)
        sorted[i] = (struct ordered){list.items[i], i};
    if (list.count)
        qsort(sorted, list.count, sizeof *sorted, by_name);
    size_t kept = 0;
    for (size_t i = 0; i < list.count; i++)
        if (!kept || strcmp(list.items[kept - 1].name, sorted[i].entry.name) != 0)
            list.items[kept++] = sorted[i].entry;
    *out = list.items;
    *count = kept;
}
