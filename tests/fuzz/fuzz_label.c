/* Any text as a reference: its tokens stand in it, in order, and confidences are shares. */
#include "base/utf8.h"
#include "refs/label.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena memory = {0};
    struct refs_token *tokens;
    size_t count;
    float sure;
    str text = {(const char *)data, size};
    const char *at = text.data;
    if (refs_label(&tokens, &count, &sure, &memory, text, NULL) == OSLER_OK) {
        if (!(sure >= 0 && sure <= 1.01F))
            abort();
        for (size_t i = 0; i < count; i++) {
            if (tokens[i].text.data < at || !tokens[i].text.length ||
                !(tokens[i].confidence >= 0 && tokens[i].confidence <= 1.01F))
                abort();
            at = tokens[i].text.data + tokens[i].text.length;
        }
        if (at > text.data + size)
            abort();
    }
    arena_free(&memory);
    return 0;
}
