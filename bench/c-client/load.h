/**
 * @file load.h
 * The scenarios that make requests, so many in flight: each answer makes the next request, on the completion thread.
 */
#ifndef LIBZOOKEEPER_BENCH_LOAD_H
#define LIBZOOKEEPER_BENCH_LOAD_H

#include "session.h"

/** Operations a second, and processor time for each. */
void run_throughput(zhandle_t* zh, const struct options* options);

/** How long single requests take, at the depth that the options say. */
void run_latency(zhandle_t* zh, const struct options* options);

#endif
