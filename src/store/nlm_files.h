/* Which of NLM's baseline and update files the library has taken in. */
#ifndef STORE_NLM_FILES_H
#define STORE_NLM_FILES_H

#include "store/store.h"

/* What "pubmed26n1335.xml.gz" says: 26 and 1335. */
typedef struct nlm_number {
    int year, number;
} nlm_number;

/* One that was imported. */
typedef struct nlm_file {
    char md5[33], applied[24];
} nlm_file;

/* The last one in the order of years and numbers.  OSLER_END: there is none. */
OSLER_MUST_USE osler_status nlm_files_last(store *s, nlm_number *out, osler_error *error);

/* OSLER_END: it was not imported. */
OSLER_MUST_USE osler_status nlm_files_find(store *s, nlm_number which, nlm_file *out,
                                           osler_error *error);

/* It is imported by the transaction at hand; `checked`: NLM's own digest said the same. */
OSLER_MUST_USE osler_status nlm_files_put(store *s, nlm_number which, const char *md5, bool checked,
                                          int64_t origin, osler_error *error);

/* True into `*answer` when the user has tagged, noted, named, listed or decided on this PMID. */
OSLER_MUST_USE osler_status nlm_files_has_own(store *s, const char *pmid, bool *answer,
                                              osler_error *error);

#endif
