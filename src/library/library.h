/* The open library, as the use cases in this folder see it. */
#ifndef LIBRARY_LIBRARY_H
#define LIBRARY_LIBRARY_H

#include "store/store.h"
#include <osler/library.h>

struct osler_library {
    store *store;
};

#endif
