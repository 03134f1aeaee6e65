/* NLM's baseline and update files: known by their names, checked, and taken only in their order. */
#ifndef LIBRARY_NLM_FILES_H
#define LIBRARY_NLM_FILES_H

#include "base/md5.h"
#include "store/nlm_files.h"
#include <osler/library.h>

/* A file on its way in. */
typedef struct nlm_arrival {
    bool is_one; /* its name is that of one of NLM's files; else the rest says nothing */
    nlm_number which;
    char md5[MD5_HEX];
    bool checked;      /* there was an .md5, and it says the same */
    bool applied;      /* the same file was imported before, and others after it */
    char imported[24]; /* when */
    int gap;           /* how many files between the last one imported and it are lacking */
} nlm_arrival;

/* Whether the last component of `path` is "pubmedYYnNNNN.xml.gz". */
bool nlm_number_of(const char *path, nlm_number *out);

/*
 * Look at the file at `path` before it is read.  OSLER_EINPUT: it is not what its .md5 says, or its
 * turn is over: one with a higher number has been imported, so that what it holds may be older than
 * what the library has; with `options->out_of_order` it may come.  With `options->complete_series`
 * also: it has no .md5, or one before it is lacking.
 */
OSLER_MUST_USE osler_status nlm_arrival_look(nlm_arrival *out, store *s, const char *path,
                                             const osler_import_options *options,
                                             osler_error *error);

/* The digest that the text of an .md5 file states, in small digits; false when it states none. */
bool nlm_stated_md5(str text, char hex[MD5_HEX]);

#endif
