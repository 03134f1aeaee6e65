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
    double rate = (double)progress->done / (time - started);
    fputs("\r\033[K", stderr);
    print_cut(stderr, progress->what ? progress->what : "", 30);
    if (progress->total) {
        double left = rate > 0 ? (double)(progress->total - progress->done) / rate : 0;
        int filled = (int)(20 * progress->done / progress->total);
        fputs("  ", stderr);
        for (int i = 0; i < 20; i++)
            fputs(i < filled ? "\xE2\x96\x87" : "\xC2\xB7", stderr);
        fprintf(stderr, " %llu/%llu  %.0f records/s  %.0f s left",
                (unsigned long long)progress->done, (unsigned long long)progress->total, rate,
                left);
    } else {
        fprintf(stderr, "  %llu records  %.0f records/s", (unsigned long long)progress->done, rate);
    }
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
