/*
 * HTTP by libcurl.  A reply that ends early may still be CURLE_OK: callers must look for the end of
 * what they asked for.
 */
#include "fetch/http.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/memory.h"
#include "fetch/inflate.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct http {
    CURL *curl;
    struct curl_slist *headers;
    http_settings settings;
    bool loopback;
    char *base; /* ends in a slash */
    char host[160];
    char detail[CURL_ERROR_SIZE]; /* libcurl's own words on the last failure */
};

/* One request in flight. */
struct exchange {
    http *h;
    http_reply *reply;
    http_taker *taker; /* NULL: the body goes to the reply */
    inflater inflater;
    bool gzip, in_body;
    double begun;
    unsigned long rate_limit, rate_seconds; /* requests in so many seconds; 0: not said */
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* ---- The address ------------------------------------------------------------------------------
 */

static bool is_loopback(const char *host)
{
    unsigned char four[4], six[16];
    char bare[64];
    static const unsigned char one[16] = {[15] = 1};
    if (strcmp(host, "localhost") == 0)
        return true;
    if (inet_pton(AF_INET, host, four) == 1)
        return four[0] == 127;
    size_t length = strlen(host);
    if (host[0] != '[' || length < 3 || length > sizeof bare)
        return false;
    memcpy(bare, host + 1, length - 2);
    bare[length - 2] = '\0';
    return inet_pton(AF_INET6, bare, six) == 1 && memcmp(six, one, sizeof one) == 0;
}

/* A part of a URL in a buffer; false when it is absent or does not fit. */
static bool url_part(CURLU *url, CURLUPart part, char *out, size_t size)
{
    char *text = NULL;
    out[0] = '\0';
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK || !text)
        return false;
    bool fits = (size_t)snprintf(out, size, "%s", text) < size;
    curl_free(text);
    return fits;
}

/* What is wrong with the address, or NULL.  Its parts are those libcurl will use, not ours. */
static const char *check_address(http *h, CURLU *url)
{
    char scheme[16], host[120], port[8], other[8];
    if (!url_part(url, CURLUPART_SCHEME, scheme, sizeof scheme) ||
        !url_part(url, CURLUPART_HOST, host, sizeof host))
        return "it is not a web address";
    h->loopback = is_loopback(host);
    if (strcmp(scheme, "https") != 0 && !(strcmp(scheme, "http") == 0 && h->loopback))
        return "it must begin with https:// (plain http only on a loopback address)";
    if (url_part(url, CURLUPART_USER, other, sizeof other) || other[0] ||
        url_part(url, CURLUPART_PASSWORD, other, sizeof other) || other[0])
        return "it must not hold a user name or password";
    if (url_part(url, CURLUPART_QUERY, other, sizeof other) || other[0] ||
        url_part(url, CURLUPART_FRAGMENT, other, sizeof other) || other[0])
        return "it must not have a query (?) or a fragment (#)";
    bool ported = url_part(url, CURLUPART_PORT, port, sizeof port);
    snprintf(h->host, sizeof h->host, "%s%s%s", host, ported ? ":" : "", port);
    return NULL;
}

static osler_status take_address(http *h, const char *address, const char *default_path,
                                 osler_error *error)
{
    char path[1024];
    CURLU *url = curl_url();
    const char *wrong = NULL;
    if (!url)
        memory_out(sizeof url);
    if (curl_url_set(url, CURLUPART_URL, address, 0) != CURLUE_OK)
        wrong = "it is not a web address";
    else
        wrong = check_address(h, url);
    if (!wrong && url_part(url, CURLUPART_PATH, path, sizeof path) && strcmp(path, "/") == 0)
        curl_url_set(url, CURLUPART_PATH, default_path, 0);
    char *whole = NULL;
    if (!wrong && curl_url_get(url, CURLUPART_URL, &whole, 0) == CURLUE_OK) {
        size_t length = strlen(whole);
        h->base = memory_alloc(length + 2);
        snprintf(h->base, length + 2, "%s%s", whole, whole[length - 1] == '/' ? "" : "/");
    }
    curl_free(whole);
    curl_url_cleanup(url);
    if (!wrong && h->base)
        return OSLER_OK;
    /* The address is not shown: it may hold a key or a password. */
    return fail(error, OSLER_ECONFIG, 0, "the address in %s cannot be used: %s",
                h->settings.variable, wrong ? wrong : "it is not a web address");
}

/* ---- Opening ----------------------------------------------------------------------------------
 */

static void start_curl(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

/* The program curl reads these; the library does not. */
static const char *certificates(void)
{
    static const char *const names[] = {"CURL_CA_BUNDLE", "SSL_CERT_FILE"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *file = getenv(names[i]);
        if (file && *file)
            return file;
    }
    return NULL;
}

static int on_progress(void *opaque, curl_off_t total, curl_off_t now, curl_off_t up_total,
                       curl_off_t up_now)
{
    const http *h = opaque;
    (void)total, (void)now, (void)up_total, (void)up_now;
    return h->settings.keep_going && !h->settings.keep_going(h->settings.state);
}

static void set_options(http *h)
{
    CURL *c = h->curl;
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR,
                     strncmp(h->base, "https:", 6) == 0 ? "https" : "http");
    curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(c, CURLOPT_USERAGENT,
                     h->settings.user_agent ? h->settings.user_agent : "osler/" OSLER_VERSION);
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, h->headers);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, 15L);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 100L);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, h->settings.stall_seconds);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, h->settings.total_seconds);
    curl_easy_setopt(c, CURLOPT_MAXFILESIZE, (long)LIMIT_RESPONSE);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, h->detail);
    curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(c, CURLOPT_XFERINFODATA, h);
    if (h->loopback)
        curl_easy_setopt(c, CURLOPT_NOPROXY, "*");
    if (certificates())
        curl_easy_setopt(c, CURLOPT_CAINFO, certificates());
}

osler_status http_open(http **out, const char *address, const char *default_path,
                       const http_settings *settings, osler_error *error)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    static const char *const lines[] = {"Accept-Encoding: gzip", "Expect:"};
    pthread_once(&once, start_curl);
    *out = NULL;
    http *h = memory_alloc(sizeof *h);
    h->settings = *settings;
    osler_status status = take_address(h, address, default_path, error);
    if (status != OSLER_OK) {
        http_close(h);
        return status;
    }
    h->curl = curl_easy_init();
    if (!h->curl)
        memory_out(sizeof *h);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct curl_slist *longer = curl_slist_append(h->headers, lines[i]);
        if (!longer)
            memory_out(sizeof *longer);
        h->headers = longer;
    }
    set_options(h);
    *out = h;
    return OSLER_OK;
}

void http_close(http *h)
{
    if (!h)
        return;
    curl_easy_cleanup(h->curl);
    curl_slist_free_all(h->headers);
    memory_free(h->base);
    memory_free(h);
}

const char *http_host(const http *h)
{
    return h->host;
}

/* ---- The reply --------------------------------------------------------------------------------
 */

static void set_header(char *out, size_t size, str value)
{
    snprintf(out, size, "%.*s", (int)(value.length < size ? value.length : size - 1), value.data);
}

/* "X-Rate-Limit-Limit: 50" and "X-Rate-Limit-Interval: 1s", as Crossref says it. */
static void take_rate(struct exchange *x, str name, str value)
{
    if (str_equal_ignoring_case(name, str_of("X-Rate-Limit-Limit")))
        (void)str_number(value, &x->rate_limit);
    if (str_equal_ignoring_case(name, str_of("X-Rate-Limit-Interval")) && value.length)
        (void)str_number(str_part(value, 0, value.length - 1), &x->rate_seconds);
    if (x->rate_limit && x->rate_seconds)
        x->reply->rate_gap = (double)x->rate_seconds / (double)x->rate_limit;
}

static size_t take_header(char *data, size_t one, size_t length, void *opaque)
{
    struct exchange *x = opaque;
    str line = {data, one * length}, name;
    if (x->reply->heard <= 0)
        x->reply->heard = now() - x->begun;
    if (x->in_body) /* a trailer describes nothing any more */
        return line.length;
    if (str_starts_with(line, str_of("HTTP/"))) {
        x->reply->content_type[0] = x->reply->content_encoding[0] = '\0';
        return one * length;
    }
    if (!str_next_field(&line, ':', &name))
        return one * length;
    if (str_equal_ignoring_case(name, str_of("Content-Type")))
        set_header(x->reply->content_type, sizeof x->reply->content_type, str_trim(line));
    if (str_equal_ignoring_case(name, str_of("Content-Encoding")))
        set_header(x->reply->content_encoding, sizeof x->reply->content_encoding, str_trim(line));
    take_rate(x, name, str_trim(line));
    return one * length;
}

static bool refuse(struct exchange *x, http_outcome outcome, const char *problem)
{
    x->reply->outcome = outcome;
    snprintf(x->reply->problem, sizeof x->reply->problem, "%s", problem);
    return false;
}

/* At the first byte of the body: can its encoding be undone? */
static bool begin_body(struct exchange *x)
{
    str encoding = str_of(x->reply->content_encoding);
    x->in_body = true;
    x->gzip = str_equal_ignoring_case(encoding, str_of("gzip")) ||
              str_equal_ignoring_case(encoding, str_of("x-gzip"));
    if (x->gzip || !encoding.length || str_equal_ignoring_case(encoding, str_of("identity")))
        return true;
    return refuse(x, HTTP_DAMAGED, "the reply has a content encoding nobody asked for");
}

/* The bytes of a file, which nothing may have packed on the way. */
static bool hand_on(struct exchange *x, str data, bool whole)
{
    bool first = !x->in_body;
    x->in_body = true;
    if (x->reply->content_encoding[0])
        return refuse(x, HTTP_DAMAGED, "the file has a content encoding nobody asked for");
    if (x->taker->take(x->taker, first, whole, data))
        return true;
    return refuse(x, HTTP_TOO_LARGE, "the file cannot be written, or is too large");
}

static bool add_body(struct exchange *x, str data)
{
    buf *body = &x->reply->body;
    long code = 0;
    if (x->taker)
        curl_easy_getinfo(x->h->curl, CURLINFO_RESPONSE_CODE, &code);
    if (code == 200 || code == 206)
        return hand_on(x, data, code == 200);
    if (!x->in_body && !begin_body(x))
        return false;
    inflate_result result = INFLATE_GOOD;
    if (x->gzip)
        result = inflater_feed(&x->inflater, data, body, LIMIT_RESPONSE);
    else if (body->length + data.length > LIMIT_RESPONSE)
        result = INFLATE_TOO_LARGE;
    else
        buf_add(body, data);
    if (result == INFLATE_TOO_LARGE)
        return refuse(x, HTTP_TOO_LARGE, "the reply is larger than any reply may be");
    if (result == INFLATE_DAMAGED)
        return refuse(x, HTTP_DAMAGED, "the gzip data of the reply are damaged");
    return true;
}

static size_t take_body(char *data, size_t one, size_t length, void *opaque)
{
    return add_body(opaque, (str){data, one * length}) ? one * length : 0;
}

static http_outcome outcome_of(CURLcode code, const http_reply *reply)
{
    switch ((int)code) { /* far more codes than matter here */
    case CURLE_OK: return HTTP_ANSWERED;
    case CURLE_ABORTED_BY_CALLBACK: return HTTP_STOPPED;
    case CURLE_WRITE_ERROR: return reply->outcome == HTTP_ANSWERED ? HTTP_BROKEN : reply->outcome;
    case CURLE_FILESIZE_EXCEEDED: return HTTP_TOO_LARGE;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_INVALIDCERTSTATUS: return HTTP_UNTRUSTED;
    case CURLE_SSL_CACERT_BADFILE: return HTTP_MISCONFIGURED;
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR: return HTTP_BROKEN;
    default: return reply->status ? HTTP_BROKEN : HTTP_UNREACHED;
    }
}

static void read_results(struct exchange *x, CURLcode code)
{
    http_reply *reply = x->reply;
    CURL *c = x->h->curl;
    curl_off_t wait = 0;
    char *redirect = NULL;
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &reply->status);
    if (reply->status && curl_easy_getinfo(c, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK && wait > 0)
        reply->retry_after = (double)wait;
    curl_easy_getinfo(c, CURLINFO_REDIRECT_URL, &redirect);
    CURLU *url = redirect ? curl_url() : NULL;
    if (url && curl_url_set(url, CURLUPART_URL, redirect, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK)
        url_part(url, CURLUPART_HOST, reply->redirect_host, sizeof reply->redirect_host);
    curl_url_cleanup(url);
    reply->outcome = outcome_of(code, reply);
    if (reply->outcome == HTTP_ANSWERED && x->gzip && !inflater_is_complete(&x->inflater))
        refuse(x, HTTP_DAMAGED, "the gzip data of the reply end too early");
    if (reply->outcome != HTTP_ANSWERED && !reply->problem[0])
        snprintf(reply->problem, sizeof reply->problem, "%.*s", (int)sizeof reply->problem - 1,
                 x->h->detail[0] ? x->h->detail : curl_easy_strerror(code));
}

/* ---- The request ------------------------------------------------------------------------------
 */

/*
 * With NOSIGNAL libcurl leaves SIGPIPE alone, and a TLS connection that the server has closed
 * raises it.  A library must not change the signals of its program: hold it back on this thread
 * meanwhile.
 */
static CURLcode perform_without_sigpipe(CURL *curl)
{
    sigset_t pipe, before, pending;
    struct timespec none = {0};
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    sigpending(&pending);
    bool was_pending = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe, &before);
    CURLcode code = curl_easy_perform(curl);
    if (!was_pending)
        sigtimedwait(&pipe, NULL, &none);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return code;
}

/* Get ready for a request; `reply` is emptied. */
static void begin_exchange(struct exchange *x, const char *target)
{
    CURL *c = x->h->curl;
    http_reply *reply = x->reply;
    buf body = reply->body, url = {0};
    buf_clear(&body);
    *reply = (http_reply){.body = body, .retry_after = -1};
    x->h->detail[0] = '\0';
    buf_printf(&url, "%s%s", x->h->base, target);
    curl_easy_setopt(c, CURLOPT_URL, buf_text(&url));
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, x);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, x);
    buf_free(&url);
}

static void perform(struct exchange *x)
{
    read_results(x, perform_without_sigpipe(x->h->curl));
    if (x->reply->heard <= 0)
        x->reply->heard = now() - x->begun;
    inflater_end(&x->inflater);
}

void http_post(http *h, const char *program, str form, http_reply *reply)
{
    struct exchange x = {.h = h, .reply = reply, .begun = now()};
    begin_exchange(&x, program);
    curl_easy_setopt(h->curl, CURLOPT_POST, 1L);
    curl_easy_setopt(h->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)form.length);
    curl_easy_setopt(h->curl, CURLOPT_POSTFIELDS, form.data);
    perform(&x);
}

void http_get(http *h, const char *target, http_reply *reply)
{
    struct exchange x = {.h = h, .reply = reply, .begun = now()};
    begin_exchange(&x, target);
    curl_easy_setopt(h->curl, CURLOPT_HTTPGET, 1L);
    perform(&x);
}

void http_get_file(http *h, const char *target, http_taker *taker, http_reply *reply)
{
    struct exchange x = {.h = h, .reply = reply, .taker = taker, .begun = now()};
    struct curl_slist *headers = curl_slist_append(NULL, "Accept-Encoding: identity");
    char range[32];
    begin_exchange(&x, target);
    snprintf(range, sizeof range, "%llu-", (unsigned long long)taker->from);
    curl_easy_setopt(h->curl, CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(h->curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(h->curl, CURLOPT_RANGE, taker->from ? range : NULL);
    curl_easy_setopt(h->curl, CURLOPT_TIMEOUT, 0L);
    perform(&x);
    curl_easy_setopt(h->curl, CURLOPT_TIMEOUT, h->settings.total_seconds);
    curl_easy_setopt(h->curl, CURLOPT_RANGE, NULL);
    curl_easy_setopt(h->curl, CURLOPT_HTTPHEADER, h->headers);
    curl_slist_free_all(headers);
}

void http_reply_free(http_reply *reply)
{
    buf_free(&reply->body);
    *reply = (http_reply){0};
}
