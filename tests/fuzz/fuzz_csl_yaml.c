/*
 * The format "csl-yaml", read, written and read again.  A work without any variable is written as
 * {}, which is no work; what is left then stays.
 */
#include "tagged.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    buf once = {0};
    rewrite(&once, (str){(const char *)data, size}, "csl-yaml");
    buf twice = {0};
    rewrite(&twice, buf_str(&once), "csl-yaml");
    check_rewriting(buf_str(&twice), "csl-yaml");
    buf_free(&once);
    buf_free(&twice);
    return 0;
}
