/* NLM's descriptor file (desc20NN.xml): what Osler takes of it. */
#ifndef MESH_DESCRIPTOR_XML_H
#define MESH_DESCRIPTOR_XML_H

#include "base/source.h"
#include "mesh/compiled.h"

/* Add every descriptor of the file.  OSLER_EINPUT, with the line; OSLER_ELIMIT.  What it holds is
 * read piece by piece, and only what is kept is kept. */
OSLER_MUST_USE osler_status descriptor_xml_read(compiled_draft *out, source *from,
                                                osler_error *error);

#endif
