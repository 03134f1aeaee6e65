/* Reading a whole file into a buffer. */
#include "style/file.h"

#include "base/error.h"
#include "base/source.h"

osler_status file_read(buf *out, const char *path, osler_error *error)
{
    enum { CHUNK = 64 << 10, MOST = 16 << 20 };
    source *file;
    size_t got = 0;
    osler_status status = source_open_file(&file, path, error);
    if (status != OSLER_OK)
        return status;
    do {
        char *room = buf_reserve(out, CHUNK);
        status = source_read(file, room, CHUNK, &got, error);
        if (status == OSLER_OK)
            out->length += got;
        if (status == OSLER_OK && out->length > MOST) {
            fail(error, OSLER_ELIMIT, 0, "larger than %d MiB", MOST >> 20);
            status = fail_source(error, OSLER_ELIMIT, path);
        }
    } while (status == OSLER_OK && got);
    source_close(file);
    return status;
}
