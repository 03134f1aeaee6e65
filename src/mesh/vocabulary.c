/* Choosing the vocabulary, once for a process. */
#include "mesh/vocabulary.h"

#include <pthread.h>
#include <stdlib.h>

static const mesh_descriptor seed[] = {
#define DESCRIPTOR(ui, name, numbers, terms) {ui, name, numbers, terms, ""},
#include "mesh/seed.inc"
#undef DESCRIPTOR
};

/* The keys of all names and entry terms (mesh_key()), rising, each once: where several headings
 * have it, that which it is the name of, then that with the lowest UI. */
static const vocabulary_key seed_keys[] = {
#define KEY(text, descriptor) {text, descriptor},
#include "mesh/keys.inc"
#undef KEY
};

static vocabulary current = {seed, sizeof seed / sizeof *seed, seed_keys,
                             sizeof seed_keys / sizeof *seed_keys, false};
static pthread_once_t once = PTHREAD_ONCE_INIT;

bool vocabulary_path(buf *out)
{
    const char *named = getenv("OSLER_MESH"), *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    buf_clear(out);
    if (named && *named) {
        buf_add_text(out, named);
        return !str_is(str_of(named), "builtin");
    }
    /* By the XDG Base Directory Specification a relative path is to be ignored. */
    if (data && data[0] == '/')
        buf_printf(out, "%s/osler/mesh.bin", data);
    else if (home && home[0] == '/')
        buf_printf(out, "%s/.local/share/osler/mesh.bin", home);
    return out->length > 0;
}

static void load(void)
{
    buf path = {0};
    vocabulary loaded;
    if (vocabulary_path(&path) && compiled_open(&loaded, buf_text(&path)))
        current = loaded;
    buf_free(&path);
}

const vocabulary *vocabulary_get(void)
{
    pthread_once(&once, load);
    return &current;
}
