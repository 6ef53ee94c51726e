#include "operation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { operations_of_a_multi = 10 };

static const char* path;
static char* data;
static int data_size;
static int (*start)(zhandle_t* zh, const void* context);

/** A multi's results, which must live until it is answered. */
struct multi {
  zoo_op_t operations[operations_of_a_multi];
  zoo_op_result_t results[operations_of_a_multi];
  struct Stat stats[operations_of_a_multi];
  const void* context;
};

static void answered(int rc, const void* context) {
  check(rc, "completion");
  on_answered(context);
}

static void on_data(int rc, const char* value, int length, const struct Stat* stat,
                    const void* context) {
  (void)value;
  (void)length;
  (void)stat;
  answered(rc, context);
}

static void on_stat(int rc, const struct Stat* stat, const void* context) {
  (void)stat;
  answered(rc, context);
}

static void on_path(int rc, const char* created, const void* context) {
  (void)created;
  answered(rc, context);
}

static void on_children(int rc, const struct String_vector* names, const struct Stat* stat,
                        const void* context) {
  (void)names;
  (void)stat;
  answered(rc, context);
}

static void on_multi(int rc, const void* context) {
  struct multi* multi = (struct multi*)context;
  const void* owner = multi->context;
  free(multi);
  answered(rc, owner);
}

static int start_get(zhandle_t* zh, const void* context) {
  return zoo_aget(zh, path, 0, on_data, context);
}

static int start_set(zhandle_t* zh, const void* context) {
  return zoo_aset(zh, path, data, data_size, -1, on_stat, context);
}

static int start_exists(zhandle_t* zh, const void* context) {
  return zoo_aexists(zh, path, 0, on_stat, context);
}

static int start_create(zhandle_t* zh, const void* context) {
  return zoo_acreate(zh, path, data, data_size, &ZOO_OPEN_ACL_UNSAFE, ZOO_EPHEMERAL_SEQUENTIAL,
                     on_path, context);
}

static int start_children(zhandle_t* zh, const void* context) {
  return zoo_aget_children2(zh, path, 0, on_children, context);
}

static int start_multi(zhandle_t* zh, const void* context) {
  struct multi* multi = calloc(1, sizeof *multi);
  if (multi == NULL) return ZSYSTEMERROR;
  multi->context = context;
  for (int i = 0; i < operations_of_a_multi; ++i) {
    zoo_set_op_init(&multi->operations[i], path, data, data_size, -1, &multi->stats[i]);
  }
  return zoo_amulti(zh, operations_of_a_multi, multi->operations, multi->results, on_multi, multi);
}

void prepare_operation(const struct options* options) {
  static const struct {
    const char* name;
    int (*start)(zhandle_t* zh, const void* context);
  } known[] = {
      {"get", start_get},       {"set", start_set},           {"exists", start_exists},
      {"create", start_create}, {"children", start_children}, {"multi", start_multi},
  };
  path = options->path;
  data_size = options->size;
  data = malloc((size_t)data_size + 1);
  if (data == NULL) exit(1);
  memset(data, 'x', (size_t)data_size);
  for (size_t i = 0; i < sizeof known / sizeof *known; ++i) {
    if (strcmp(known[i].name, options->operation) == 0) start = known[i].start;
  }
  if (start == NULL) {
    fprintf(stderr, "no such operation: %s\n", options->operation);
    exit(2);
  }
}

void request(zhandle_t* zh, const void* context) { check(start(zh, context), "request"); }
