/* The format "nbib", read, written and read again. */
#include "tagged.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return check_rewriting((str){(const char *)data, size}, "nbib");
}
