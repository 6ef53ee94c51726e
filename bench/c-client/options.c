#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct options read_options(int count, char** arguments) {
  struct options options = {"", "", "", "/", 1, 0, 0, 0, 0};
  for (int i = 1; i < count; ++i) {
    char* value = strchr(arguments[i], '=');
    if (value == NULL) continue;
    *value++ = '\0';
    const char* name = arguments[i];
    if (strcmp(name, "scenario") == 0) {
      options.scenario = value;
    } else if (strcmp(name, "operation") == 0) {
      options.operation = value;
    } else if (strcmp(name, "address") == 0) {
      options.address = value;
    } else if (strcmp(name, "path") == 0) {
      options.path = value;
    } else if (strcmp(name, "depth") == 0) {
      options.depth = atoi(value);
    } else if (strcmp(name, "size") == 0) {
      options.size = atoi(value);
    } else if (strcmp(name, "count") == 0) {
      options.count = atoi(value);
    } else if (strcmp(name, "warmUp") == 0) {
      options.warm_up_ms = atof(value);
    } else if (strcmp(name, "duration") == 0) {
      options.duration_ms = atof(value);
    } else {
      fprintf(stderr, "no such option: %s\n", name);
      exit(2);
    }
  }
  return options;
}
