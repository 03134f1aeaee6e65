/* Families of words: the English stem of their common form. */
#ifndef INDEX_FAMILY_H
#define INDEX_FAMILY_H

#include "base/buf.h"

/* You own it: family_free(). */
typedef struct family family;
family *family_new(void);
void family_free(family *f);

/* What index_family_key() does (document.h). */
void family_add_key(family *f, buf *b, str folded);

#endif
