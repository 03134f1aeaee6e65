/* The filters of Clinical Queries by name. */
#include "base/buf.h"
#include "base/error.h"
#include <osler/fetch.h>

static const osler_clinical_filter filters[] = {
#define CLINICAL(name, sensitivity, specificity, source, query)                                    \
    {name, sensitivity, specificity, source, query},
#include "library/clinical.def"
#undef CLINICAL
};

enum { FILTERS = sizeof filters / sizeof *filters };

const osler_clinical_filter *osler_clinical_filter_at(unsigned index)
{
    return index < FILTERS ? &filters[index] : NULL;
}

osler_status osler_clinical_filter_find(const osler_clinical_filter **out, const char *name,
                                        osler_error *error)
{
    buf names = {0};
    *out = NULL;
    for (unsigned i = 0; i < FILTERS && !*out; i++)
        if (str_equal_ignoring_case(str_of(filters[i].name), str_of(name)))
            *out = &filters[i];
    if (*out)
        return OSLER_OK;
    for (unsigned i = 0; i < FILTERS; i++)
        buf_printf(&names, "%s%s", i ? ", " : "", filters[i].name);
    osler_status status =
        fail(error, OSLER_EUSAGE, 0, "no filter is called \"%.60s\"; there are %s", name,
             buf_text(&names));
    buf_free(&names);
    return status;
}
