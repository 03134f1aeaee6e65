/* Pipelines: the reader and its parsers on an assembly line. */
#include "library/pipeline.h"

#include "base/memory.h"

enum {
    BYTES_UNDER_WAY = 8 << 20, /* of the input, cut and not yet taken */
    LOADS_A_WORKER = 2,
};

struct pipeline {
    pipeline_plan plan;
    piece_parser **parsers; /* one a worker */
    void **loads;
    size_t load_count;
    queue *queue;
    batch *taken; /* of the load that the caller has */
};

static bool fill(void *context, void *load, size_t *size)
{
    pipeline *p = context;
    batch *b = load;
    bool more = batch_fill(b, p->plan.reader);
    *size = b->bytes.length;
    return more;
}

static void work(void *context, unsigned worker, void *load)
{
    pipeline *p = context;
    p->plan.work(p->plan.context, worker, p->parsers[worker], load);
}

unsigned pipeline_workers(unsigned threads)
{
    return threads ? threads : queue_processors();
}

osler_status pipeline_open(pipeline **out, const pipeline_plan *plan, osler_error *error)
{
    pipeline *p = memory_alloc(sizeof *p);
    p->plan = *plan;
    p->load_count = (size_t)(plan->workers + 1) * LOADS_A_WORKER;
    p->loads = memory_alloc(p->load_count * sizeof *p->loads);
    p->parsers = memory_alloc(plan->workers * sizeof *p->parsers);
    for (size_t i = 0; i < p->load_count; i++)
        p->loads[i] = memory_alloc(plan->load_size);
    for (unsigned i = 0; i < plan->workers; i++)
        p->parsers[i] = piece_parser_new(plan->reader);
    queue_plan line = {.context = p,
                       .items = p->loads,
                       .count = p->load_count,
                       .most = BYTES_UNDER_WAY,
                       .workers = plan->workers,
                       .fill = fill,
                       .work = work};
    osler_status status = queue_start(&p->queue, &line, error);
    *out = status == OSLER_OK ? p : NULL;
    if (status != OSLER_OK)
        pipeline_close(p);
    return status;
}

queue_answer pipeline_next(pipeline *p, void **load)
{
    if (p->taken)
        batch_clear(p->taken);
    queue_answer answer = queue_next(p->queue, load);
    p->taken = *load;
    return answer;
}

void pipeline_close(pipeline *p)
{
    if (!p)
        return;
    reader_stop(p->plan.reader);
    queue_close(p->queue);
    for (unsigned i = 0; i < p->plan.workers; i++)
        piece_parser_free(p->parsers[i]);
    for (size_t i = 0; i < p->load_count; i++) {
        batch_free(p->loads[i]);
        if (p->plan.free_load)
            p->plan.free_load(p->loads[i]);
        memory_free(p->loads[i]);
    }
    memory_free(p->parsers);
    memory_free(p->loads);
    memory_free(p);
}
