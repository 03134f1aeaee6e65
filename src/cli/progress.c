/* The progress bar, and stopping at Ctrl-C. */
#include "command.h"
#include "output.h"

#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;
static bool drawn;

static void on_signal(int number)
{
    (void)number;
    interrupted = 1;
}

void catch_interrupts(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    action.sa_flags = (int)SA_RESETHAND; /* a second Ctrl-C ends the program at once */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool was_interrupted(void)
{
    return interrupted != 0;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static bool wanted(void)
{
    if (common.quiet || (common.progress && strcmp(common.progress, "never") == 0))
        return false;
    if (common.progress && strcmp(common.progress, "always") == 0)
        return true;
    return isatty(STDERR_FILENO);
}

/* By the bytes of the input, else by the records; 0: not known. */
static double share_done(const osler_progress *progress)
{
    double done = (double)progress->done, all = (double)progress->total;
    if (progress->size) {
        done = (double)progress->read;
        all = (double)progress->size;
    }
    return all <= 0 ? 0 : done < all ? done / all : 1;
}

static void draw_bar(double share)
{
    enum { LENGTH = 20 };
    for (int i = 0; i < LENGTH; i++)
        fputs(i < (int)(LENGTH * share) ? "\xE2\x96\x87" : "\xC2\xB7", stderr);
    fprintf(stderr, " %.0f %%  ", 100 * share);
}

static void print_time_left(double seconds)
{
    unsigned long left = (unsigned long)seconds, minutes = left / 60;
    if (minutes >= 60)
        fprintf(stderr, "  %lu h %lu min left", minutes / 60, minutes % 60);
    else if (minutes)
        fprintf(stderr, "  %lu min %lu s left", minutes, left % 60);
    else
        fprintf(stderr, "  %lu s left", left);
}

bool draw_progress(void *context, const osler_progress *progress)
{
    static double started, last;
    (void)context;
    double time = now();
    if (started == 0)
        started = time;
    if (!wanted() || time - started < 0.5 || time - last < 0.1)
        return !interrupted;
    last = time;
    drawn = true;
    fputs("\r\033[K", stderr);
    print_cut(stderr, progress->what ? progress->what : "", 30);
    fputs("  ", stderr);
    double share = share_done(progress);
    if (share > 0)
        draw_bar(share);
    fprintf(stderr, "%llu", (unsigned long long)progress->done);
    if (progress->total && !progress->size)
        fprintf(stderr, "/%llu", (unsigned long long)progress->total);
    fprintf(stderr, " records  %.0f records/s", (double)progress->done / (time - started));
    if (share > 0)
        print_time_left((time - started) * (1 - share) / share);
    if (progress->retries)
        fprintf(stderr, "  (%llu repeated)", (unsigned long long)progress->retries);
    fflush(stderr);
    return !interrupted;
}

void finish_progress(void)
{
    if (drawn)
        fputs("\r\033[K", stderr);
    drawn = false;
}
