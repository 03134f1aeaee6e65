/* The relay: order, bounds, and stopping by either side. */
#include "base/relay.h"
#include "check.h"

#include <stdlib.h>

enum { ITEMS = 3 };

/* What passes from one side to the other, and what the thread saw. */
struct line {
    unsigned items[ITEMS];
    void *places[ITEMS];
    unsigned count; /* to be put */
    unsigned taken, wrong;
};

static relay *start(struct line *l, void (*run)(void *context, relay *r))
{
    relay *r;
    for (int i = 0; i < ITEMS; i++)
        l->places[i] = &l->items[i];
    relay_plan plan = {.context = l, .items = l->places, .count = ITEMS, .run = run};
    CHECK(relay_start(&r, &plan, NULL) == OSLER_OK);
    return r;
}

static void take_all(void *context, relay *r)
{
    struct line *l = context;
    unsigned *item;
    while ((item = relay_take(r)) != NULL)
        l->wrong += *item != l->taken++;
}

static void put_all(void *context, relay *r)
{
    struct line *l = context;
    unsigned *item;
    for (unsigned i = 0; i < l->count && (item = relay_room(r)) != NULL; i++) {
        *item = i;
        relay_put(r);
    }
    relay_end(r);
}

TEST(the_thread_takes_what_is_put_in_order)
{
    struct line l = {.count = 5000};
    relay *r = start(&l, take_all);
    for (unsigned i = 0; i < l.count; i++) {
        unsigned *item = relay_room(r);
        CHECK(item && item == relay_room(r));
        *item = i;
        relay_put(r);
        if (i % 1000 == 17) {
            relay_wait(r);
            CHECK(l.taken == i + 1); /* nothing is under way */
        }
    }
    relay_wait(r);
    CHECK(l.taken == l.count && !l.wrong);
    relay_close(r);
}

TEST(the_thread_puts_and_ends)
{
    struct line l = {.count = 5000};
    relay *r = start(&l, put_all);
    unsigned *item, next = 0;
    while ((item = relay_take(r)) != NULL)
        CHECK(*item == next++);
    CHECK(next == l.count);
    CHECK(!relay_take(r));
    relay_close(r);
}

/* The thread waits for room or for items; closing ends that. */
TEST(closing_ends_the_thread)
{
    struct line putting = {.count = 5000}, taking = {0};
    relay *r = start(&putting, put_all);
    CHECK(relay_take(r) && relay_take(r));
    relay_close(r);
    relay_close(start(&taking, take_all));
    CHECK(!taking.taken);
    relay_close(NULL);
}
