/**
 * @file watches.h
 * The scenarios with very many watches.
 */
#ifndef LIBZOOKEEPER_BENCH_WATCHES_H
#define LIBZOOKEEPER_BENCH_WATCHES_H

#include "session.h"

/** Sets watches, and says what memory each of them takes. */
void run_watch_memory(zhandle_t* zh, const struct options* options);

/** Sets watches, says so, and says when the first request after a reconnection was answered. */
void run_watch_return(zhandle_t* zh, const struct options* options);

#endif
