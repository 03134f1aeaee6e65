/* Memory that is there: the one place where allocation can fail, and what happens then. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* Never NULL: when memory runs out the hook of osler_set_out_of_memory() ends the program. */
void *memory_alloc(size_t size);                /* zeroed */
void *memory_resize(void *memory, size_t size); /* grown bytes are not zeroed */
char *memory_copy_text(const char *text);       /* NULL gives NULL */
void memory_free(void *memory);                 /* accepts NULL */

/* Zeroed memory of many pages that is read and written here and there: in large pages where the
 * system has them.  Given back to the system by memory_give_back() with the same size. */
void *memory_map(size_t size);
void memory_give_back(void *memory, size_t size); /* accepts NULL */

/* Report that memory ran out; for callbacks of outside libraries.  Does not return. */
_Noreturn void memory_out(size_t size);

#endif
