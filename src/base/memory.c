/* Allocation with one exit: out of memory ends the program through a hook. */
/* Anonymous memory, and madvise() where there is one. */
#define _DEFAULT_SOURCE /* NOLINT(bugprone-reserved-identifier) */
#include "base/memory.h"

#include <osler/base.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { LARGE_PAGE = 2 << 20, SMALL_PAGE = 64 << 10 /* a multiple of any system's */ };

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

/* Large pages begin at their multiples: what is mapped beside them is given back. */
void *memory_map(size_t size)
{
    size_t all = size + LARGE_PAGE;
    char *memory = mmap(NULL, all, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        memory_out(size);
    size_t before = (LARGE_PAGE - (uintptr_t)memory % LARGE_PAGE) % LARGE_PAGE;
    size_t end = (before + size + SMALL_PAGE - 1) / SMALL_PAGE * SMALL_PAGE;
    if (before)
        munmap(memory, before);
    if (end < all)
        munmap(memory + end, all - end);
#ifdef MADV_HUGEPAGE
    if (size >= LARGE_PAGE)
        madvise(memory + before, size, MADV_HUGEPAGE); /* a wish: what it says does not matter */
#endif
    return memory + before;
}

void memory_give_back(void *memory, size_t size)
{
    if (memory)
        munmap(memory, (size + SMALL_PAGE - 1) / SMALL_PAGE * SMALL_PAGE);
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
