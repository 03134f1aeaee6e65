/* A line in a locked file: microseconds on the clock that starts with the machine. */
#include "fetch/pace_file.h"

#include "base/buf.h"
#include "base/memory.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    LOCK_TRIES = 200, /* of 5 ms: who holds the lock does so for less than one */
    MOST_AHEAD = 60,  /* seconds; a time farther ahead is one of another boot */
};

/* A folder of ours: made if need be, and not one that somebody else put there. */
static bool make_folder(const char *path)
{
    struct stat about;
    if (mkdir(path, 0700) != 0 && lstat(path, &about) != 0)
        return false;
    return lstat(path, &about) == 0 && S_ISDIR(about.st_mode) && about.st_uid == geteuid() &&
           !(about.st_mode & (S_IWGRP | S_IWOTH));
}

/* The folder for it, in `out`. */
static bool find_folder(buf *out)
{
    static const struct {
        const char *variable, *below;
    } places[] = {{"XDG_RUNTIME_DIR", ""}, {"XDG_CACHE_HOME", ""}, {"HOME", "/.cache"}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const char *root = getenv(places[i].variable);
        if (!root || root[0] != '/')
            continue;
        buf_clear(out);
        buf_printf(out, "%s%s", root, places[i].below);
        if (*places[i].below)
            (void)mkdir(buf_text(out), 0700);
        buf_add_text(out, "/osler");
        if (make_folder(buf_text(out)))
            return true;
    }
    return false;
}

char *pace_file_path(const char *host, bool with_key)
{
    buf path = {0};
    char *copy = NULL;
    if (find_folder(&path)) {
        buf_add_text(&path, "/pace-");
        for (const char *c = host; *c; c++)
            buf_add_byte(&path, char_is_letter(*c) || char_is_digit(*c) || *c == '.' ? *c : '_');
        buf_add_text(&path, with_key ? "-key" : "");
        copy = memory_copy_text(buf_text(&path));
    }
    buf_free(&path);
    return copy;
}

static bool lock(int number)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct timespec pause = {0, 5000000};
    for (int i = 0; i < LOCK_TRIES; i++) {
        if (fcntl(number, F_SETLK, &whole) == 0)
            return true;
        nanosleep(&pause, NULL);
    }
    return false;
}

static void read_pace(int number, limiter *l, double now)
{
    char text[80];
    long long next, slow_until;
    int slowness;
    ssize_t length = pread(number, text, sizeof text - 1, 0);
    if (length <= 0)
        return;
    text[length] = '\0';
    if (sscanf(text, "%lld %d %lld", &next, &slowness, &slow_until) != 3)
        return;
    if ((double)next / 1e6 <= now + MOST_AHEAD && (double)next / 1e6 > l->next)
        l->next = (double)next / 1e6;
    if (slowness > 1 && slowness <= LIMITER_SLOWEST &&
        (double)slow_until / 1e6 <= now + LIMITER_SLOW_SECONDS) {
        l->slowness = slowness > l->slowness ? slowness : l->slowness;
        if ((double)slow_until / 1e6 > l->slow_until)
            l->slow_until = (double)slow_until / 1e6;
    }
}

pace_file pace_file_open(const char *path, limiter *l, double now)
{
    pace_file file = {-1};
    if (!path)
        return file;
    file.number = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file.number >= 0 && !lock(file.number)) {
        close(file.number);
        file.number = -1;
    }
    if (file.number >= 0)
        read_pace(file.number, l, now);
    return file;
}

void pace_file_close(pace_file file, const limiter *l)
{
    char text[80];
    if (file.number < 0)
        return;
    int length =
        snprintf(text, sizeof text, "%020lld %d %020lld\n", (long long)(l->next * 1e6),
                 (int)(l->slowness > 1 ? l->slowness : 1), (long long)(l->slow_until * 1e6));
    /* What cannot be written is no worse than a file that is not there. */
    ssize_t written = pwrite(file.number, text, (size_t)length, 0);
    (void)written;
    close(file.number);
}
