/*
 * An object to preload, that has time(2) stand still at FIXED_TIME: the C client, and what takes the place of its counter of
 * requests, begin to count there.
 */
#include <stdlib.h>
#include <time.h>

time_t time(time_t *result) {
  const char *fixed = getenv("FIXED_TIME");
  const time_t now = fixed == NULL ? 0 : (time_t)strtoll(fixed, NULL, 10);
  if (result != NULL) *result = now;
  return now;
}
