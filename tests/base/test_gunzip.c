/* Gunzip by whichever library the build has: any cut of the input, any room for the output. */
#include "base/buf.h"
#include "base/gunzip.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Add a gzip member to `out`; level 0 stores; with a name the header has all that it may have. */
static void add_member(buf *out, str content, int level, const char *name)
{
    z_stream s = {0};
    Bytef extra[] = {'O', 's', 2, 0, 'l', 'r'};
    gz_header header = {.name = (Bytef *)(uintptr_t)name,
                        .comment = (Bytef *)(uintptr_t)name,
                        .extra = extra,
                        .extra_len = sizeof extra,
                        .hcrc = 1,
                        .os = 3};
    if (deflateInit2(&s, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK ||
        (name && deflateSetHeader(&s, &header) != Z_OK))
        abort();
    size_t room = deflateBound(&s, content.length) + 100;
    s.next_out = (Bytef *)buf_reserve(out, room);
    s.avail_out = (uInt)room;
    s.next_in = (Bytef *)(uintptr_t)content.data;
    s.avail_in = (uInt)content.length;
    CHECK(deflate(&s, Z_FINISH) == Z_STREAM_END);
    out->length += s.total_out;
    deflateEnd(&s);
}

/* Undo all members, `cut` bytes of the input at a time, into `room` bytes at a time. */
static gunzip_answer undo(buf *out, str input, size_t cut, size_t room)
{
    gunzip *g = gunzip_new();
    gunzip_answer answer = GUNZIP_MORE;
    char *buffer = malloc(room);
    if (!buffer)
        abort();
    while (input.length && answer != GUNZIP_DAMAGED) {
        /* In memory of its own, so that a look outside of it is seen by the sanitizer. */
        size_t length = input.length < cut ? input.length : cut, got;
        char *own = malloc(length);
        if (!own)
            abort();
        memcpy(own, input.data, length);
        input = str_part(input, length, input.length);
        for (str part = {own, length}; part.length && answer != GUNZIP_DAMAGED;) {
            if (answer == GUNZIP_END)
                gunzip_restart(g);
            answer = gunzip_some(g, &part, buffer, room, &got);
            buf_add(out, (str){buffer, got});
        }
        free(own);
    }
    for (size_t got = 1; answer == GUNZIP_MORE && got;) { /* what waits for room */
        str none = {"", 0};
        answer = gunzip_some(g, &none, buffer, room, &got);
        buf_add(out, (str){buffer, got});
    }
    free(buffer);
    gunzip_free(g);
    return answer;
}

static buf three_members(buf *content)
{
    buf bytes = {0};
    buf_clear(content);
    for (int i = 0; i < 60; i++)
        buf_printf(content, "line %d of an invented text, %d\n", i, i * i * 7919 % 1000);
    str all = buf_str(content), half = str_part(all, 0, all.length / 2);
    add_member(&bytes, half, 9, "a name.xml");
    add_member(&bytes, (str){"", 0}, 6, NULL);
    add_member(&bytes, str_part(all, half.length, all.length), 0, NULL);
    return bytes;
}

TEST(every_cut_gives_the_same)
{
    static const size_t rooms[] = {1, 7, 100, 100000};
    buf content = {0}, bytes = three_members(&content);
    for (size_t cut = 1; cut <= bytes.length; cut++)
        for (size_t r = 0; r < sizeof rooms / sizeof *rooms; r++) {
            buf out = {0};
            CHECK(undo(&out, buf_str(&bytes), cut, rooms[r]) == GUNZIP_END);
            CHECK(str_equal(buf_str(&out), buf_str(&content)));
            buf_free(&out);
        }
    buf_free(&content);
    buf_free(&bytes);
}

TEST(a_truncated_member_does_not_end)
{
    buf content = {0}, bytes = {0};
    buf_printf(&content, "an invented text, which is long enough to be worth it, worth it");
    add_member(&bytes, buf_str(&content), 9, NULL);
    for (size_t length = 1; length < bytes.length; length++) {
        buf out = {0};
        CHECK(undo(&out, str_part(buf_str(&bytes), 0, length), 11, 100) != GUNZIP_END);
        CHECK(str_equal(buf_str(&out), str_part(buf_str(&content), 0, out.length)));
        buf_free(&out);
    }
    buf_free(&content);
    buf_free(&bytes);
}

/* The checksum sees to it: what is reported as whole is what was put in. */
TEST(a_damaged_member_is_not_taken_for_a_sound_one)
{
    buf content = {0}, bytes = {0};
    size_t damaged = 0;
    buf_printf(&content, "an invented text, which is long enough to be worth it, worth it");
    add_member(&bytes, buf_str(&content), 9, NULL);
    for (size_t at = 0; at < bytes.length; at++)
        for (int bit = 0; bit < 8; bit++) {
            buf out = {0};
            bytes.data[at] = (char)(bytes.data[at] ^ (1 << bit));
            gunzip_answer answer = undo(&out, buf_str(&bytes), 1000, 1000);
            damaged += answer == GUNZIP_DAMAGED;
            CHECK(answer != GUNZIP_END || str_equal(buf_str(&out), buf_str(&content)));
            bytes.data[at] = (char)(bytes.data[at] ^ (1 << bit));
            buf_free(&out);
        }
    CHECK(damaged > bytes.length * 4);
    buf_free(&content);
    buf_free(&bytes);
    gunzip_free(NULL);
}
