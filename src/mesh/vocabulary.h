/* The vocabulary in use: the built-in one, or that which `osler mesh update` has made of NLM's. */
#ifndef MESH_VOCABULARY_H
#define MESH_VOCABULARY_H

#include "base/buf.h"
#include "mesh/compiled.h"

/*
 * The vocabulary of this process, found at the first call: the file named in $OSLER_MESH
 * ("builtin": none), else osler/mesh.bin in $XDG_DATA_HOME or ~/.local/share, if it is there and
 * sound.  Static.
 */
const vocabulary *vocabulary_get(void);

/* Where the file is, or would be, in `out`.  False: there is no place for one. */
bool vocabulary_path(buf *out);

#endif
