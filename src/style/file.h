/* Whole files: styles and locales are read at once. */
#ifndef STYLE_FILE_H
#define STYLE_FILE_H

#include "base/buf.h"
#include <osler/base.h>

/* Add the content of the file at `path` to `out`; OSLER_ELIMIT when it is larger than 16 MiB. */
osler_status file_read(buf *out, const char *path, osler_error *error);

#endif
