/* Families of words, by libstemmer. */
#include "index/family.h"

#include "base/form.h"
#include "base/memory.h"

#include <libstemmer.h>

struct family {
    struct sb_stemmer *stemmer;
    buf form;
};

family *family_new(void)
{
    family *f = memory_alloc(sizeof *f);
    f->stemmer = sb_stemmer_new("english", "UTF_8");
    if (!f->stemmer) /* it knows English: nothing but memory can be missing */
        memory_out(sizeof f->stemmer);
    return f;
}

void family_free(family *f)
{
    if (!f)
        return;
    sb_stemmer_delete(f->stemmer);
    buf_free(&f->form);
    memory_free(f);
}

/* ASCII letters, and no digits. */
static bool has_stem(str folded)
{
    bool letters = false;
    for (size_t i = 0; i < folded.length; i++) {
        if (char_is_digit(folded.data[i]))
            return false;
        letters |= char_is_letter(folded.data[i]);
    }
    return letters;
}

void family_add_key(family *f, buf *b, str folded)
{
    if (!has_stem(folded)) {
        buf_add(b, folded);
        return;
    }
    buf_clear(&f->form);
    form_add(&f->form, folded);
    const sb_symbol *stem =
        sb_stemmer_stem(f->stemmer, (const sb_symbol *)buf_text(&f->form), (int)f->form.length);
    if (!stem)
        memory_out(f->form.length);
    buf_add(b, (str){(const char *)stem, (size_t)sb_stemmer_length(f->stemmer)});
}
