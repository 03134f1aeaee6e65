/* What `osler fetch` does with DOIs. */
#ifndef CLI_FETCH_DOIS_H
#define CLI_FETCH_DOIS_H

#include <stdbool.h>

/* Whether every operand is a DOI: 10.1/x, doi:10.1/x, an address of doi.org. */
bool are_dois(int argc, char **argv);

/* Fetch them and say what became of each; the exit code. */
int fetch_dois(int argc, char **argv, bool ids, bool json);

#endif
