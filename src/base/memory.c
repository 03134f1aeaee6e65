/* Allocation with one exit: out of memory ends the program through a hook. */
#define _DEFAULT_SOURCE /* madvise(), where there is one */
#include "base/memory.h"

#include <osler/base.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { LARGE_PAGE = 2 << 20 };

static void end_program(size_t size)
{
    (void)size;
    static const char message[] = "osler: out of memory\n";
    ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
    (void)ignored;
    abort();
}

static void (*out_of_memory)(size_t size) = end_program;

void osler_set_out_of_memory(void (*hook)(size_t size))
{
    out_of_memory = hook ? hook : end_program;
}

_Noreturn void memory_out(size_t size)
{
    out_of_memory(size);
    abort();
}

void *memory_alloc(size_t size)
{
    void *memory = calloc(1, size ? size : 1);
    if (!memory)
        memory_out(size);
    return memory;
}

void *memory_large(size_t size)
{
    void *memory = NULL;
    if (size < LARGE_PAGE)
        return memory_alloc(size);
    if (posix_memalign(&memory, LARGE_PAGE, size) != 0)
        memory_out(size);
#ifdef MADV_HUGEPAGE
    madvise(memory, size, MADV_HUGEPAGE); /* a wish: what it says does not matter */
#endif
    return memset(memory, 0, size);
}

void *memory_resize(void *memory, size_t size)
{
    void *resized = realloc(memory, size ? size : 1);
    if (!resized)
        memory_out(size);
    return resized;
}

char *memory_copy_text(const char *text)
{
    if (!text)
        return NULL;
    size_t size = strlen(text) + 1;
    return memcpy(memory_alloc(size), text, size);
}

void memory_free(void *memory)
{
    free(memory);
}
