/* What is asked of a style again and again, found out once when it is read. */
#ifndef STYLE_STYLE_FACTS_H
#define STYLE_STYLE_FACTS_H

#include "style/tree.h"

/* Fill `facts` of both areas; macros have been resolved. */
void style_find_facts(struct style *style);

#endif
