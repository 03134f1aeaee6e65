/* What `osler fetch --baseline` does. */
#ifndef CLI_FETCH_BASELINE_H
#define CLI_FETCH_BASELINE_H

#include <stdbool.h>

/* Take in NLM's files of a folder or an address, and report; the exit code. */
int fetch_baseline(const char *place, bool json);

#endif
