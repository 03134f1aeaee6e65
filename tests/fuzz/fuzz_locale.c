/* A locale file of any bytes: its terms have names, forms and texts within bounds. */
#include "style/locale_source.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hear(void *context, const osler_error *complaint)
{
    (void)context;
    if (complaint->status == OSLER_OK || !complaint->message[0])
        abort();
}

static void check_source(const struct locale_source *source)
{
    for (size_t i = 0; i < source->term_count; i++) {
        const struct term_definition *d = &source->terms[i];
        if (d->term == 0 || d->term >= TERM_COUNT || d->form >= FORM_COUNT ||
            d->gender_form > GENDER_FEMININE || d->text.gender > GENDER_FEMININE ||
            d->long_ordinal >= LONG_ORDINAL_COUNT ||
            (d->ordinal > ORDINAL_DEFAULT && d->ordinal != NO_ORDINAL))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct complaints complaints = {hear, NULL, "fuzz"};
    const struct element *root;
    struct locale_source source;
    arena memory = {0};
    osler_error error = {0};
    str xml = {(const char *)data, size};
    osler_status status = csl_xml_read(&memory, &root, xml, ELEMENT_LOCALE, &complaints, &error);
    if (status == OSLER_OK) {
        locale_source_read(&memory, &source, root, &complaints);
        check_source(&source);
        language_primary(&memory, source.language);
    } else if (error.status != status || !error.message[0]) {
        abort();
    }
    arena_free(&memory);
    return 0;
}
