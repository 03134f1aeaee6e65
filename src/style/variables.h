/* The variables and types of CSL stand with the record, whose fields they name too. */
#ifndef STYLE_VARIABLES_H
#define STYLE_VARIABLES_H

#include "record/variables.h"

#endif
