#include "watches.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t answered = PTHREAD_COND_INITIALIZER;
static int answers;
static int last_rc;

static void on_watch(zhandle_t* zh, int type, int state, const char* path, void* context) {
  (void)zh;
  (void)type;
  (void)state;
  (void)path;
  (void)context;
}

static void on_exists(int rc, const struct Stat* stat, const void* context) {
  (void)stat;
  (void)context;
  pthread_mutex_lock(&mutex);
  ++answers;
  last_rc = rc;
  pthread_cond_signal(&answered);
  pthread_mutex_unlock(&mutex);
}

static void await_answers(int wanted) {
  pthread_mutex_lock(&mutex);
  while (answers < wanted) pthread_cond_wait(&answered, &mutex);
  pthread_mutex_unlock(&mutex);
}

static void set_watches(zhandle_t* zh, const struct options* options) {
  const int before = answers;
  for (int i = 0; i < options->count; ++i) {
    char path[256];
    snprintf(path, sizeof path, "%s%07d", options->path, i);
    if (i >= options->depth) await_answers(before + i - options->depth + 1);
    check(zoo_awexists(zh, path, on_watch, NULL, on_exists, NULL), "zoo_awexists");
  }
  await_answers(before + options->count);
  if (last_rc != ZNONODE) check(last_rc, "zoo_awexists");
}

/** Requests before memory is looked at: what the client takes once is not the watches'. */
static void use(zhandle_t* zh, const struct options* options) {
  const int requests = 20000;
  for (int i = 0; i < requests; ++i) {
    if (i >= options->depth) await_answers(i - options->depth + 1);
    check(zoo_aexists(zh, "/", 0, on_exists, NULL), "zoo_aexists");
  }
  await_answers(requests);
}

void run_watch_memory(zhandle_t* zh, const struct options* options) {
  use(zh, options);
  const double before = resident_bytes();
  set_watches(zh, options);
  printf("{\"event\":\"result\",\"bytesPerWatch\":%.3f}\n",
         (resident_bytes() - before) / (double)options->count);
}

void run_watch_return(zhandle_t* zh, const struct options* options) {
  set_watches(zh, options);
  printf("{\"event\":\"watching\"}\n");
  do {
    await_reconnection();
    const int before = answers;
    if (zoo_aexists(zh, "/", 0, on_exists, NULL) != ZOK) continue;
    await_answers(before + 1);
  } while (last_rc != ZOK);
  printf("{\"event\":\"result\"}\n");
}
