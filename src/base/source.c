/* Sources: a file descriptor or memory, with gunzip in between when the bytes are gzip. */
#include "base/source.h"

#include "base/error.h"
#include "base/gunzip.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 256 << 10, PATIENCE = 100 /* ms between looks at whether to stop */ };

struct source {
    char *name;
    int file;                /* -1 when reading from memory */
    str rest;                /* raw bytes not given out yet: memory, or the chunk last read */
    char *chunk;             /* CHUNK bytes; NULL when reading from memory */
    uint64_t size, position; /* raw bytes */
    bool started, ended;
    bool in_member; /* between the start and the end of a gzip member */
    gunzip *gunzip; /* NULL when the bytes are not gzip */
    atomic_bool stopped;
};

static osler_status io_error(source *s, osler_error *error)
{
    fail(error, OSLER_EIO, 0, "cannot read: %s", strerror(errno));
    return fail_source(error, OSLER_EIO, s->name);
}

/* read(2), until there is something: a pipe may have nothing to say for long. */
static osler_status read_file(source *s, char *buffer, size_t size, size_t *got, osler_error *error)
{
    struct pollfd wait = {.fd = s->file, .events = POLLIN};
    *got = 0;
    for (;;) {
        if (atomic_load(&s->stopped)) {
            fail(error, OSLER_EINTERRUPTED, 0, "reading was stopped");
            return fail_source(error, OSLER_EINTERRUPTED, s->name);
        }
        int ready = s->size ? 1 : poll(&wait, 1, PATIENCE);
        if (ready == 0 || (ready < 0 && errno == EINTR))
            continue;
        ssize_t result = read(s->file, buffer, size);
        if (result >= 0) {
            *got = (size_t)result;
            s->position += *got;
            return OSLER_OK;
        }
        if (errno != EINTR)
            return io_error(s, error);
    }
}

/* Make `rest` hold at least one byte unless the raw input has ended. */
static osler_status refill(source *s, osler_error *error)
{
    if (s->rest.length || s->ended)
        return OSLER_OK;
    if (s->file < 0) {
        s->ended = true;
        return OSLER_OK;
    }
    size_t got;
    osler_status status = read_file(s, s->chunk, CHUNK, &got, error);
    s->ended = got == 0;
    s->rest = (str){s->chunk, got};
    return status;
}

/* A pipe may give the two magic bytes one at a time. */
static osler_status fill_two(source *s, osler_error *error)
{
    osler_status status = refill(s, error);
    while (status == OSLER_OK && s->rest.length == 1 && s->file >= 0) {
        s->chunk[0] = s->rest.data[0];
        size_t got;
        status = read_file(s, s->chunk + 1, CHUNK - 1, &got, error);
        if (status != OSLER_OK || !got)
            return status;
        s->rest = (str){s->chunk, got + 1};
    }
    return status;
}

static osler_status start(source *s, osler_error *error)
{
    osler_status status = fill_two(s, error);
    if (status != OSLER_OK)
        return status;
    s->started = true;
    s->in_member = s->rest.length >= 2 && (unsigned char)s->rest.data[0] == 0x1F &&
                   (unsigned char)s->rest.data[1] == 0x8B;
    if (s->in_member)
        s->gunzip = gunzip_new();
    return OSLER_OK;
}

static osler_status gzip_error(source *s, const char *what, osler_error *error)
{
    s->ended = true;
    s->rest.length = 0;
    s->in_member = false;
    fail(error, OSLER_EINPUT, 0, "the gzip data %s", what);
    return fail_source(error, OSLER_EINPUT, s->name);
}

/* After a member: another one, zero padding, or the end. */
static osler_status next_member(source *s, osler_error *error)
{
    osler_status status = refill(s, error);
    while (status == OSLER_OK && s->rest.length && s->rest.data[0] == '\0') {
        s->rest = str_part(s->rest, 1, s->rest.length);
        status = refill(s, error);
    }
    if (status != OSLER_OK || !s->rest.length)
        return status;
    if ((unsigned char)s->rest.data[0] != 0x1F)
        return gzip_error(s, "is followed by bytes that are not gzip", error);
    gunzip_restart(s->gunzip);
    s->in_member = true;
    return OSLER_OK;
}

static osler_status inflate_some(source *s, char *buffer, size_t size, size_t *got,
                                 osler_error *error)
{
    while (*got == 0) {
        osler_status status = s->in_member ? refill(s, error) : next_member(s, error);
        if (status != OSLER_OK)
            return status;
        if (!s->in_member)
            return OSLER_OK;
        if (!s->rest.length)
            return gzip_error(s, "ends early: the file is truncated", error);
        gunzip_answer answer = gunzip_some(s->gunzip, &s->rest, buffer, size, got);
        s->in_member = answer == GUNZIP_MORE;
        if (answer == GUNZIP_DAMAGED)
            return gzip_error(s, "is damaged", error);
    }
    return OSLER_OK;
}

osler_status source_read(source *s, char *buffer, size_t size, size_t *got, osler_error *error)
{
    *got = 0;
    osler_status status = s->started ? OSLER_OK : start(s, error);
    if (status != OSLER_OK || !size)
        return status;
    if (s->gunzip)
        return inflate_some(s, buffer, size, got, error);
    status = refill(s, error);
    *got = s->rest.length < size ? s->rest.length : size;
    if (*got)
        memcpy(buffer, s->rest.data, *got);
    s->rest = str_part(s->rest, *got, s->rest.length);
    return status;
}

osler_status source_open_file(source **out, const char *path, osler_error *error)
{
    *out = NULL;
    bool standard = strcmp(path, "-") == 0;
    int file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        osler_status status = errno == ENOENT ? OSLER_ENOTFOUND : OSLER_EIO;
        fail(error, status, 0, "%s", strerror(errno));
        return fail_source(error, status, path);
    }
    struct stat about = {0};
    if (fstat(file, &about) == 0 && S_ISDIR(about.st_mode)) {
        if (!standard)
            close(file);
        fail(error, OSLER_EIO, 0, "this is a directory; expected a file");
        return fail_source(error, OSLER_EIO, path);
    }
    source *s = memory_alloc(sizeof *s);
    s->name = memory_copy_text(path);
    s->file = file;
    s->chunk = memory_alloc(CHUNK);
    s->size = S_ISREG(about.st_mode) ? (uint64_t)about.st_size : 0;
    *out = s;
    return OSLER_OK;
}

void source_open_memory(source **out, str bytes, const char *name)
{
    source *s = memory_alloc(sizeof *s);
    s->name = memory_copy_text(name);
    s->file = -1;
    s->rest = bytes;
    s->size = bytes.length;
    s->position = bytes.length;
    *out = s;
}

void source_stop(source *s)
{
    atomic_store(&s->stopped, true);
}

const char *source_name(const source *s)
{
    return s->name;
}

uint64_t source_size(const source *s)
{
    return s->size;
}

uint64_t source_position(const source *s)
{
    return s->position;
}

void source_close(source *s)
{
    if (!s)
        return;
    gunzip_free(s->gunzip);
    if (s->file >= 0 && s->file != STDIN_FILENO)
        close(s->file);
    memory_free(s->chunk);
    memory_free(s->name);
    memory_free(s);
}

bool source_stamp_of(const char *path, source_stamp *out)
{
    enum { NANOSECONDS = 1000000000 };
    struct stat about;
    *out = (source_stamp){0};
    if (strcmp(path, "-") == 0 || stat(path, &about) != 0 || !S_ISREG(about.st_mode))
        return false;
    out->size = (int64_t)about.st_size;
    out->modified = (int64_t)about.st_mtim.tv_sec * NANOSECONDS + (int64_t)about.st_mtim.tv_nsec;
    return true;
}
