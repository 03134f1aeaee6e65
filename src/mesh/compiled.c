/* The file: a head, descriptors and keys as places in a pool of texts, and the pool. */
#include "mesh/compiled.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/form.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEXTS = 5, MOST_FILE = 1 << 30 };

struct head {
    char magic[8];
    uint32_t count, key_count, pool, order; /* order: of the bytes of this machine */
};

static const char magic[8] = "OslrMsh1";
enum { ORDER = 0x01020304 };

struct row {
    uint32_t texts[TEXTS]; /* ui, name, numbers, terms, note */
};

struct key_row {
    uint32_t text, descriptor;
};

/* ---- Opening ----------------------------------------------------------------------------------
 */

static bool take_rows(vocabulary *out, const struct head *head, const char *bytes)
{
    const struct row *rows = (const void *)(bytes + sizeof *head);
    const struct key_row *keys = (const void *)(rows + head->count);
    const char *pool = (const void *)(keys + head->key_count);
    mesh_descriptor *items = memory_alloc((head->count + 1) * sizeof *items);
    vocabulary_key *found = memory_alloc((head->key_count + 1) * sizeof *found);
    bool sound = head->pool && !pool[head->pool - 1];
    for (size_t i = 0; sound && i < head->count; i++) {
        for (int k = 0; k < TEXTS; k++)
            sound = sound && rows[i].texts[k] < head->pool;
        if (sound)
            items[i] = (mesh_descriptor){pool + rows[i].texts[0], pool + rows[i].texts[1],
                                         pool + rows[i].texts[2], pool + rows[i].texts[3],
                                         pool + rows[i].texts[4]};
    }
    for (size_t i = 0; sound && i < head->key_count; i++) {
        sound = keys[i].text < head->pool && keys[i].descriptor < head->count;
        if (sound)
            found[i] = (vocabulary_key){pool + keys[i].text, keys[i].descriptor};
    }
    if (!sound) {
        memory_free(items);
        memory_free(found);
        return false;
    }
    *out = (vocabulary){items, head->count, found, head->key_count, true};
    return true;
}

static bool take_bytes(vocabulary *out, const char *bytes, size_t size)
{
    struct head head;
    if (size < sizeof head)
        return false;
    memcpy(&head, bytes, sizeof head);
    uint64_t expected = sizeof head + (uint64_t)head.count * sizeof(struct row) +
                        (uint64_t)head.key_count * sizeof(struct key_row) + head.pool;
    return memcmp(head.magic, magic, sizeof magic) == 0 && head.order == ORDER &&
           expected == size && take_rows(out, &head, bytes);
}

bool compiled_open(vocabulary *out, const char *path)
{
    struct stat about;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    void *bytes = MAP_FAILED;
    size_t size = 0;
    if (fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0 &&
        about.st_size < MOST_FILE) {
        size = (size_t)about.st_size;
        bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
    }
    close(file);
    if (bytes == MAP_FAILED)
        return false;
    bool sound = take_bytes(out, bytes, size);
    if (!sound)
        munmap(bytes, size);
    return sound;
}

/* ---- Writing ----------------------------------------------------------------------------------
 */

struct key {
    str text;
    uint32_t descriptor;
    bool preferred; /* the heading itself, not an entry term */
};

struct key_list {
    struct key *items;
    size_t count;
};

static void add_key(arena *memory, struct key_list *list, str text, struct key key)
{
    str direct = form_key(memory, text), inverted = mesh_inverted_key(memory, text);
    if (direct.length)
        *(struct key *)arena_append(memory, &list->items, &list->count, sizeof *list->items) =
            (struct key){direct, key.descriptor, key.preferred};
    if (inverted.length)
        *(struct key *)arena_append(memory, &list->items, &list->count, sizeof *list->items) =
            (struct key){inverted, key.descriptor, false};
}

static int by_text(const void *one, const void *two)
{
    const struct key *a = one, *b = two;
    int order = str_compare(a->text, b->text);
    if (order == 0)
        order = (int)b->preferred - (int)a->preferred;
    return order ? order : (a->descriptor > b->descriptor) - (a->descriptor < b->descriptor);
}

static int by_ui(const void *one, const void *two)
{
    const struct drafted *a = one, *b = two;
    return strcmp(a->descriptor.ui, b->descriptor.ui);
}

static size_t add_terms(arena *memory, struct key_list *list, const char *joined, uint32_t at)
{
    size_t count = 0;
    str rest = str_of(joined), term;
    for (; str_next_field(&rest, '|', &term); count++)
        add_key(memory, list, term, (struct key){.descriptor = at});
    return count;
}

/* The keys of all names and terms, rising, each once. */
static size_t make_keys(arena *memory, const compiled_draft *g, struct key_list *list)
{
    size_t terms = 0, kept = 0;
    for (uint32_t i = 0; i < g->count; i++) {
        const struct drafted *d = &g->items[i];
        add_key(memory, list, str_of(d->descriptor.name),
                (struct key){.descriptor = i, .preferred = true});
        terms += 1 + add_terms(memory, list, d->descriptor.terms, i);
        terms += add_terms(memory, list, d->permuted, i);
    }
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_text);
    for (size_t i = 0; i < list->count; i++)
        if (!kept || !str_equal(list->items[i].text, list->items[kept - 1].text))
            list->items[kept++] = list->items[i];
    list->count = kept;
    return terms;
}

/* A file that is being written: what has no room in memory beside what it is made of. */
struct output {
    FILE *file;
    uint64_t pool; /* bytes of the texts so far */
};

static uint32_t place_text(struct output *o, str text)
{
    uint64_t place = o->pool;
    o->pool += text.length + 1;
    return (uint32_t)place;
}

static void put_text(const struct output *o, str text)
{
    fwrite(text.data, 1, text.length, o->file);
    fputc('\0', o->file);
}

static void gather_texts(const mesh_descriptor *d, str texts[TEXTS])
{
    const char *all[TEXTS] = {d->ui, d->name, d->numbers, d->terms, d->note};
    for (int k = 0; k < TEXTS; k++)
        texts[k] = str_of(all[k]);
}

/* Rows with the places of their texts, then the texts in the same order. */
static void put_rows(struct output *o, const compiled_draft *g, const struct key_list *keys)
{
    str texts[TEXTS];
    for (size_t i = 0; i < g->count; i++) {
        struct row row;
        gather_texts(&g->items[i].descriptor, texts);
        for (int k = 0; k < TEXTS; k++)
            row.texts[k] = place_text(o, texts[k]);
        fwrite(&row, sizeof row, 1, o->file);
    }
    for (size_t i = 0; i < keys->count; i++) {
        struct key_row row = {place_text(o, keys->items[i].text), keys->items[i].descriptor};
        fwrite(&row, sizeof row, 1, o->file);
    }
    for (size_t i = 0; i < g->count; i++) {
        gather_texts(&g->items[i].descriptor, texts);
        for (int k = 0; k < TEXTS; k++)
            put_text(o, texts[k]);
    }
    for (size_t i = 0; i < keys->count; i++)
        put_text(o, keys->items[i].text);
}

static bool write_whole(const char *path, const compiled_draft *g, const struct key_list *keys)
{
    struct output o = {.file = fopen(path, "wb")};
    struct head head = {
        .count = (uint32_t)g->count, .key_count = (uint32_t)keys->count, .order = ORDER};
    if (!o.file)
        return false;
    memcpy(head.magic, magic, sizeof magic);
    fwrite(&head, sizeof head, 1, o.file);
    put_rows(&o, g, keys);
    head.pool = (uint32_t)o.pool;
    bool whole = o.pool < MOST_FILE && fseek(o.file, 0, SEEK_SET) == 0 &&
                 fwrite(&head, sizeof head, 1, o.file) == 1 && fflush(o.file) == 0 &&
                 !ferror(o.file) && fsync(fileno(o.file)) == 0;
    return fclose(o.file) == 0 && whole;
}

static bool make_folder_of(const char *path)
{
    buf folder = {0};
    bool made = true;
    for (size_t i = 1; path[i]; i++) {
        if (path[i] != '/')
            continue;
        buf_clear(&folder);
        buf_add(&folder, (str){path, i});
        made = mkdir(buf_text(&folder), 0777) == 0 || errno == EEXIST;
    }
    buf_free(&folder);
    return made;
}

osler_status compiled_write(const char *path, compiled_draft *g, size_t *terms, osler_error *error)
{
    struct key_list keys = {0};
    buf part = {0};
    if (g->count)
        qsort(g->items, g->count, sizeof *g->items, by_ui);
    *terms = make_keys(&g->memory, g, &keys);
    buf_printf(&part, "%s.part-%ld", path, (long)getpid());
    bool written = make_folder_of(path) && write_whole(buf_text(&part), g, &keys) &&
                   rename(buf_text(&part), path) == 0;
    int number = errno;
    if (!written)
        unlink(buf_text(&part));
    buf_free(&part);
    if (written)
        return OSLER_OK;
    fail(error, OSLER_EIO, 0, "cannot write the vocabulary: %s", strerror(number));
    return fail_source(error, OSLER_EIO, path);
}

void compiled_draft_free(compiled_draft *g)
{
    arena_free(&g->memory);
    *g = (compiled_draft){0};
}
