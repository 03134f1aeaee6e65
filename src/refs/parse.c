/* From labeled tokens to the record that a reference describes. */
#include "record/identifiers.h"
#include "record/pages.h"
#include "record/record.h"
#include "refs/label.h"
#include "refs/refs.h"

osler_status refs_parse(osler_record **out, struct refs_confidence *sure, arena *memory,
                        const struct refs_reference *reference, osler_error *error)
{
    struct refs_token *tokens;
    size_t count;
    *sure = (struct refs_confidence){0};
    osler_status status =
        refs_label(&tokens, &count, &sure->whole, memory, reference->text, error);
    osler_record *r = *out = arena_alloc(memory, sizeof *r);
    if (status != OSLER_OK)
        return status;
    return OSLER_OK;
}
