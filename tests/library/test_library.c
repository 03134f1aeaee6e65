/* Where the library is when nobody says so. */
#include "check.h"

#include <osler/library.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char home[64];

/* The path that is opened from `folder` (below home) for reading; "" when there is no library. */
static const char *found_from(const char *folder)
{
    static char found[128];
    char path[128];
    osler_library *library;
    snprintf(path, sizeof path, "%s/%s", home, folder);
    CHECK(chdir(path) == 0);
    found[0] = '\0';
    if (osler_library_open(&library, NULL, OSLER_LIBRARY_READ, NULL) != OSLER_OK)
        return found;
    snprintf(found, sizeof found, "%s", osler_library_path(library) + strlen(home));
    osler_library_close(library);
    return found;
}

static void make_library(const char *name)
{
    char path[128];
    osler_library *library;
    snprintf(path, sizeof path, "%s/%s", home, name);
    CHECK(osler_library_open(&library, path, OSLER_LIBRARY_WRITE, NULL) == OSLER_OK);
    osler_library_close(library);
}

static void make_folder(const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", home, name);
    CHECK(mkdir(path, 0700) == 0);
}

TEST(the_library_is_found_in_the_order_that_the_header_gives)
{
    char path[128], start[4096];
    osler_error error;
    osler_library *library;
    CHECK(getcwd(start, sizeof start) != NULL);
    strcpy(home, "/tmp/osler-test-library-XXXXXX");
    CHECK(mkdtemp(home) != NULL);
    make_folder("work");
    make_folder("work/deep");
    unsetenv("OSLER_LIBRARY");
    unsetenv("XDG_DATA_HOME");
    setenv("HOME", home, 1);
    CHECK_TEXT(found_from("work/deep"), "");
    CHECK(osler_library_open(&library, NULL, OSLER_LIBRARY_READ, &error) == OSLER_ENOTFOUND);
    CHECK(strstr(error.source, "/.local/share/osler/library.db") != NULL);
    make_library(".local/share/osler/library.db");
    CHECK_TEXT(found_from("work/deep"), "/.local/share/osler/library.db");
    make_library("data/osler/library.db");
    snprintf(path, sizeof path, "%s/data", home);
    setenv("XDG_DATA_HOME", "data", 1); /* relative: to be ignored */
    CHECK_TEXT(found_from("work"), "/.local/share/osler/library.db");
    setenv("XDG_DATA_HOME", path, 1);
    CHECK_TEXT(found_from("work"), "/data/osler/library.db");
    make_library("work/.osler/library.db");
    CHECK_TEXT(found_from("work/deep"), "/work/.osler/library.db");
    CHECK_TEXT(found_from("work"), "/work/.osler/library.db");
    CHECK_TEXT(found_from("data"), "/data/osler/library.db");
    make_library("set.db");
    snprintf(path, sizeof path, "%s/set.db", home);
    setenv("OSLER_LIBRARY", path, 1);
    CHECK_TEXT(found_from("work"), "/set.db");
    unsetenv("OSLER_LIBRARY");
    unsetenv("XDG_DATA_HOME");
    unsetenv("HOME");
    CHECK(chdir("/") == 0);
    CHECK(osler_library_open(&library, NULL, OSLER_LIBRARY_READ, &error) == OSLER_ECONFIG);
    CHECK(chdir(start) == 0);
    snprintf(path, sizeof path, "rm -rf '%s'", home);
    CHECK(system(path) == 0);
}

TEST(a_new_library_is_empty_and_sound)
{
    char folder[] = "/tmp/osler-test-library-XXXXXX", path[128];
    osler_library *library;
    osler_library_statistics statistics;
    osler_citation *citation;
    CHECK(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/a/b/library.db", folder);
    CHECK(osler_library_open(&library, path, OSLER_LIBRARY_WRITE, NULL) == OSLER_OK);
    CHECK_TEXT(osler_library_path(library), path);
    CHECK(osler_library_count(library, &statistics, NULL) == OSLER_OK);
    CHECK(statistics.citations == 0 && statistics.bytes > 0 && !statistics.last_change[0]);
    CHECK(osler_library_get(library, "990000001", &citation, NULL) == OSLER_ENOTFOUND && !citation);
    osler_library_close(library);
    snprintf(path, sizeof path, "rm -rf '%s'", folder);
    CHECK(system(path) == 0);
}
