/* A style written in a test, one work, and what they come to. */
#ifndef STYLE_MEMORY_SCENE_H
#define STYLE_MEMORY_SCENE_H

#include "base/buf.h"
#include "style/item.h"
#include "style/render.h"

struct scene {
    arena memory;
    struct style *style;
    struct item_list items;
    struct render r; /* of the first item, in the citation */
    buf text;
};

/* `macros` stands before cs:citation, `layout` within cs:layout, `json` is an item or an array. */
void scene_open(struct scene *scene, const char *macros, const char *layout, const char *json);
void scene_close(struct scene *scene);

/* The layout in HTML, lent until the next call. */
const char *scene_html(struct scene *scene);
const char *scene_html_with_links(struct scene *scene);

/* The same for one work and a layout, in one call: it is lent until the next. */
const char *rendered(const char *layout, const char *json);

#endif
