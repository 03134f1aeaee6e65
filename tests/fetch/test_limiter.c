/* The pace of requests, on a clock of our own. */
#include "check.h"

#include "fetch/limiter.h"

static bool near(double a, double b)
{
    return a - b < 1e-9 && b - a < 1e-9;
}

TEST(the_first_request_goes_out_at_once)
{
    limiter l = {.gap = 0.4};
    CHECK(near(limiter_take_turn(&l, 1000), 0));
}

TEST(turns_are_a_gap_apart_even_when_taken_together)
{
    limiter l = {.gap = 0.4};
    CHECK(near(limiter_take_turn(&l, 10), 0));
    CHECK(near(limiter_take_turn(&l, 10), 0.4));
    CHECK(near(limiter_take_turn(&l, 10), 0.8));
    CHECK(near(limiter_take_turn(&l, 10.5), 0.7));
}

TEST(a_late_request_waits_for_nothing)
{
    limiter l = {.gap = 0.4};
    CHECK(near(limiter_take_turn(&l, 10), 0));
    CHECK(near(limiter_take_turn(&l, 99), 0));
    CHECK(near(limiter_take_turn(&l, 99.1), 0.3));
}

TEST(the_gap_begins_when_the_server_is_heard)
{
    limiter l = {.gap = 0.4};
    CHECK(near(limiter_take_turn(&l, 10), 0));
    limiter_heard(&l, 12); /* a slow server */
    CHECK(near(limiter_take_turn(&l, 12), 0.4));
    limiter_heard(&l, 11); /* old news does not shorten a wait */
    CHECK(near(limiter_take_turn(&l, 12.4), 0.4));
}

TEST(a_refusal_halves_the_pace_down_to_an_eighth)
{
    limiter l = {.gap = 0.5};
    static const double gaps[] = {1, 2, 4, 4, 4};
    for (int i = 0; i < 5; i++) {
        limiter_slow_down(&l, 100 * (i + 1));
        limiter_heard(&l, 100 * (i + 1));
        CHECK(near(limiter_take_turn(&l, 100 * (i + 1)), gaps[i]));
    }
}

TEST(after_a_while_the_usual_pace_is_tried_again)
{
    limiter l = {.gap = 0.5};
    limiter_slow_down(&l, 10);
    CHECK(near(limiter_take_turn(&l, 10 + LIMITER_SLOW_SECONDS), 0));
    CHECK(near(limiter_take_turn(&l, 10 + LIMITER_SLOW_SECONDS), 1));
    CHECK(near(limiter_take_turn(&l, 20 + LIMITER_SLOW_SECONDS), 0));
    CHECK(near(limiter_take_turn(&l, 20 + LIMITER_SLOW_SECONDS), 0.5));
}

TEST(nothing_can_be_sent_faster_than_the_gap)
{
    limiter l = {.gap = LIMITER_GAP};
    double now = 0, last = -1, shortest = 9;
    for (int i = 0; i < 1000; i++) {
        now += limiter_take_turn(&l, now);
        if (last >= 0 && now - last < shortest)
            shortest = now - last;
        last = now;
        now += 0.001 * (i % 700); /* replies of all lengths */
        if (i % 3)
            limiter_heard(&l, now);
    }
    CHECK(shortest >= LIMITER_GAP - 1e-9);
    CHECK(LIMITER_GAP >= 0.4 && LIMITER_GAP_WITH_KEY >= 0.12);
}
