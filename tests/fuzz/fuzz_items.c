/* CSL-JSON: any bytes give items or one failure; what another reader takes for JSON, ours does. */
#include "base/limits.h"
#include "style/item.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every byte that an item lends can be read. */
static size_t touch(const struct item *item)
{
    size_t sum = strlen(item->id) + item->language.length;
    for (enum variable v = 1; v < VARIABLE_COUNT; v++) {
        const struct item_names *names = item_names(item, v);
        const struct item_date *date = item_date(item, v);
        str text = item_text(item, v);
        for (size_t i = 0; i < text.length; i++)
            sum += (unsigned char)text.data[i];
        for (size_t i = 0; names && i < names->count; i++) {
            const struct item_name *n = &names->items[i];
            bool person = n->family.length || n->given.length;
            if (person == (n->literal.length > 0))
                abort(); /* a name is a person's or a group's */
            sum += strlen(n->literal.length ? n->literal.data : "");
        }
        if (date && (date->from.month > 12 || date->from.season > 4))
            abort();
    }
    return sum;
}

static bool is_deep(str json)
{
    size_t open = 0;
    for (size_t i = 0; i < json.length; i++)
        open += json.data[i] == '[' || json.data[i] == '{';
    return open >= LIMIT_DEPTH;
}

static bool others_take(str json)
{
    if (str_find(json, '\0') < json.length)
        return false; /* jansson passes over NUL bytes between values */
    json_t *root = json_loadb(json.data, json.length, 0, NULL);
    bool taken = root != NULL;
    for (size_t i = 0; root && json_is_array(root) && i < json_array_size(root); i++)
        taken = taken && json_is_object(json_array_get(root, i));
    json_decref(root);
    return taken;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena memory = {0};
    struct item_list list;
    str json = {(const char *)data, size};
    osler_status status = items_from_json(&memory, &list, json, "input", NULL);
    if (status != OSLER_OK && !is_deep(json) && others_take(json))
        abort();
    size_t sum = 0;
    for (size_t i = 0; status == OSLER_OK && i < list.count; i++)
        sum += touch(&list.items[i]);
    arena_free(&memory);
    return sum == SIZE_MAX ? -1 : 0;
}
