/* Preparing records on the threads of an import. */
#include "store/prepare.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"
#include "record/pack.h"
#include "store/database.h"
#include "store/facts.h"

#include <string.h>

/* Packed records that are compressed together: about so many bytes, and no more records.  One of
 * them is read by expanding all; and of their compressed bytes, what is more than whole pages
 * of SQLite's should be little, for of such rests few go into a page. */
enum { TOGETHER_BYTES = 44 << 10, TOGETHER = 64 };

struct store_preparer {
    store *reader; /* NULL: the library had no records when the transaction began */
    bool keep_original;
    bool alone; /* packed records are compressed one by one */
    buf packed, compressed;
    struct compressor compressor;
    facts_maker *facts;
    str last; /* original that known() has just digested, and found not to be known */
    digest last_digest;
};

static osler_status open_reader(store_preparer *p, const store *s, osler_error *error)
{
    int64_t arrived;
    osler_status status = store_open(&p->reader, s->path, STORE_READ, error);
    if (status == OSLER_OK)
        status = store_begin_reading(p->reader, error);
    if (status == OSLER_OK)
        status = store_number(p->reader, "SELECT EXISTS(SELECT 1 FROM arrival)", &arrived, error);
    if (status == OSLER_OK) /* records mostly come in the order of their rows */
        status = store_exec(p->reader, "PRAGMA cache_size = -4096", error);
    if (status == OSLER_OK && !arrived) {
        store_close(p->reader);
        p->reader = NULL;
    }
    return status;
}

/* One that knows nothing of the library. */
static store_preparer *new_preparer(bool keep_original)
{
    store_preparer *p = memory_alloc(sizeof *p);
    p->keep_original = keep_original;
    p->facts = facts_maker_new();
    return p;
}

store_preparer *prepare_own(store *s)
{
    if (!s->preparer)
        s->preparer = new_preparer(true);
    s->preparer->alone = true;
    return s->preparer;
}

facts_maker *prepare_own_facts(store *s)
{
    return prepare_own(s)->facts;
}

osler_status store_preparer_new(store_preparer **out, store *s, bool keep_original,
                                osler_error *error)
{
    *out = new_preparer(keep_original);
    osler_status status = open_reader(*out, s, error);
    if (status == OSLER_OK)
        return status;
    store_preparer_free(*out);
    *out = NULL;
    return status;
}

void store_preparer_free(store_preparer *p)
{
    if (!p)
        return;
    store_close(p->reader);
    buf_free(&p->packed);
    buf_free(&p->compressed);
    compress_close(&p->compressor);
    facts_maker_free(p->facts);
    memory_free(p);
}

/* The digits behind `mark` and what stands up to `open`; 0 when there are none. */
static int64_t number_behind(str text, const char *mark, char open)
{
    size_t length = strlen(mark);
    for (size_t at = str_find(text, mark[0]); at + length < text.length;) {
        if (memcmp(text.data + at, mark, length) == 0) {
            str rest = str_part(text, at + length, 64);
            size_t start = str_find(rest, open) + 1;
            int64_t number = 0;
            for (size_t i = start; i < rest.length && i < start + 12 && char_is_digit(rest.data[i]);
                 i++)
                number = number * 10 + (rest.data[i] - '0');
            return number;
        }
        at += 1 + str_find(str_part(text, at + 1, text.length), mark[0]);
    }
    return 0;
}

/* What the first PMID in the bytes of a record seems to be: PubMed XML or MEDLINE text.  A wrong
 * guess costs time only, for the digests decide. */
static int64_t guess_pmid(str original)
{
    str head = str_part(original, 0, 2000);
    bool xml = str_starts_with(head, (str)STR("<"));
    return xml ? number_behind(head, "<PMID", '>') : number_behind(head, "PMID", ' ');
}

bool store_prepare_known(store_preparer *p, arena *memory, str original, store_prepared *out)
{
    (void)memory;
    *out = (store_prepared){.keep_original = p->keep_original};
    int64_t pmid = p->reader ? guess_pmid(original) : 0;
    if (!pmid)
        return false;
    out->incoming.original = original;
    out->original_digest = digest_of(original);
    p->last = original;
    p->last_digest = out->original_digest;
    sqlite3_stmt *row;
    osler_status status = store_first(p->reader, STATEMENT_FIND_KNOWN,
                                      VALUES(value_int(pmid), value_digest(&out->original_digest),
                                             value_int(STORE_RULES), value_int(p->keep_original)),
                                      &row, NULL);
    if (status != OSLER_OK) /* a failure shows again where it can be told */
        return false;
    out->citation = sqlite3_column_int64(row, 0);
    bool sound = store_column_digest(row, 1, &out->digest);
    store_reset(row);
    if (sound)
        p->last = (str){NULL, 0};
    return sound;
}

static str copied(arena *memory, str bytes)
{
    char *copy = arena_alloc(memory, bytes.length + 1);
    memcpy(copy, bytes.data, bytes.length);
    return (str){copy, bytes.length};
}

static str compressed(store_preparer *p, arena *memory, str packed)
{
    buf_clear(&p->compressed);
    compress_add(&p->compressor, COMPRESS_RECORD, &p->compressed, packed);
    return copied(memory, buf_str(&p->compressed));
}

osler_status store_prepare(store_preparer *p, arena *memory, arena *documents,
                           const store_incoming *incoming, store_prepared *out, osler_error *error)
{
    str original = incoming->original;
    bool digested =
        original.length && p->last.data == original.data && p->last.length == original.length;
    p->last = (str){NULL, 0};
    *out = (store_prepared){.incoming = *incoming, .stays = documents != memory};
    buf_clear(&p->packed);
    record_pack(&p->packed, incoming->record);
    str packed = buf_str(&p->packed);
    if (packed.length > LIMIT_PACKED)
        return fail(error, OSLER_ELIMIT, 0,
                    "this record takes more than %d MB, the most that a library holds",
                    LIMIT_PACKED >> 20);
    out->digest = digest_of(packed);
    if (original.length)
        out->original_digest = digested ? p->last_digest : digest_of(original);
    out->packed = p->alone ? compressed(p, memory, packed) : copied(memory, packed);
    facts_make_document(p->facts, documents, incoming->record, incoming->appraisal, &out->document);
    return OSLER_OK;
}

static bool has_original(const store_preparer *p, const store_prepared *item)
{
    return p->keep_original && item->incoming.record && item->incoming.original.length;
}

/* Packed records in one block, or one alone. */
static void compress_together(store_preparer *p, arena *memory, store_prepared *const *items,
                              size_t count)
{
    store_block *together = NULL;
    if (count == 1) {
        items[0]->packed = compressed(p, memory, items[0]->packed);
        return;
    }
    together = arena_alloc(memory, sizeof *together);
    buf_clear(&p->packed);
    for (size_t i = 0; i < count; i++) {
        items[i]->together = together;
        items[i]->packed_start = p->packed.length;
        items[i]->packed_length = items[i]->packed.length;
        buf_add(&p->packed, items[i]->packed);
    }
    together->data = compressed(p, memory, buf_str(&p->packed));
}

/* All that there are, divided evenly. */
static void prepare_packed(store_preparer *p, arena *memory, store_prepared *const *items,
                           size_t count)
{
    store_prepared *waiting[TOGETHER];
    size_t left = 0, all = 0, some = 0, bytes = 0;
    for (size_t i = 0; i < count; i++) {
        left += items[i]->incoming.record != NULL;
        all += items[i]->incoming.record ? items[i]->packed.length : 0U;
    }
    size_t blocks = (all + TOGETHER_BYTES / 2) / TOGETHER_BYTES;
    size_t share = blocks ? all / blocks : all;
    for (size_t i = 0; i < count; i++) {
        if (!items[i]->incoming.record)
            continue;
        waiting[some++] = items[i];
        bytes += items[i]->packed.length;
        size_t next = i + 1 < count ? items[i + 1]->packed.length : 0;
        if (--left && some < TOGETHER && bytes + next / 2 <= share)
            continue;
        compress_together(p, memory, waiting, some);
        some = bytes = 0;
    }
}

void store_prepare_blocks(store_preparer *p, arena *memory, store_prepared *const *items,
                          size_t count)
{
    if (!p->alone)
        prepare_packed(p, memory, items, count);
    store_block *block = NULL;
    buf_clear(&p->packed);
    for (size_t i = 0; i < count; i++) {
        if (!has_original(p, items[i]))
            continue;
        if (!block)
            block = arena_alloc(memory, sizeof *block);
        items[i]->block = block;
        items[i]->start = p->packed.length;
        buf_add(&p->packed, items[i]->incoming.original);
    }
    if (!block)
        return;
    buf_clear(&p->compressed);
    compress_add(&p->compressor, COMPRESS_ORIGINAL, &p->compressed, buf_str(&p->packed));
    block->data = copied(memory, buf_str(&p->compressed));
}
