/**
 * @file sasl_library.h
 * Cyrus SASL, if the system has it: opened at run time, since few programs need it and most systems lack it.
 */
#ifndef LIBZOOKEEPER_PORT_SASL_LIBRARY_H
#define LIBZOOKEEPER_PORT_SASL_LIBRARY_H

#include <sasl/sasl.h>

#include <string>

namespace libzookeeper {
namespace port {

/** A callback, as libsasl2 keeps those of all types; it casts them back. */
template <typename Function>
int (*AsCallback(Function function))() {
  // By way of a type that stands for any function.
  return reinterpret_cast<int (*)()>(reinterpret_cast<void (*)()>(function));
}

/** The functions of libsasl2 that are called here. */
class SaslLibrary {
 public:
  /**
   * Opens the library and has it load its mechanisms, the first time. Any thread.
   * @return null when it is not there
   */
  static const SaslLibrary* Find();

  /** Whether a mechanism is installed, such as "DIGEST-MD5". */
  bool Has(const std::string& mechanism) const;

  int (*client_new)(const char*, const char*, const char*, const char*, const sasl_callback_t*,
                    unsigned, sasl_conn_t**);
  int (*client_start)(sasl_conn_t*, const char*, sasl_interact_t**, const char**, unsigned*,
                      const char**);
  int (*client_step)(sasl_conn_t*, const char*, unsigned, sasl_interact_t**, const char**,
                     unsigned*);
  void (*dispose)(sasl_conn_t**);
  const char* (*errdetail)(sasl_conn_t*);
  const char* (*errstring)(int, const char*, const char**);

 private:
  SaslLibrary();

  bool LookUpAll(void* library);
  bool Initialise();

  void (*set_mutex_)(void* (*)(), int (*)(void*), int (*)(void*), void (*)(void*));
  int (*client_init_)(const sasl_callback_t*);
  const char** (*global_listmech_)();
  bool ready_ = false;
  /** Between blanks: " DIGEST-MD5 GSSAPI ". */
  std::string mechanisms_ = " ";
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_SASL_LIBRARY_H
