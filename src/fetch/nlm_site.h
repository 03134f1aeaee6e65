/* A folder of NLM's baseline or update files on the web: its list, and its files, resumable. */
#ifndef FETCH_NLM_SITE_H
#define FETCH_NLM_SITE_H

#include "base/buf.h"
#include <osler/base.h>

typedef struct nlm_site nlm_site;

/* `address` is https, or http on this machine; the environment variable `variable`, which messages
 * name, may hold another.  As service_open(); you own `*out`: nlm_site_close(). */
OSLER_MUST_USE osler_status nlm_site_open(nlm_site **out, const char *address, const char *variable,
                                          bool (*keep_going)(void *state, uint64_t retries),
                                          void *state, osler_error *error);
void nlm_site_close(nlm_site *site); /* accepts NULL */

/* The page that lists the files, into `page`.  OSLER_EINPUT when it is not whole. */
OSLER_MUST_USE osler_status nlm_site_list(nlm_site *site, buf *page, osler_error *error);

/* The file `name` to `path`: first beside it with the ending .part, from where that one ends.
 * OSLER_ENOTFOUND: there is none (404). */
OSLER_MUST_USE osler_status nlm_site_get(nlm_site *site, const char *name, const char *path,
                                         osler_error *error);

#endif
