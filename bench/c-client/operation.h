/**
 * @file operation.h
 * The operations that are measured, as calls of the C client.
 */
#ifndef LIBZOOKEEPER_BENCH_OPERATION_H
#define LIBZOOKEEPER_BENCH_OPERATION_H

#include "session.h"

/** What is called when a request is answered. Its context is the request's. */
void on_answered(const void* context);

/** Gets ready to make the operation that the options name; ends the process when there is no such operation. */
void prepare_operation(const struct options* options);

/** Makes one request. */
void request(zhandle_t* zh, const void* context);

#endif
