/**
 * @file replies.h
 * What the stub answers. A path says it: `…-100` has 100 bytes of data, or 100 children; one that contains `/none` is not
 * there.
 */
#ifndef LIBZOOKEEPER_BENCH_REPLIES_H
#define LIBZOOKEEPER_BENCH_REPLIES_H

#include "bytes.h"

/** What one connection asked for so far. */
struct counts {
  uint64_t requests;
  uint64_t watches;
};

/** Answers the first frame of a connection, the request for a session. */
void answer_connect(struct reader request, struct bytes* out);

/**
 * Answers any other frame.
 *
 * @return 0, or 1 when the session is to be closed once the answer is sent
 */
int answer(struct reader request, struct bytes* out, struct counts* counts);

#endif
