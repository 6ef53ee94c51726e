#include "load.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "operation.h"

/** A place in the pipeline: one request in flight at a time. */
struct slot {
  double started_ms;
};

/** How many answers lie between two looks at the clock. */
enum { answers_per_look = 64 };

static zhandle_t* session;
static struct slot* slots;
static int depth;
static int in_flight;

/** 0 while the client warms up, then what the clock said when measuring began. */
static double measured_from_ms;
static double measure_from_ms;
static double measure_to_ms;
static long answers;
static long measured;
static int is_over;
static struct usage usage_before;
static struct usage usage_after;
static double measured_to_ms;

/** How long each request took, in microseconds; null when that is not asked for. */
static float* times;
static long times_capacity;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t drained = PTHREAD_COND_INITIALIZER;

static void look_at_clock(void) {
  const double now = now_ms();
  if (measured_from_ms == 0) {
    if (now < measure_from_ms) return;
    measured_from_ms = now;
    measure_to_ms += now - measure_from_ms;
    usage_before = usage_now();
    measured = 0;
  } else if (now >= measure_to_ms) {
    usage_after = usage_now();
    measured_to_ms = now;
    is_over = 1;
  }
}

static void start(struct slot* slot) {
  if (times != NULL) slot->started_ms = now_ms();
  request(session, slot);
}

static void drain(void) {
  if (--in_flight > 0) return;
  pthread_mutex_lock(&mutex);
  pthread_cond_signal(&drained);
  pthread_mutex_unlock(&mutex);
}

void on_answered(const void* context) {
  struct slot* slot = (struct slot*)context;
  if (!is_over) {
    if (times != NULL && measured_from_ms != 0 && measured < times_capacity) {
      times[measured] = (float)(1e3 * (now_ms() - slot->started_ms));
    }
    ++measured;
    if (++answers % answers_per_look == 0 || depth < answers_per_look) look_at_clock();
  }
  if (is_over) {
    drain();
  } else {
    start(slot);
  }
}

static void run(zhandle_t* zh, const struct options* options) {
  session = zh;
  depth = in_flight = options->depth;
  slots = calloc((size_t)depth, sizeof *slots);
  if (slots == NULL) exit(1);
  prepare_operation(options);
  measure_from_ms = now_ms() + options->warm_up_ms;
  measure_to_ms = measure_from_ms + options->duration_ms;
  for (int i = 0; i < depth; ++i) start(&slots[i]);
  pthread_mutex_lock(&mutex);
  while (in_flight > 0) pthread_cond_wait(&drained, &mutex);
  pthread_mutex_unlock(&mutex);
}

void run_throughput(zhandle_t* zh, const struct options* options) {
  run(zh, options);
  printf("{\"event\":\"result\",\"opsPerSecond\":%.3f,\"cpuPerOp\":%.5f,\"waitsPerOp\":%.5f}\n",
         1e3 * (double)measured / (measured_to_ms - measured_from_ms),
         (usage_after.cpu_us - usage_before.cpu_us) / (double)measured,
         (double)(usage_after.waits - usage_before.waits) / (double)measured);
}

static int compare_times(const void* left, const void* right) {
  const float difference = *(const float*)left - *(const float*)right;
  return difference < 0 ? -1 : difference > 0;
}

static double percentile(long count, double share) {
  long index = (long)(share * (double)count);
  if (index >= count) index = count - 1;
  return times[index];
}

void run_latency(zhandle_t* zh, const struct options* options) {
  times_capacity = 8 * 1024 * 1024;
  times = malloc((size_t)times_capacity * sizeof *times);
  if (times == NULL) exit(1);
  run(zh, options);
  const long count = measured < times_capacity ? measured : times_capacity;
  qsort(times, (size_t)count, sizeof *times, compare_times);
  printf("{\"event\":\"result\",\"p50\":%.3f,\"p99\":%.3f}\n", percentile(count, 0.5),
         percentile(count, 0.99));
}
