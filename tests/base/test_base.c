/* The foundation: text, folding, words, arenas, errors, sources. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/fold.h"
#include "base/source.h"
#include "base/utf8.h"
#include "base/words.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

TEST(trim_removes_white_space_at_both_ends)
{
    CHECK(str_is(str_trim(str_of(" \t tea \n")), "tea"));
    CHECK(str_trim(str_of("  ")).length == 0);
}

TEST(next_line_takes_lf_and_crlf_and_a_last_line_without_either)
{
    str rest = str_of("a\nb\r\n\nc"), line;
    CHECK(str_next_line(&rest, &line) && str_is(line, "a"));
    CHECK(str_next_line(&rest, &line) && str_is(line, "b"));
    CHECK(str_next_line(&rest, &line) && str_is(line, ""));
    CHECK(str_next_line(&rest, &line) && str_is(line, "c"));
    CHECK(!str_next_line(&rest, &line));
}

TEST(numbers_are_all_digits_and_do_not_overflow)
{
    unsigned long n = 7;
    CHECK(str_number(str_of("0042"), &n) && n == 42);
    CHECK(!str_number(str_of(""), &n));
    CHECK(!str_number(str_of("4 "), &n));
    CHECK(!str_number(str_of("99999999999999999999999"), &n));
}

TEST(utf8_knows_overlong_surrogate_and_cut_sequences)
{
    static const struct {
        const char *text;
        bool valid;
    } rows[] = {
        {"plain", true},
        {"\xC3\xA9", true},
        {"\xC0\xAF", false},
        {"\xED\xA0\x80", false},
        {"\xE2\x82", false},
        {"\xF0\x9F\x98\x80", true},
        {"\xF4\x90\x80\x80", false},
        {"12345678\xFF", false},
        {"\xE0\x9F\xBF", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK(utf8_valid(str_of(rows[i].text), NULL) == rows[i].valid);
    size_t at = 0;
    CHECK(!utf8_valid(str_of("1234567890\xFF"), &at) && at == 10);
}

TEST(every_code_point_survives_encoding_and_decoding)
{
    for (uint32_t c = 1; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 97) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        char bytes[4];
        size_t length = utf8_encode(c, bytes), read;
        CHECK(utf8_valid((str){bytes, length}, NULL));
        CHECK(utf8_decode((str){bytes, length}, &read) == c && read == length);
    }
}

TEST(repair_replaces_bad_bytes_and_drops_nul)
{
    buf b = {0};
    buf_add_repaired(&b, (str){"a\0b\xFFz", 5});
    CHECK_TEXT(buf_text(&b), "ab\xEF\xBF\xBDz");
    buf_free(&b);
}

static void check_fold(const char *text, const char *expected)
{
    buf b = {0};
    fold_add(&b, str_of(text));
    CHECK_TEXT(buf_text(&b), expected);
    buf_free(&b);
}

TEST(folding_drops_case_marks_and_odd_characters)
{
    check_fold("Penttil\xC3\xA4", "penttila");
    check_fold("Stra\xC3\x9F"
               "e",
               "strasse");
    check_fold("S\xC3\xB8rensen \xC5\x81\xC3\xB3"
               "d\xC5\xBA",
               "sorensen lodz");
    check_fold("x\xE2\x80\x93y \xE2\x88\x92"
               "1",
               "x-y -1");
    check_fold("soft\xC2\xADhyphen", "softhyphen");
    check_fold("\xEF\xAC\x81"
               "eld H\xE2\x82\x82O",
               "field h2o");
    check_fold("\xCE\x9A\xCE\xB1\xCF\x86\xCE\xAD\xCF\x82",
               "\xCE\xBA\xCE\xB1\xCF\x86\xCE\xB5\xCF\x83");
    check_fold("e\xCC\x81", "e");
}

static void check_words(const char *text, const char *expected)
{
    arena memory = {0};
    word_list words = words_of(&memory, str_of(text));
    buf b = {0};
    for (size_t i = 0; i < words.count; i++)
        buf_printf(&b, "%s%c%.*s/%u", i ? " " : "",
                   words.items[i].gap == ' ' ? '_' : words.items[i].gap,
                   STR_ARG(words.items[i].folded), (unsigned)words.items[i].sentence);
    CHECK_TEXT(buf_text(&b), expected);
    buf_free(&b);
    arena_free(&memory);
}

TEST(words_know_gaps_and_sentences)
{
    check_words("Cross-over trial", "_cross/0 -over/0 _trial/0");
    check_words("One. Two (n = 5)?", "_one/0 .two/1 (n/1 =5/1");
    check_words("Smith et al. Found", "_smith/0 _et/0 _al/0 .found/0");
    check_words("the author's view", "_the/0 _author/0 _view/0");
    check_words("P<0.05 at 18\xE2\x80\xAF"
                "804",
                "_p/0 <0/0 .05/0 _at/0 _18/0 _804/0");
    check_words("", "");
}

TEST(arena_lists_keep_their_items_while_growing)
{
    arena memory = {0};
    struct {
        int *items;
        size_t count;
    } list = {0};
    for (int i = 0; i < 1000; i++)
        *(int *)arena_append(&memory, &list.items, &list.count, sizeof *list.items) = i;
    bool same = list.count == 1000;
    for (int i = 0; i < 1000; i++)
        same &= list.items[i] == i;
    CHECK(same);
    arena_clear(&memory);
    CHECK(*(char *)arena_alloc(&memory, 100) == 0);
    arena_free(&memory);
}

TEST(errors_are_one_inert_line_of_whole_utf8)
{
    osler_error error;
    char longer[1000];
    memset(longer, 'x', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    fail(&error, OSLER_EINPUT, 3, "bad \033[2J\n%s", longer);
    CHECK(strncmp(error.message, "bad ?[2J?xxx", 12) == 0 && error.line == 3);
    for (size_t i = 0; i + 2 < sizeof longer; i += 2)
        memcpy(longer + i, "\xC3\xA9", 2);
    fail(&error, OSLER_EINPUT, 0, "x%s", longer);
    CHECK(utf8_valid(str_of(error.message), NULL));
    CHECK(fail(NULL, OSLER_ELIMIT, 0, "nobody listens") == OSLER_ELIMIT);
}

/* All of a source, read in pieces of `piece` bytes; the last status. */
static osler_status read_all(str bytes, size_t piece, buf *out)
{
    source *s;
    source_open_memory(&s, bytes, "memory");
    osler_status status;
    size_t got;
    char chunk[64];
    while ((status = source_read(s, chunk, piece, &got, NULL)) == OSLER_OK && got)
        buf_add(out, (str){chunk, got});
    source_close(s);
    return status;
}

static void add_gzip(buf *out, const char *text)
{
    unsigned char packed[512];
    z_stream z = {0};
    char copy[256];
    snprintf(copy, sizeof copy, "%s", text);
    deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    z.next_in = (unsigned char *)copy;
    z.avail_in = (unsigned)strlen(copy);
    z.next_out = packed;
    z.avail_out = sizeof packed;
    deflate(&z, Z_FINISH);
    buf_add(out, (str){(char *)packed, sizeof packed - z.avail_out});
    deflateEnd(&z);
}

TEST(sources_undo_gzip_with_several_members_and_padding)
{
    buf packed = {0}, text = {0};
    add_gzip(&packed, "first ");
    add_gzip(&packed, "second");
    buf_add(&packed, (str){"\0\0\0", 3});
    for (size_t piece = 1; piece < 64; piece += 31) {
        buf_clear(&text);
        CHECK(read_all(buf_str(&packed), piece, &text) == OSLER_OK);
        CHECK_TEXT(buf_text(&text), "first second");
    }
    buf_clear(&text);
    CHECK(read_all(str_of("not packed"), 3, &text) == OSLER_OK);
    CHECK_TEXT(buf_text(&text), "not packed");
    buf_free(&packed);
    buf_free(&text);
}

TEST(every_cut_of_a_gzip_stream_is_an_error)
{
    buf packed = {0}, text = {0};
    add_gzip(&packed, "some text that is long enough to be cut in many places");
    for (size_t length = 2; length < packed.length; length++) {
        buf_clear(&text);
        CHECK(read_all(str_part(buf_str(&packed), 0, length), 16, &text) == OSLER_EINPUT);
    }
    packed.data[packed.length - 6] ^= 1; /* the checksum */
    CHECK(read_all(buf_str(&packed), 16, &text) == OSLER_EINPUT);
    buf_free(&packed);
    buf_free(&text);
}

TEST(missing_files_and_folders_are_named)
{
    source *s;
    osler_error error;
    CHECK(source_open_file(&s, "/nonexistent/x", &error) == OSLER_ENOTFOUND);
    CHECK_TEXT(error.source, "/nonexistent/x");
    CHECK(source_open_file(&s, "/", &error) == OSLER_EIO);
}
