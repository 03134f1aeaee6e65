/* A library in a folder of its own and invented records, for the tests of store/. */
#ifndef STORE_SUPPORT_H
#define STORE_SUPPORT_H

#include "store/database.h"

extern char folder[32], path[64]; /* of the library of the test at work */

/* An appraisal to put records with. */
extern osler_appraisal appraisal;

store *open_new(void); /* a new, empty library in a new folder */
void remove_folder(void);
void close_sound(store *s);                          /* verify, close and remove the folder */
void no_damage(void *context, const char *sentence); /* for store_verify() */

/* An invented record, valid until the next call; `revised` is YYYYMMDD, or 0. */
osler_record trial(const char *pmid, const char *title, int revised);

/* A transaction around an origin. */
int64_t begin(store *s);
void end(store *s, int64_t origin);

store_change put(store *s, const osler_record *record);     /* in a transaction of its own */
store_change bury(store *s, const char *pmid, int version); /* the same for a deletion */
void fill(store *s, int first, int count); /* put records with the PMIDs from `first` */

int64_t number(store *s, const char *sql); /* of the first row */
int64_t id_of(store *s, const char *name); /* 0 when there is none */

#endif
