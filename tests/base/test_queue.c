/* The assembly line: order, bounds, and stopping anywhere, under random delays. */
#include "base/queue.h"
#include "check.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { ITEMS = 6, MOST_WORKERS = 5 };

struct item {
    unsigned number, worked_by, answer;
};

/* One line, and what is counted under its lock. */
struct line {
    struct item items[ITEMS];
    void *places[ITEMS];
    unsigned count, filled; /* numbers to be filled; filled so far */
    unsigned delay;         /* microseconds, at most */
    size_t size;            /* of each item; of every tenth, ten times that */
    pthread_mutex_t lock;
    unsigned under_way, most_under_way;
    size_t weight, most_weight;
    bool worked[MOST_WORKERS];
};

/* A different sequence for each thread and place: what is under test is not in step with it. */
static void linger(const struct line *line, unsigned seed)
{
    unsigned state = seed * 2654435761U + 12345;
    state ^= state >> 15;
    if (!line->delay || state % 3 == 0)
        return;
    struct timespec time = {.tv_nsec = (long)(state % line->delay) * 1000};
    nanosleep(&time, NULL);
}

static size_t size_of(const struct line *line, unsigned number)
{
    return number % 10 == 9 ? line->size * 10 : line->size;
}

static bool fill(void *context, void *opaque, size_t *size)
{
    struct line *line = context;
    struct item *item = opaque;
    if (line->filled == line->count)
        return false;
    linger(line, line->filled * 3);
    *item = (struct item){.number = line->filled++};
    *size = size_of(line, item->number);
    return true;
}

static void work(void *context, unsigned worker, void *opaque)
{
    struct line *line = context;
    struct item *item = opaque;
    pthread_mutex_lock(&line->lock);
    line->worked[worker] = true;
    line->under_way++;
    line->weight += size_of(line, item->number);
    if (line->under_way > line->most_under_way)
        line->most_under_way = line->under_way;
    if (line->weight > line->most_weight)
        line->most_weight = line->weight;
    pthread_mutex_unlock(&line->lock);
    linger(line, item->number * 3 + 1);
    item->answer = item->number * item->number;
    item->worked_by = worker;
}

/* The caller has taken it: it counts as under way until it asks for the next one. */
static void leave(struct line *line, const struct item *item)
{
    pthread_mutex_lock(&line->lock);
    line->under_way--;
    line->weight -= size_of(line, item->number);
    pthread_mutex_unlock(&line->lock);
}

static queue *start(struct line *line, unsigned workers, size_t most)
{
    queue *q;
    pthread_mutex_init(&line->lock, NULL);
    for (size_t i = 0; i < ITEMS; i++)
        line->places[i] = &line->items[i];
    queue_plan plan = {.context = line,
                       .items = line->places,
                       .count = ITEMS,
                       .most = most,
                       .workers = workers,
                       .fill = fill,
                       .work = work};
    if (queue_start(&q, &plan, NULL) != OSLER_OK)
        abort();
    return q;
}

static void finish(queue *q, struct line *line)
{
    queue_close(q);
    pthread_mutex_destroy(&line->lock);
}

/* Take up to `most` items; how many there were. */
static unsigned take(queue *q, struct line *line, unsigned most)
{
    void *opaque;
    unsigned taken = 0;
    queue_answer answer = QUEUE_LATER;
    while (taken < most && (answer = queue_next(q, &opaque)) != QUEUE_END) {
        if (answer == QUEUE_LATER)
            continue;
        const struct item *item = opaque;
        CHECK(item->number == taken && item->answer == taken * taken);
        linger(line, taken * 3 + 2);
        leave(line, item);
        taken++;
    }
    CHECK(taken == most || queue_next(q, &opaque) == QUEUE_END);
    return taken;
}

TEST(items_come_in_order_and_nothing_is_lost)
{
    static const unsigned delays[] = {0, 50, 400}, counts[] = {0, 1, 5, 6, 7, 300};
    for (unsigned workers = 1; workers <= MOST_WORKERS; workers++)
        for (size_t d = 0; d < sizeof delays / sizeof *delays; d++)
            for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
                struct line line = {.count = counts[c], .delay = delays[d], .size = 1};
                queue *q = start(&line, workers, 1000);
                CHECK(take(q, &line, 1000) == counts[c]);
                CHECK(line.most_under_way <= ITEMS);
                finish(q, &line);
            }
}

TEST(several_workers_share_the_work)
{
    struct line line = {.count = 300, .delay = 400, .size = 1};
    queue *q = start(&line, 3, 1000);
    CHECK(take(q, &line, 1000) == 300);
    CHECK(line.worked[0] && line.worked[1] && line.worked[2]);
    CHECK(line.most_under_way > 1);
    finish(q, &line);
}

TEST(sizes_under_way_are_bounded_and_a_large_item_goes_alone)
{
    struct line line = {.count = 200, .delay = 50, .size = 100};
    queue *q = start(&line, 3, 250); /* two small ones; every tenth is of size 1000 */
    CHECK(take(q, &line, 1000) == 200);
    CHECK(line.most_weight <= 1000 && line.most_under_way <= 2);
    finish(q, &line);
}

TEST(closing_stops_the_threads_wherever_they_are)
{
    for (unsigned stop = 0; stop < 60; stop++) {
        struct line line = {.count = 1000000, .delay = stop % 3 * 100, .size = 1};
        queue *q = start(&line, 1 + stop % MOST_WORKERS, 1 + stop % 4);
        CHECK(take(q, &line, stop) == stop);
        finish(q, &line);
        CHECK(line.filled <= stop + ITEMS + 1);
    }
    queue_close(NULL);
}

static bool fill_slowly(void *context, void *item, size_t *size)
{
    struct timespec time = {.tv_nsec = 250000000};
    nanosleep(&time, NULL);
    return fill(context, item, size);
}

TEST(the_caller_is_not_kept_waiting)
{
    struct line line = {.count = 1, .size = 1};
    void *places[] = {&line.items[0]}, *item;
    queue *q;
    unsigned later = 0;
    queue_answer answer;
    pthread_mutex_init(&line.lock, NULL);
    queue_plan plan = {&line, places, 1, 1, 1, fill_slowly, work};
    if (queue_start(&q, &plan, NULL) != OSLER_OK)
        abort();
    while ((answer = queue_next(q, &item)) == QUEUE_LATER)
        later++;
    CHECK(later >= 1 && answer == QUEUE_ITEM);
    finish(q, &line);
    CHECK(queue_processors() >= 1);
}
