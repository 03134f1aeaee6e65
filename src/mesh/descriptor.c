/* Keys of terms whose words stand in another order. */
#include "mesh/descriptor.h"

#include "base/buf.h"
#include "base/form.h"

str mesh_inverted_key(arena *memory, str text)
{
    size_t comma = str_find(text, ',');
    str none = {"", 0};
    if (comma == text.length)
        return none;
    str before = str_part(text, 0, comma), after = str_part(text, comma + 1, text.length);
    if (str_find(after, ',') < after.length)
        return none;
    buf b = {0};
    buf_add(&b, after);
    buf_add_byte(&b, ' ');
    buf_add(&b, before);
    str key = form_key(memory, buf_str(&b));
    buf_free(&b);
    return key;
}
