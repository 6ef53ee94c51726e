/**
 * @file session.h
 * One session of the C client, and what all scenarios need around it.
 */
#ifndef LIBZOOKEEPER_BENCH_SESSION_H
#define LIBZOOKEEPER_BENCH_SESSION_H

#include <zookeeper.h>

#include "options.h"

/** Connects, and waits for the session; ends the process when there is none in ten seconds. */
zhandle_t* connect_session(const struct options* options);

/** Waits until the session is connected anew, after it was not. */
void await_reconnection(void);

/** Ends the process when a call or a completion has another code than ZOK. */
void check(int rc, const char* what);

/** Milliseconds of a clock that only goes forward. */
double now_ms(void);

/** Microseconds of processor time, of all threads, and how often one of them had to wait. */
struct usage {
  double cpu_us;
  long waits;
};
struct usage usage_now(void);

/** Resident memory of the process, in bytes. */
double resident_bytes(void);

#endif
