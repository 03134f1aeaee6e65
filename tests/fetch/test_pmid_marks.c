/* A set of PMIDs. */
#include "check.h"

#include "fetch/pmid_marks.h"

struct seen {
    uint64_t last;
    size_t count;
    bool rising;
};

static void see(void *context, uint64_t pmid)
{
    struct seen *seen = context;
    seen->rising = seen->rising && (!seen->count || pmid > seen->last);
    seen->last = pmid;
    seen->count++;
}

TEST(each_is_new_once)
{
    static pmid_marks m;
    static const uint64_t pmids[] = {1, 7, 8, 65535, 65536, 40000000, 999999999, 2};
    size_t count = sizeof pmids / sizeof *pmids;
    for (size_t i = 0; i < count; i++) {
        CHECK(!pmid_marks_has(&m, pmids[i]));
        CHECK(pmid_marks_add(&m, pmids[i]));
        CHECK(!pmid_marks_add(&m, pmids[i]));
        CHECK(pmid_marks_has(&m, pmids[i]));
    }
    CHECK(m.count == count);
    CHECK(!pmid_marks_has(&m, 3) && !pmid_marks_has(&m, 65537));
    struct seen seen = {.rising = true};
    pmid_marks_each(&m, see, &seen);
    CHECK(seen.count == count && seen.rising && seen.last == 999999999);
    pmid_marks_free(&m);
    CHECK(m.count == 0 && !pmid_marks_has(&m, 7));
}

TEST(what_no_pmid_can_be_never_gets_in)
{
    static pmid_marks m;
    CHECK(pmid_marks_add(&m, 1000000000) && pmid_marks_add(&m, 1000000000));
    CHECK(!pmid_marks_has(&m, 1000000000) && !pmid_marks_has(&m, UINT64_MAX) && m.count == 0);
    pmid_marks_free(&m);
}
