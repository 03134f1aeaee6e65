/* Records on their way out, through the profile to the writer. */
#include "formats/outgoing.h"

#include "base/error.h"

osler_status outgoing_open(struct outgoing *out, const char *format, const char *profile,
                           osler_error *error)
{
    *out = (struct outgoing){.format = format};
    osler_status status = profile ? profile_find(&out->profile, profile, error) : OSLER_OK;
    if (status == OSLER_OK && out->profile && !format)
        out->format = out->profile->format;
    if (status == OSLER_OK && !out->format)
        status = fail(error, OSLER_EFORMAT, 0, "no output format is named");
    if (status == OSLER_OK)
        status = writer_find(&out->writer, out->format, error);
    if (status == OSLER_OK)
        carriage_open(&out->carriage, out->format);
    return status;
}

void outgoing_write(const struct outgoing *outgoing, arena *scratch, buf *text,
                    const osler_record *record, struct carried_tally *tally)
{
    osler_record adapted;
    buf_add_text(text, outgoing->writer->between);
    if (outgoing->profile)
        adapted = profile_apply(outgoing->profile, scratch, record);
    outgoing->writer->write(text, outgoing->profile ? &adapted : record);
    if (!outgoing->writer->only_ids)
        carriage_count(&outgoing->carriage, record, tally);
}
