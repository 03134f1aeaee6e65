/* Where a long text goes, and what is said of it. */
#include "file_output.h"

#include "command.h"
#include "output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SUFFIX = 40 };

bool open_output(struct file_output *out, const char *path)
{
    struct stat about;
    *out = (struct file_output){.file = stdout, .path = path};
    if (!path)
        return true;
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode)) {
        out->file = fopen(path, "wb");
    } else {
        size_t size = strlen(path) + SUFFIX;
        out->part = need(malloc(size));
        snprintf(out->part, size, "%s.part-%ld", path, (long)getpid());
        out->file = fopen(out->part, "wbx");
    }
    if (out->file)
        return true;
    fputs("osler: ", stderr);
    print_inert(stderr, path);
    fprintf(stderr, ": cannot write: %s\n", strerror(errno));
    free(out->part);
    return false;
}

bool close_output(struct file_output *out, bool keep)
{
    int number = out->number;
    if (!out->path)
        return fflush(stdout) == 0; /* main() says what went wrong */
    if (fclose(out->file) != 0 && !number)
        number = errno;
    if (out->part && keep && !number && rename(out->part, out->path) != 0)
        number = errno;
    if (out->part && (!keep || number))
        unlink(out->part);
    free(out->part);
    if (!number)
        return true;
    fputs("osler: ", stderr);
    print_inert(stderr, out->path);
    fprintf(stderr, ": cannot write: %s\n", strerror(number));
    return false;
}

bool write_output(struct file_output *out, const char *text, size_t length)
{
    if (fwrite(text, 1, length, out->file) == length)
        return true;
    out->number = errno;
    return false;
}

/* "countries of journals" for one: "country of journals". */
static void print_singular(FILE *out, const char *plural)
{
    const char *of = strstr(plural, " of "), *in = strstr(plural, " in ");
    const char *rest = of ? of : in ? in : plural + strlen(plural);
    int head = (int)(rest - plural);
    bool s = head > 1 && plural[head - 1] == 's';
    if (s && head > 3 && strncmp(plural + head - 3, "ies", 3) == 0)
        fprintf(out, "%.*sy%s", head - 3, plural, rest);
    else if (s && head > 4 && strncmp(plural + head - 4, "sses", 4) == 0)
        fprintf(out, "%.*s%s", head - 2, plural, rest);
    else
        fprintf(out, "%.*s%s", s ? head - 1 : head, plural, rest);
}

void print_left_out(const char *format, const osler_left_out_list *list)
{
    if (common.quiet || !list->count)
        return;
    fprintf(stderr, "osler: %s has no place for", format);
    for (size_t i = 0; i < list->count; i++) {
        const osler_left_out *one = &list->items[i];
        fprintf(stderr, "%s %llu ", i ? "," : "", (unsigned long long)one->count);
        if (one->count == 1)
            print_singular(stderr, one->what);
        else
            fputs(one->what, stderr);
    }
    fputc('\n', stderr);
}

bool knows_name(const char *wanted, const char *(*name)(unsigned index))
{
    size_t length = strcspn(wanted, ":"); /* csv:title=Article Title */
    for (unsigned i = 0; name(i); i++)
        if (strncmp(name(i), wanted, length) == 0 && !name(i)[length])
            return true;
    return false;
}

int usage_of_names(const char *what, const char *(*name)(unsigned index))
{
    fprintf(stderr, "osler %s", what);
    for (unsigned i = 0; name(i); i++)
        fprintf(stderr, " %s", name(i));
    fputc('\n', stderr);
    return EXIT_BAD_USAGE;
}

const char *format_of(const char *to, const char *profile)
{
    for (unsigned i = 0; !to && profile && osler_profile_name(i); i++)
        if (strcmp(osler_profile_name(i), profile) == 0)
            return osler_profile_format(i);
    return to;
}
