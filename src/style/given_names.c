/* Given names over the whole document: which people share a family name, which their initials. */
#include "base/memory.h"
#include "style/disambiguate.h"
#include "style/names_list.h"

/* What was met under one key: one value, or several. */
struct met {
    const char *first;
    bool several;
};
struct met_table {
    struct id_table places;
    struct met *items;
    size_t count, capacity;
};

struct given_names {
    arena memory;
    struct met_table initials; /* by family name: initials */
    struct met_table full;     /* by family name and initials: given names */
    buf key, value;
};

struct given_names *given_names_new(void)
{
    return memory_alloc(sizeof(struct given_names));
}

static void table_free(struct met_table *table)
{
    id_table_free(&table->places);
    memory_free(table->items);
}

void given_names_free(struct given_names *given)
{
    if (!given)
        return;
    table_free(&given->initials);
    table_free(&given->full);
    arena_free(&given->memory);
    buf_free(&given->key);
    buf_free(&given->value);
    memory_free(given);
}

void given_names_clear(struct given_names *given)
{
    id_table_clear(&given->initials.places);
    id_table_clear(&given->full.places);
    given->initials.count = given->full.count = 0;
    arena_clear(&given->memory);
}

static void table_add(struct given_names *given, struct met_table *table, const char *key,
                      const char *value)
{
    size_t place = id_table_get(&table->places, key);

    if (place != SIZE_MAX) {
        table->items[place].several |= strcmp(table->items[place].first, value) != 0;
        return;
    }
    if (table->count == table->capacity) {
        table->capacity = table->capacity ? table->capacity * 2 : 64;
        table->items = memory_resize(table->items, table->capacity * sizeof *table->items);
    }
    id_table_put(&table->places, arena_copy(&given->memory, str_of(key)), table->count);
    table->items[table->count++] = (struct met){arena_copy(&given->memory, str_of(value)), false};
}

/* True when something else than `value` was met under the key. */
static bool table_has_other(const struct met_table *table, const char *key, const char *value)
{
    size_t place = id_table_get(&table->places, key);

    return place != SIZE_MAX &&
           (table->items[place].several || strcmp(table->items[place].first, value) != 0);
}

static void add_family(buf *key, const struct item_name *name)
{
    buf_add(key, name->non_dropping_particle);
    buf_add_byte(key, ' ');
    buf_add(key, name->family);
    buf_add_byte(key, '\n');
}

/* What the long form with initials prints besides the family name. */
static void add_initials(buf *key, const struct item_name *name)
{
    static const struct initials plain = {STR("."), true, true};

    initials_add(key, name->given, &plain);
    buf_add_byte(key, ' ');
    buf_add(key, name->dropping_particle);
    buf_add_byte(key, ' ');
    buf_add(key, name->suffix);
}

void given_names_add(struct given_names *given, const struct item_name *name)
{
    if (!name->family.length)
        return;
    buf_clear(&given->key);
    buf_clear(&given->value);
    add_family(&given->key, name);
    add_initials(&given->value, name);
    table_add(given, &given->initials, buf_text(&given->key), buf_text(&given->value));
    buf_add(&given->key, buf_str(&given->value));
    buf_clear(&given->value);
    buf_add(&given->value, name->given);
    table_add(given, &given->full, buf_text(&given->key), buf_text(&given->value));
}

enum given_level given_names_level(struct given_names *given, const struct known_list *list,
                                   const struct item_name *name, bool initials_only)
{
    buf *key = &given->key, *value = &given->value;

    if (!name->family.length || (initials_only && !list->has_initials))
        return GIVEN_AS_STYLE;
    buf_clear(key);
    buf_clear(value);
    add_family(key, name);
    add_initials(value, name);
    bool initials_differ = table_has_other(&given->initials, buf_text(key), buf_text(value));
    buf_add(key, buf_str(value));
    buf_clear(value);
    buf_add(value, name->given);
    bool given_differ = table_has_other(&given->full, buf_text(key), buf_text(value));
    if (!list->has_initials)
        return list->is_short && (given_differ || initials_differ) ? GIVEN_INITIALS
                                                                   : GIVEN_AS_STYLE;
    if (given_differ && !initials_only)
        return GIVEN_FULL;
    return list->is_short && initials_differ ? GIVEN_INITIALS : GIVEN_AS_STYLE;
}

bool given_names_differ(const struct item_name *a, const struct item_name *b,
                        enum given_level level)
{
    buf one = {0}, other = {0};
    bool differ = !str_equal(a->given, b->given) || !str_equal(a->suffix, b->suffix) ||
                  !str_equal(a->dropping_particle, b->dropping_particle);

    if (!differ || level == GIVEN_FULL)
        return differ;
    add_initials(&one, a);
    add_initials(&other, b);
    differ = !str_equal(buf_str(&one), buf_str(&other));
    buf_free(&one);
    buf_free(&other);
    return differ;
}
