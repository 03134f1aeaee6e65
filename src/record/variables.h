/* The variables and types of CSL: names to numbers and back. */
#ifndef RECORD_VARIABLES_H
#define RECORD_VARIABLES_H

#include "base/str.h"

enum variable {
    VARIABLE_NONE,
#define VARIABLE(kind, name, csl) VARIABLE_##name,
#include "record/variables.def"
#undef VARIABLE
    VARIABLE_COUNT
};

enum variable_kind {
    VARIABLE_KIND_NONE,
    VARIABLE_KIND_TEXT,
    VARIABLE_KIND_NUMBER,
    VARIABLE_KIND_DATE,
    VARIABLE_KIND_NAMES,
};

enum work_type {
    TYPE_NONE,
#define TYPE(name, csl) TYPE_##name,
#include "record/types.def"
#undef TYPE
    TYPE_COUNT
};

/* The variable of a CSL name, older spellings included; VARIABLE_NONE when there is none such. */
enum variable variable_of(str name);
const char *variable_name(enum variable variable);
enum variable_kind variable_kind(enum variable variable);

/* The type of a CSL name ("article-journal"); TYPE_NONE when there is none such. */
enum work_type work_type_of(str name);
const char *work_type_name(enum work_type type);

#endif
