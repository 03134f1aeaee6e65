/* Split the reference list on standard input: a JSON object a reference, for the scripts here. */
#include "base/json.h"
#include "refs/refs.h"

#include <stdio.h>
#include <stdlib.h>

static buf read_all(void)
{
    buf bytes = {0};
    char block[1 << 16];
    for (size_t length; (length = fread(block, 1, sizeof block, stdin)) > 0;)
        buf_add(&bytes, (str){block, length});
    return bytes;
}

int main(void)
{
    struct refs_reference *references;
    size_t count;
    osler_error error = {0};
    arena memory = {0};
    buf bytes = read_all(), list = {0}, line = {0};
    buf_add_repaired(&list, buf_str(&bytes));
    if (refs_split(&references, &count, &memory, buf_str(&list), &error) != OSLER_OK) {
        fprintf(stderr, "%s\n", error.message);
        return EXIT_FAILURE;
    }
    for (size_t i = 0; i < count; i++) {
        buf_clear(&line);
        buf_add_text(&line, "{\"text\":");
        json_add_text(&line, references[i].text);
        buf_add_text(&line, ",\"number\":");
        json_add_text(&line, references[i].number);
        buf_printf(&line, ",\"line\":%u,\"truncated\":%s,\"remark\":", references[i].line,
                   references[i].truncated ? "true" : "false");
        json_add_text(&line, str_of(references[i].remark));
        buf_add_byte(&line, '}');
        puts(buf_text(&line));
    }
    buf_free(&line);
    buf_free(&list);
    buf_free(&bytes);
    arena_free(&memory);
    return EXIT_SUCCESS;
}
