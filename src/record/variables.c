/* The tables of variables and types. */
#include "record/variables.h"

static const struct {
    str name;
    enum variable_kind kind;
} variables[VARIABLE_COUNT] = {
#define VARIABLE(kind, name, csl) [VARIABLE_##name] = {STR(csl), VARIABLE_KIND_##kind},
#include "record/variables.def"
#undef VARIABLE
};

/* Names of CSL 1.0 and of Zotero's CSL-JSON. */
static const struct {
    str name;
    enum variable variable;
} older[] = {
    {STR("event"), VARIABLE_EVENT_TITLE},
    {STR("journalAbbreviation"), VARIABLE_CONTAINER_TITLE_SHORT},
    {STR("shortTitle"), VARIABLE_TITLE_SHORT},
};

static const str types[TYPE_COUNT] = {
#define TYPE(name, csl) [TYPE_##name] = STR(csl),
#include "record/types.def"
#undef TYPE
};

enum variable variable_of(str name)
{
    if (!name.length)
        return VARIABLE_NONE;
    for (int i = 1; i < VARIABLE_COUNT; i++)
        if (str_equal(variables[i].name, name))
            return i;
    for (size_t i = 0; i < sizeof older / sizeof *older; i++)
        if (str_equal(older[i].name, name))
            return older[i].variable;
    return VARIABLE_NONE;
}

const char *variable_name(enum variable variable)
{
    return variables[variable].name.data;
}

enum variable_kind variable_kind(enum variable variable)
{
    return variables[variable].kind;
}

enum work_type work_type_of(str name)
{
    if (!name.length)
        return TYPE_NONE;
    for (int i = 1; i < TYPE_COUNT; i++)
        if (str_equal(types[i], name))
            return i;
    return TYPE_NONE;
}

const char *work_type_name(enum work_type type)
{
    return types[type].data;
}
