/* Appraising in several threads at once, from the first call on. */
#include "appraise/appraise.h"
#include "base/buf.h"
#include "check.h"
#include "support.h"

#include <pthread.h>

enum { THREADS = 4, ROUNDS = 20, RECORDS = 4 };

static osler_record *records[RECORDS];
static pthread_barrier_t start;

static void describe(buf *b, const osler_record *record)
{
    arena memory = {0};
    osler_appraisal a;
    appraise(&memory, &a, record, NULL);
    buf_printf(b, "%s %.6f %ld %s %zu %zu;", a.design, a.confidence, a.n, a.n_kind ? a.n_kind : "-",
               a.modifiers.count, a.flags.count);
    for (size_t i = 0; i < a.witnesses.count; i++)
        buf_printf(b, "%s %.6f;", a.witnesses.items[i].cue, a.witnesses.items[i].weight);
    arena_free(&memory);
}

static void *work(void *out)
{
    pthread_barrier_wait(&start);
    for (int round = 0; round < ROUNDS; round++) {
        buf_clear(out);
        for (int i = 0; i < RECORDS; i++)
            describe(out, records[i]);
    }
    return NULL;
}

static void invent_all(arena *memory)
{
    records[0] = invent(memory, "Exercise for neck pain: a randomised, double-blind trial",
                        "Eighty-four patients were randomised to exercise (n = 42) or placebo "
                        "(n = 42) in two centres. ISRCTN12345678.");
    records[1] = invent(memory, "Headache in school children: systematic review and meta-analysis",
                        "METHODS: We searched MEDLINE, Embase and CINAHL. RESULTS: Twelve trials "
                        "with 1,204 participants were included.");
    records[2] =
        invent(memory, "[Retracted] Paediatric migraine: a cohort", "We followed 120 girls.");
    records[3] = invent(memory, "Reply to the authors", NULL);
    invent_types(memory, records[0], "D016449");
    invent_headings(memory, records[0], "D006801|D004311");
    invent_types(memory, records[3], "Letter|Comment");
}

TEST(threads_appraise_alike)
{
    arena memory = {0};
    pthread_t threads[THREADS];
    buf told[THREADS] = {0}, alone = {0};
    invent_all(&memory);
    pthread_barrier_init(&start, NULL, THREADS);
    for (int i = 0; i < THREADS; i++)
        CHECK(pthread_create(&threads[i], NULL, work, &told[i]) == 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < RECORDS; i++)
        describe(&alone, records[i]);
    for (int i = 0; i < THREADS; i++) {
        CHECK_TEXT(buf_text(&told[i]), buf_text(&alone));
        buf_free(&told[i]);
    }
    buf_free(&alone);
    pthread_barrier_destroy(&start);
    arena_free(&memory);
}
