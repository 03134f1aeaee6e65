/* Reading a fixture of the CSL test suite: sections between lines of >>== and <<==. */
#include "csl_fixture.h"
#include "base/buf.h"
#include <stdio.h>

static const char *const section_names[SECTION_COUNT] = {
    [SECTION_MODE] = "MODE",
    [SECTION_RESULT] = "RESULT",
    [SECTION_CSL] = "CSL",
    [SECTION_INPUT] = "INPUT",
    [SECTION_CITATION_ITEMS] = "CITATION-ITEMS",
    [SECTION_CITATIONS] = "CITATIONS",
    [SECTION_BIBENTRIES] = "BIBENTRIES",
};

static bool read_file(buf *out, const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t got;

    if (!file)
        return false;
    do {
        got = fread(buf_reserve(out, 1 << 16), 1, 1 << 16, file);
        out->length += got;
    } while (got);
    fclose(file);
    return true;
}

/* The text without a byte order mark, its lines ended by LF alone. */
static str normal_lines(arena *memory, str text)
{
    char *out = arena_room(memory, text.length + 1);
    size_t length = 0;

    if (str_starts_with(text, (str)STR("\xEF\xBB\xBF")))
        text = str_part(text, 3, text.length);
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\r' && i + 1 < text.length && text.data[i + 1] == '\n')
            continue;
        out[length++] = text.data[i] == '\r' ? '\n' : text.data[i];
    }
    out[length] = '\0';
    return (str){out, length};
}

/* The name on a line of `mark`, '=' and more: ">>===== MODE =====>>".  Empty when it is none. */
static str marked_name(str line, const char *mark)
{
    size_t start = 2, end;

    if (!str_starts_with(line, str_of(mark)) || line.length < 3 || line.data[2] != '=')
        return (str){0};
    while (start < line.length && line.data[start] == '=')
        start++;
    while (start < line.length && line.data[start] == ' ')
        start++;
    end = start;
    while (end < line.length && line.data[end] != ' ' && line.data[end] != '=')
        end++;
    str rest = str_trim(str_part(line, end, line.length));
    if (rest.length < 3 || !str_equal(str_part(rest, rest.length - 2, 2), str_of(mark)) ||
        rest.data[rest.length - 3] != '=')
        return (str){0};
    return str_part(line, start, end - start);
}

static enum fixture_section section_of(str name)
{
    for (int i = 1; i < SECTION_COUNT; i++)
        if (str_is(name, section_names[i]))
            return i;
    return SECTION_NONE;
}

static void split(struct fixture *out, str text)
{
    const char *end = text.data + text.length;
    enum fixture_section open = SECTION_NONE;
    const char *content = NULL;
    str line;

    for (str rest = text; str_next_line(&rest, &line);) {
        str name = marked_name(line, content ? "<<" : ">>");
        if (!name.length)
            continue;
        if (!content) {
            open = section_of(name);
            content = rest.length ? rest.data : end;
        } else if (section_of(name) == open) {
            out->sections[open] = (str){content, (size_t)(line.data - content)};
            content = NULL;
        }
    }
}

bool fixture_read(arena *memory, struct fixture *out, const char *path)
{
    buf bytes = {0};
    const char *slash = strrchr(path, '/');
    str name = str_of(slash ? slash + 1 : path);

    *out = (struct fixture){.path = path};
    if (name.length > 4 && str_is(str_part(name, name.length - 4, 4), ".txt"))
        name.length -= 4;
    out->name = arena_copy(memory, name);
    bool ok = read_file(&bytes, path);
    if (ok)
        split(out, normal_lines(memory, buf_str(&bytes)));
    buf_free(&bytes);
    return ok;
}
