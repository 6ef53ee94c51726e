/*
 * An object to preload: once NO_THREAD_BUT is set, so many threads may still be started, and then none, as in a process that
 * has reached its limit.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument) {
  static int started;
  int (*create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *) =
      (int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *))dlsym(RTLD_NEXT, "pthread_create");
  const char *limit = getenv("NO_THREAD_BUT");
  if (limit == NULL) {
    started = 0;
  } else if (__atomic_fetch_add(&started, 1, __ATOMIC_SEQ_CST) >= atoi(limit)) {
    return EAGAIN;
  }
  return create(thread, attributes, start, argument);
}
