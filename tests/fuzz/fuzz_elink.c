/* Replies of ELink: what is refused leaves nothing behind, and every link is of a source named. */
#include "fetch/elink.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    elink_reply reply = {0};
    osler_status status =
        elink_read(&reply, (str){(const char *)data, size}, "pubmed_pubmed_refs", NULL);
    if (status != OSLER_OK && (reply.count || reply.source_count))
        abort();
    for (size_t i = 0; i < reply.count; i++)
        if (!reply.links[i].from || !reply.links[i].to)
            abort();
    elink_reply_free(&reply);
    return 0;
}
