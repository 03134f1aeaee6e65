/* One item of PubMed XML both ways: what the quick one takes, libxml2 reads alike. */
#include "formats/pubmed_xml/parser.h"
#include "record/pack.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static osler_status parse(pubmed_parser *p, str item, buf *packed)
{
    arena memory = {0};
    osler_status status = pubmed_parse(p, &memory, item, 1, "", NULL);
    if (status == OSLER_OK)
        record_pack(packed, p->record);
    arena_free(&memory);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pubmed_parser *p = pubmed_parser_new();
    buf quick = {0}, thorough = {0};
    str item = {(const char *)data, size};
    osler_status first = parse(p, item, &quick);
    if (p->quick) {
        p->thorough = true;
        if (parse(p, item, &thorough) != first || !str_equal(buf_str(&quick), buf_str(&thorough)))
            abort();
    }
    buf_free(&quick);
    buf_free(&thorough);
    pubmed_parser_free(p);
    return 0;
}
