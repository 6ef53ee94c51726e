/**
 * @file main.c
 * Drives the plain C client, as bench/drivers/main.ts drives the clients for Node.js.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"
#include "watches.h"

int main(int count, char** arguments) {
  static const struct {
    const char* name;
    void (*run)(zhandle_t* zh, const struct options* options);
  } scenarios[] = {
      {"throughput", run_throughput},
      {"latency", run_latency},
      {"watch-memory", run_watch_memory},
      {"watch-return", run_watch_return},
  };
  setvbuf(stdout, NULL, _IOLBF, 0);
  const struct options options = read_options(count, arguments);
  for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; ++i) {
    if (strcmp(scenarios[i].name, options.scenario) != 0) continue;
    zhandle_t* zh = connect_session(&options);
    scenarios[i].run(zh, &options);
    // A server that the scenario has left behind must not hold up the end.
    if (zoo_state(zh) == ZOO_CONNECTED_STATE) zookeeper_close(zh);
    return 0;
  }
  fprintf(stderr, "no such scenario: %s\n", options.scenario);
  return 2;
}
