/* Telling apart the cites of different works that look the same. */
#include "style/document.h"

void disambiguate(processor *p)
{
    (void)p;
}

void disambiguate_free(processor *p)
{
    (void)p;
}
