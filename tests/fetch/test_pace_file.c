/* One pace for all processes of a user: here each "process" is a limiter of its own. */
#include "check.h"

#include "base/memory.h"
#include "fetch/pace_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/osler-pace-XXXXXX";

static bool near(double a, double b)
{
    return a - b < 1e-5 && b - a < 1e-5;
}

static char *new_path(void)
{
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    setenv("XDG_RUNTIME_DIR", folder, 1);
    return pace_file_path("eutils.example.org:8080", true);
}

static void remove_path(char *path)
{
    char inner[96];
    snprintf(inner, sizeof inner, "%s/osler", folder);
    CHECK(unlink(path) == 0);
    CHECK(rmdir(inner) == 0);
    CHECK(rmdir(folder) == 0);
    memory_free(path);
}

static double take(const char *path, limiter *l, double now)
{
    pace_file file = pace_file_open(path, l, now);
    double wait = limiter_take_turn(l, now);
    pace_file_close(file, l);
    return wait;
}

TEST(two_processes_take_turns)
{
    char *path = new_path();
    limiter a = {.gap = 0.4}, b = {.gap = 0.4};
    CHECK(near(take(path, &a, 100), 0));
    CHECK(near(take(path, &b, 100), 0.4));
    CHECK(near(take(path, &a, 100.1), 0.7));
    CHECK(near(take(path, &b, 100.2), 1.0));
    CHECK(near(take(path, &b, 900), 0));
    remove_path(path);
}

TEST(a_refusal_of_one_slows_the_other)
{
    char *path = new_path();
    limiter a = {.gap = 0.4}, b = {.gap = 0.4};
    CHECK(near(take(path, &a, 100), 0));
    pace_file file = pace_file_open(path, &a, 100);
    limiter_slow_down(&a, 100);
    pace_file_close(file, &a);
    CHECK(near(take(path, &b, 200), 0));
    CHECK(near(take(path, &b, 200), 0.8));
    remove_path(path);
}

TEST(nonsense_and_another_boot_are_passed_over)
{
    static const char *const contents[] = {"", "no numbers", "99999999999999999 9 9\n",
                                           "900000000000 1 0\n", "-5 -5 -5\n"};
    char *path = new_path();
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        limiter l = {.gap = 0.4};
        FILE *f = fopen(path, "w");
        CHECK(f && fputs(contents[i], f) >= 0 && fclose(f) == 0);
        CHECK(near(take(path, &l, 100), 0));
        CHECK(near(take(path, &l, 100), 0.4));
    }
    remove_path(path);
}

TEST(the_folder_is_the_users_own)
{
    struct stat about;
    char inner[96];
    char *path = new_path();
    limiter l = {.gap = 0.4};
    snprintf(inner, sizeof inner, "%s/osler", folder);
    CHECK(stat(inner, &about) == 0 && (about.st_mode & 0777) == 0700);
    CHECK(strstr(path, "pace-eutils.example.org_8080-key") != NULL);
    take(path, &l, 1);
    CHECK(stat(path, &about) == 0 && (about.st_mode & 0777) == 0600);
    remove_path(path);
}

TEST(without_a_place_there_is_no_file)
{
    limiter l = {.gap = 0.4};
    unsetenv("XDG_RUNTIME_DIR");
    unsetenv("XDG_CACHE_HOME");
    unsetenv("HOME");
    CHECK(pace_file_path("eutils.example.org", false) == NULL);
    CHECK(near(take(NULL, &l, 1), 0));
    CHECK(near(take("/nowhere/at/all", &l, 1), 0.4));
}
