/* The small codes of a segment: what is written comes back, and cut or wild bytes are refused. */
#include "check.h"
#include "index/coding.h"

#include <stdlib.h>
#include <string.h>

static uint64_t seed = 88172645463325252U;

static uint64_t next_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    return seed ^= seed << 17;
}

TEST(varints_come_back)
{
    buf b = {0};
    uint64_t values[200];
    for (unsigned i = 0; i < 200; i++) {
        values[i] = i < 64 ? (uint64_t)1 << i : next_random() >> (next_random() % 64);
        coding_add_varint(&b, values[i]);
    }
    coding_bytes bytes = coding_bytes_of(buf_str(&b));
    coding_bytes skipped = bytes;
    for (unsigned i = 0; i < 200; i++) {
        uint64_t value = 0;
        CHECK(coding_get_varint(&bytes, &value));
        CHECK(value == values[i]);
    }
    CHECK(coding_left(&bytes) == 0);
    CHECK(coding_skip_varints(&skipped, 200) && coding_left(&skipped) == 0);
    CHECK(!coding_skip_varints(&skipped, 1));
    buf_free(&b);
}

TEST(a_cut_or_endless_varint_is_refused)
{
    uint64_t value;
    coding_bytes cut = coding_bytes_of((str)STR("\x80\x80"));
    CHECK(!coding_get_varint(&cut, &value));
    coding_bytes empty = coding_bytes_of((str){0});
    CHECK(!coding_get_varint(&empty, &value));
    coding_bytes endless =
        coding_bytes_of((str)STR("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"));
    CHECK(!coding_get_varint(&endless, &value));
    coding_bytes wide = coding_bytes_of((str)STR("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"));
    CHECK(!coding_get_varint(&wide, &value));
    coding_bytes widest = coding_bytes_of((str)STR("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"));
    CHECK(coding_get_varint(&widest, &value) && value == UINT64_MAX);
    coding_bytes padded = coding_bytes_of((str)STR("\x81\x80\x00")); /* 1, longer than it need be */
    CHECK(!coding_get_varint(&padded, &value));
}

TEST(packed_values_come_back)
{
    for (unsigned bits = 0; bits <= 32; bits++) {
        for (size_t count = 1; count <= SEGMENT_BLOCK; count += 1 + count / 7) {
            uint32_t values[SEGMENT_BLOCK], got[SEGMENT_BLOCK];
            for (size_t i = 0; i < count; i++)
                values[i] = bits ? (uint32_t)next_random() >> (32 - bits) : 0;
            buf b = {0};
            coding_add_packed(&b, values, count, bits);
            CHECK(b.length == coding_packed_size(count, bits));
            char *exact = malloc(b.length + 1); /* sanitizers see its end */
            memcpy(exact, buf_text(&b), b.length);
            coding_bytes bytes = coding_bytes_of((str){exact, b.length});
            CHECK(coding_get_packed(&bytes, got, count, bits));
            CHECK(memcmp(values, got, count * sizeof *values) == 0 && coding_left(&bytes) == 0);
            bytes = coding_bytes_of((str){exact, b.length ? b.length - 1 : 0});
            CHECK(bits == 0 || !coding_get_packed(&bytes, got, count, bits));
            free(exact);
            buf_free(&b);
        }
    }
    CHECK(coding_bits_of(0) == 0 && coding_bits_of(1) == 1 && coding_bits_of(255) == 8);
    CHECK(coding_bits_of(256) == 9 && coding_bits_of(UINT32_MAX) == 32);
}

TEST(payloads_come_back)
{
    for (unsigned round = 0; round < 2000; round++) {
        index_posting posting = {.fields = 1U + (unsigned)(next_random() % INDEX_ALL_FIELDS)}, got;
        uint64_t sum = 0, times;
        unsigned fields;
        for (unsigned f = 0; f < INDEX_FIELDS; f++) {
            uint32_t some = (uint32_t)next_random() >> (next_random() % 32);
            if (round % 2)
                some %= 12;
            posting.times[f] = posting.fields >> f & 1 ? (some ? some : 1) : 0;
            sum += posting.times[f];
        }
        unsigned char bytes[CODING_PAYLOAD];
        unsigned char *end = coding_put_payload(bytes, &posting);
        coding_bytes b = {bytes, end}, skip = b;
        memset(&got, 0, sizeof got);
        CHECK(coding_get_payload(&b, &got) && b.at == end);
        CHECK(got.fields == posting.fields);
        CHECK(memcmp(got.times, posting.times, sizeof got.times) == 0);
        CHECK(coding_skip_payload(&skip, &times, &fields) && skip.at == end);
        CHECK(times == sum && fields == posting.fields);
        b = (coding_bytes){bytes, end - 1};
        CHECK(!coding_get_payload(&b, &got));
    }
}

TEST(wild_payloads_are_refused)
{
    index_posting got;
    uint64_t times;
    unsigned fields;
    const str wild[] = {STR("\x0f"), STR("\x81\x00"), STR("\x80\x00"),
                        STR("\x70\xff\xff\xff\xff\x0f")};
    for (size_t i = 0; i < sizeof wild / sizeof *wild; i++) {
        coding_bytes b = coding_bytes_of(wild[i]), skip = b;
        CHECK(!coding_get_payload(&b, &got));
        CHECK(!coding_skip_payload(&skip, &times, &fields));
    }
}

TEST(entries_of_terms_come_back)
{
    const coding_term entries[] = {
        {.df = 1,
         .document = 300,
         .payload = STR("\x90\x01"),
         .positions_inline = STR("\x81\x01\x05\x05")},
        {.df = 2,
         .postings = 1 << 20,
         .postings_length = 77,
         .bound = 900,
         .positions = 5,
         .positions_length = 6},
        {.df = 3, .postings = 12, .postings_length = 7},
    };
    const str terms[] = {STR("wab"), STR("wabc"), STR("x")};
    buf b = {0}, key = {0};
    coding_add_term(&b, (str){0}, terms[0], &entries[0]);
    coding_add_term(&b, terms[0], terms[1], &entries[1]);
    coding_add_term(&b, terms[1], terms[2], &entries[2]);
    for (size_t length = 0; length <= b.length; length++) {
        coding_bytes bytes = coding_bytes_of((str){b.data, length});
        size_t got = 0;
        coding_term t;
        buf_clear(&key);
        while (got < 3 && coding_left(&bytes) && coding_next_term(&bytes, &key, &t)) {
            CHECK(str_equal(buf_str(&key), terms[got]));
            CHECK(t.df == entries[got].df && t.document == entries[got].document);
            CHECK(str_equal(t.payload, entries[got].payload));
            CHECK(str_equal(t.positions_inline, entries[got].positions_inline));
            CHECK(t.postings == entries[got].postings && t.bound == entries[got].bound);
            CHECK(t.postings_length == entries[got].postings_length);
            CHECK(t.positions == entries[got].positions);
            CHECK(t.positions_length == entries[got].positions_length);
            got++;
        }
        CHECK((got == 3) == (length == b.length));
    }
    buf_free(&b);
    buf_free(&key);
}

TEST(families_come_back)
{
    const str words[] = {STR("migraines"), STR("migrainous")};
    buf b = {0}, key = {0};
    uint64_t count;
    str word;
    coding_add_family(&b, (str){0}, (str)STR("migrain"), words, 2);
    coding_add_family(&b, (str)STR("migrain"), (str)STR("migrat"), words, 1);
    coding_bytes bytes = coding_bytes_of(buf_str(&b));
    CHECK(coding_next_family(&bytes, &key, &count) && count == 2);
    CHECK_TEXT(buf_text(&key), "migrain");
    CHECK(coding_next_word(&bytes, &word) && str_equal(word, words[0]));
    CHECK(coding_next_word(&bytes, &word) && str_equal(word, words[1]));
    CHECK(coding_next_family(&bytes, &key, &count) && count == 1);
    CHECK_TEXT(buf_text(&key), "migrat");
    CHECK(coding_next_word(&bytes, &word) && str_equal(word, words[0]));
    CHECK(!coding_next_family(&bytes, &key, &count));
    buf_free(&b);
    buf_free(&key);
}

TEST(layouts_come_back)
{
    index_text texts[] = {{INDEX_TITLE, 0, 0},
                          {INDEX_OTHER, INDEX_VERNACULAR, 80},
                          {INDEX_ABSTRACT, INDEX_CONCLUSIONS, 500},
                          {INDEX_OTHER_ABSTRACT, 0, 100000}};
    for (size_t count = 0; count <= 4; count++) {
        index_layout layout = {texts, count, 200000, {0}, {0}}, got;
        if (count > 2) {
            layout.first_sentence_end[0] = 520;
            layout.last_sentence_start[0] = 700;
        }
        if (count > 3)
            layout.first_sentence_end[1] = 100009;
        buf b = {0};
        arena memory = {0};
        coding_add_layout(&b, &layout);
        coding_bytes bytes = coding_bytes_of(buf_str(&b));
        CHECK(coding_get_layout(&bytes, &memory, &got) && coding_left(&bytes) == 0);
        CHECK(got.count == count && got.end == 200000);
        CHECK(memcmp(got.first_sentence_end, layout.first_sentence_end, 8) == 0);
        CHECK(memcmp(got.last_sentence_start, layout.last_sentence_start, 8) == 0);
        for (size_t i = 0; i < count; i++)
            CHECK(got.items[i].field == texts[i].field && got.items[i].traits == texts[i].traits &&
                  got.items[i].start == texts[i].start);
        bytes = coding_bytes_of((str){b.data, b.length - 1});
        CHECK(!coding_get_layout(&bytes, &memory, &got));
        buf_free(&b);
        arena_free(&memory);
    }
}

TEST(facts_and_headers_come_back)
{
    index_facts facts = {.citation = -5,
                         .pmid = 990000001,
                         .date = 20200102,
                         .entered = 20200103,
                         .revised = 20210000,
                         .recency = 20200102,
                         .n = 105,
                         .flags = 3,
                         .modifiers = 9,
                         .layout = (uint64_t)1 << 33,
                         .year = 2020,
                         .lengths = {10, 250, 0, 5, 65535},
                         .confidence = 9700,
                         .design = 7,
                         .traits = 5},
                got;
    buf b = {0};
    index_facts_pack(&b, &facts);
    CHECK(b.length == SEGMENT_FACTS);
    index_facts_unpack(&got, (const unsigned char *)buf_text(&b));
    CHECK(got.citation == -5 && got.pmid == 990000001 && got.date == 20200102);
    CHECK(got.entered == 20200103 && got.revised == 20210000 && got.recency == 20200102);
    CHECK(got.n == 105 && got.flags == 3 && got.modifiers == 9 && got.layout == facts.layout);
    CHECK(got.year == 2020 && memcmp(got.lengths, facts.lengths, sizeof got.lengths) == 0);
    CHECK(got.confidence == 9700 && got.design == 7 && got.traits == 5);
    index_header header = {.form = SEGMENT_FORM,
                           .documents = 3,
                           .first = 1,
                           .last = 9,
                           .sums = {.documents = 3, .with = {1, 2, 3}, .words = {4, 5, 6}},
                           .postings = 11,
                           .positions = 12,
                           .layouts = 13,
                           .terms = 14,
                           .families = 15},
                 back;
    buf_clear(&b);
    index_header_pack(&b, &header);
    CHECK(index_header_unpack(&back, buf_str(&b)));
    CHECK(back.documents == 3 && back.first == 1 && back.last == 9 && back.sums.words[2] == 6);
    CHECK(back.sums.with[1] == 2 && back.postings == 11 && back.families == 15);
    CHECK(!index_header_unpack(&back, (str){b.data, b.length - 1}));
    b.data[0]++;
    CHECK(!index_header_unpack(&back, buf_str(&b)));
    header.sums.with[1] = 4; /* of three documents */
    buf_clear(&b);
    index_header_pack(&b, &header);
    CHECK(!index_header_unpack(&back, buf_str(&b)));
    buf_free(&b);
}
