/* The label of a work for styles that cite by labels: letters of the names, digits of the year. */
#include "style/citation_label.h"
#include "base/buf.h"
#include "style/text_case.h"
#include <stdlib.h>

enum { LABEL_NAMES = 4, LABEL_LETTERS = 4, ROOM = LABEL_LETTERS * 4 };

/* How many letters each name gives, by the number of names. */
static const uint8_t shares[LABEL_NAMES + 1][LABEL_NAMES] = {
    {0, 0, 0, 0}, {4, 0, 0, 0}, {2, 2, 0, 0}, {2, 1, 1, 0}, {1, 1, 1, 1},
};

/* The first `count` letters of a text, white space passed over. */
static str first_letters(str text, unsigned count, char *room)
{
    size_t length = 0;

    for (size_t i = 0; i < text.length && length < ROOM;) {
        size_t end = i + 1;
        while (end < text.length && (text.data[end] & 0xC0) == 0x80)
            end++;
        if (!char_is_space(text.data[i]) && count--) {
            memcpy(room + length, text.data + i, end - i);
            length += end - i;
        }
        if (!count)
            break;
        i = end;
    }
    return (str){room, length};
}

static void add_name(arena *memory, buf *label, const struct item_name *name, unsigned count)
{
    char room[ROOM + 4];
    str letters = first_letters(name->family.length ? name->family : name->literal, count, room);

    letters = case_text(memory, letters, CASE_LOWER, (str){0});
    buf_add(label, case_text(memory, letters, CASE_CAPITALIZE_FIRST, (str){0}));
}

str citation_label(arena *memory, const struct item *item)
{
    const struct item_names *names = item_names(item, VARIABLE_AUTHOR);
    const struct item_date *issued = item_date(item, VARIABLE_ISSUED);
    buf label = {0};

    if (names) {
        size_t count = names->count < LABEL_NAMES ? names->count : LABEL_NAMES;
        for (size_t i = 0; i < count; i++)
            add_name(memory, &label, &names->items[i], shares[count][i]);
    }
    if (issued && issued->from.year)
        buf_printf(&label, "%02d", abs(issued->from.year) % 100);
    str text = {arena_copy(memory, buf_str(&label)), label.length};
    buf_free(&label);
    return text;
}
