/* Each server has a pace of its own; those who ask the same one share it. */
#include "check.h"

#include "fetch/pace.h"

#include <stdlib.h>

static bool near(double a, double b)
{
    return a - b < 1e-6 && b - a < 1e-6;
}

static pace open_without_file(const char *server, bool with_key, double gap)
{
    static const char *const variables[] = {"XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "HOME"};
    for (size_t i = 0; i < 3; i++)
        unsetenv(variables[i]);
    pace p;
    pace_open(&p, server, with_key, gap);
    CHECK(!p.path);
    return p;
}

TEST(servers_do_not_wait_for_each_other)
{
    pace a = open_without_file("a.example", false, 0.4),
         b = open_without_file("b.example", false, 2);
    pace again = open_without_file("a.example", false, 0.4);
    pace keyed = open_without_file("a.example", true, 0.1);
    CHECK(near(pace_take_turn(&a, 100), 0));
    CHECK(near(pace_take_turn(&b, 100), 0));
    CHECK(near(pace_take_turn(&keyed, 100), 0));
    CHECK(near(pace_take_turn(&again, 100), 0.4));
    CHECK(near(pace_take_turn(&b, 100.5), 1.5));
    pace_slow_down(&b, 200);
    CHECK(near(pace_take_turn(&a, 300), 0));
    CHECK(near(pace_take_turn(&a, 300), 0.4));
    CHECK(near(pace_take_turn(&b, 300), 0));
    CHECK(near(pace_take_turn(&b, 300), 4));
    pace_close(&a);
    pace_close(&b);
    pace_close(&again);
    pace_close(&keyed);
}

TEST(more_servers_than_there_is_room_for_share_a_pace)
{
    char name[] = "c0.example";
    for (int i = 0; i < 20; i++) {
        name[1] = (char)('a' + i);
        pace p = open_without_file(name, false, 0.4);
        CHECK(pace_take_turn(&p, 500) >= 0);
        pace_close(&p);
    }
}
