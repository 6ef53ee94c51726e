/**
 * @file leak-check.c
 * A module for Node.js: `check()` has LeakSanitizer look for leaks now, and report them, once each. JavaScript thread.
 */
#include <node_api.h>
#include <sanitizer/lsan_interface.h>

static napi_value Check(napi_env env, napi_callback_info info) {
  (void)env;
  (void)info;
  __lsan_do_recoverable_leak_check();
  return NULL;
}

NAPI_MODULE_INIT() {
  napi_value check = NULL;
  napi_create_function(env, "check", NAPI_AUTO_LENGTH, Check, NULL, &check);
  napi_set_named_property(env, exports, "check", check);
  return exports;
}
