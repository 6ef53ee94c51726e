#include "session.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int connections;

static const int longest_wait_s = 10;

static void on_event(zhandle_t* zh, int type, int state, const char* path, void* context) {
  (void)zh;
  (void)path;
  (void)context;
  if (type != ZOO_SESSION_EVENT || state != ZOO_CONNECTED_STATE) return;
  pthread_mutex_lock(&mutex);
  ++connections;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&mutex);
}

/** @return whether there were that many before the deadline */
static int await_connections(int wanted, int seconds) {
  struct timespec deadline;
  clock_gettime(CLOCK_REALTIME, &deadline);
  deadline.tv_sec += seconds;
  pthread_mutex_lock(&mutex);
  int rc = 0;
  while (connections < wanted && rc == 0) {
    rc = pthread_cond_timedwait(&changed, &mutex, &deadline);
  }
  const int reached = connections >= wanted;
  pthread_mutex_unlock(&mutex);
  return reached;
}

zhandle_t* connect_session(const struct options* options) {
  zoo_set_debug_level(0);
  zhandle_t* zh = zookeeper_init(options->address, on_event, 30000, NULL, NULL, 0);
  if (zh == NULL || !await_connections(1, longest_wait_s)) {
    fputs("no session\n", stderr);
    exit(1);
  }
  return zh;
}

void await_reconnection(void) {
  // The one who started us knows how long is too long.
  while (!await_connections(2, longest_wait_s)) {
  }
}

void check(int rc, const char* what) {
  if (rc == ZOK) return;
  fprintf(stderr, "%s: %s\n", what, zerror(rc));
  exit(1);
}

double now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

struct usage usage_now(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  const struct usage usage = {
      1e6 * (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
          (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec),
      used.ru_nvcsw,
  };
  return usage;
}

double resident_bytes(void) {
  long total = 0;
  long resident = 0;
  FILE* file = fopen("/proc/self/statm", "r");
  if (file == NULL || fscanf(file, "%ld %ld", &total, &resident) != 2) {
    fputs("cannot read /proc/self/statm\n", stderr);
    exit(1);
  }
  fclose(file);
  return (double)resident * (double)sysconf(_SC_PAGESIZE);
}
