/**
 * @file options.h
 * What a driver is told to do: the same words for the drivers of all clients; see bench/drivers/task.ts.
 */
#ifndef LIBZOOKEEPER_BENCH_OPTIONS_H
#define LIBZOOKEEPER_BENCH_OPTIONS_H

struct options {
  const char* scenario;
  const char* operation;
  const char* address;
  const char* path;
  int depth;
  int size;
  int count;
  double warm_up_ms;
  double duration_ms;
};

/** Reads `name=value` arguments; ends the process with a message when one is not known. */
struct options read_options(int count, char** arguments);

#endif
