/**
 * @file
 * Bibliographies and citations in any style of the Citation Style Language (CSL 1.0.2).
 */
#ifndef OSLER_CITE_H
#define OSLER_CITE_H

#include <osler/library.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Works, the citations of a document that cites them, and its bibliography.  Use it on one thread.
 */
typedef struct osler_bibliography osler_bibliography;

/** What the parts of a grouped bibliography have in common. */
typedef enum osler_cite_group {
    OSLER_CITE_TOGETHER,  /**< No groups. */
    OSLER_CITE_BY_DESIGN, /**< Study designs, from umbrella reviews to opinion. */
    OSLER_CITE_BY_YEAR,   /**< The latest year first; works without a year last. */
    OSLER_CITE_BY_TAG,    /**< The first of each work's tags; works without any last. */
} osler_cite_group;

/** How to cite; zeroed is the default. */
typedef struct osler_cite_options {
    const char *style;  /**< A name ("vancouver", "apa"), a file or an id; NULL: "default". */
    const char *locale; /**< A language ("de", "en-GB"); NULL: that of the style, else en-US. */
    const char *format; /**< osler_cite_format(); NULL: "text". */
    bool links;         /**< DOI, PMID, PMCID and URL become links. */
    bool annotate;      /**< Under each entry: design, size, level and flags; the user's notes. */
    osler_cite_group group;
    /** Called for what is wrong with the style and could be passed over; `complaint` is lent. */
    void (*complained)(void *context, const osler_error *complaint);
    /** Called for each item of a file that cannot be read; `error` is lent. */
    void (*failed)(void *context, const osler_error *error);
    /** Told what is to be said of a work that was read, with its file and line; NULL for none. */
    void (*remarked)(void *context, const osler_error *remark);
    /** Called for a file with bytes that are not UTF-8, read as Windows-1252: the line of the
     * first. */
    void (*guessed)(void *context, const char *path, unsigned line);
    void *context; /**< Of the functions above. */
} osler_cite_options;

/** The name of the `index`-th output format and what it is, or NULL past the last.  Static. */
OSLER_API const char *osler_cite_format(unsigned index);
OSLER_API const char *osler_cite_format_summary(unsigned index);

/**
 * A bibliography without works.  You own `*out`: osler_bibliography_free().
 * OSLER_ENOTFOUND: no such style, the error names near ones; OSLER_EINPUT: the style or a locale is
 * broken; OSLER_EFORMAT: no such output format.
 */
OSLER_API OSLER_MUST_USE osler_status osler_bibliography_new(osler_bibliography **out,
                                                             const osler_cite_options *options,
                                                             osler_error *error);
/** Accepts NULL. */
OSLER_API void osler_bibliography_free(osler_bibliography *bibliography);

/**
 * Add `record` as the work `id` (NULL: its key in the source, else its PMID, else its number here).
 * Everything is copied.  A work with the same id is replaced.  `appraisal` may be NULL: it is made
 * when needed.
 */
OSLER_API void osler_bibliography_add(osler_bibliography *bibliography, const osler_record *record,
                                      const char *id, const osler_appraisal *appraisal);

/**
 * Add the work that `id` names in `library` (as osler_library_get() knows it).
 * OSLER_ENOTFOUND: it is not in the library.
 */
OSLER_API OSLER_MUST_USE osler_status osler_bibliography_add_from(osler_bibliography *bibliography,
                                                                  osler_library *library,
                                                                  const char *id,
                                                                  osler_error *error);
/**
 * Add the references of a list of the library (<osler/lists.h>), in its order.  One that is no work
 * of the library is printed from what was understood of it, with a line under it that says so, and
 * has the id "reference-N", N being its place in the list.  A work that stands twice in the list
 * is one work.  `*added` counts the references.  OSLER_ENOTFOUND: there is no such list.
 */
OSLER_API OSLER_MUST_USE osler_status osler_bibliography_add_list(osler_bibliography *bibliography,
                                                                  osler_library *library,
                                                                  const char *name, uint64_t *added,
                                                                  osler_error *error);
/**
 * Add all works of a file in any format that Osler reads (`format` NULL: found out).  Items that
 * cannot be read are passed over: osler_cite_options::failed hears of them.  `*added` counts the
 * others.
 */
OSLER_API OSLER_MUST_USE osler_status osler_bibliography_add_file(osler_bibliography *bibliography,
                                                                  const char *path,
                                                                  const char *format,
                                                                  uint64_t *added,
                                                                  osler_error *error);

/** Whether a work of that id has been added. */
OSLER_API bool osler_bibliography_has(const osler_bibliography *bibliography, const char *id);

/** A citation of one work, with what belongs to it in the text. */
typedef struct osler_cite {
    const char *id;      /**< The work's. */
    const char *locator; /**< "12-14", or NULL. */
    const char *label;   /**< What the locator counts: "page", "chapter"; NULL: page. */
    const char *prefix;  /**< "see ", or NULL. */
    const char *suffix;  /**< Or NULL. */
    bool suppress_author;
    bool author_only;
} osler_cite;

/**
 * Put one more citation at the end of the document, in the text.  `*text` is how it is printed
 * there, lent until the next call; later citations can change it (a year may come to need an "a"):
 * osler_bibliography_citation() tells the last word.  `text` may be NULL: then the citation is made
 * with the others that wait, when a text is asked for, much faster than one by one.
 * OSLER_ENOTFOUND: a work has not been added; OSLER_EUSAGE: no such label.
 */
OSLER_API OSLER_MUST_USE osler_status osler_bibliography_cite(osler_bibliography *bibliography,
                                                              const osler_cite *cites, size_t count,
                                                              const char **text,
                                                              osler_error *error);
/** The `index`-th citation of the document as it stands now; NULL past the last.  Lent until the
 *  next call. */
OSLER_API const char *osler_bibliography_citation(osler_bibliography *bibliography, size_t index);

/** One entry.  All in it is lent until the next call on the bibliography. */
typedef struct osler_bibliography_entry {
    const char *id;
    const char *text;       /**< In the output format, with what the format puts around an entry. */
    const char *annotation; /**< The same, what stands under the entry; NULL: nothing. */
    const char *group;      /**< Plain text: begins a group; NULL: goes on in it. */
    const char *heading;    /**< `group` in the output format. */
    /** What the style asked for and a work of its kind should have: "author", "issued", ...;
     * sorted. */
    osler_text_list missing;
} osler_bibliography_entry;

typedef struct osler_bibliography_list {
    const char *start, *end; /**< What the format puts around all entries. */
    osler_bibliography_entry *items;
    size_t count;
} osler_bibliography_list;

/** All works as a bibliography in the style's order, by groups when these are asked for. */
OSLER_API const osler_bibliography_list *osler_bibliography_entries(
    osler_bibliography *bibliography);

/** The title of the style at work ("Vancouver"), its language ("en-US"); lent. */
OSLER_API const char *osler_bibliography_style(const osler_bibliography *bibliography);
OSLER_API const char *osler_bibliography_language(const osler_bibliography *bibliography);

#ifdef __cplusplus
}
#endif

#endif
