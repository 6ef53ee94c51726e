#include "sasl_library.h"

#include <dlfcn.h>
#include <pthread.h>

namespace libzookeeper {
namespace port {

namespace {

/** Debian's name, that of Fedora and RHEL, and that of macOS. */
constexpr const char* kNames[] = {"libsasl2.so.2", "libsasl2.so.3", "libsasl2.2.dylib"};

// Its mechanisms share tables between connections, and guard them with what these make. It has none of its own.

void* MakeMutex() {
  auto* mutex = new pthread_mutex_t;
  pthread_mutex_init(mutex, nullptr);
  return mutex;
}

int LockMutex(void* mutex) { return pthread_mutex_lock(static_cast<pthread_mutex_t*>(mutex)); }

int UnlockMutex(void* mutex) { return pthread_mutex_unlock(static_cast<pthread_mutex_t*>(mutex)); }

void FreeMutex(void* mutex) {
  pthread_mutex_destroy(static_cast<pthread_mutex_t*>(mutex));
  delete static_cast<pthread_mutex_t*>(mutex);
}

/** It would write to the system's log. What concerns a connection comes as its error. */
int IgnoreLog(void*, int, const char*) { return SASL_OK; }

template <typename Function>
bool LookUp(void* library, const char* name, Function* function) {
  *function = reinterpret_cast<Function>(dlsym(library, name));
  return *function != nullptr;
}

}  // namespace

const SaslLibrary* SaslLibrary::Find() {
  // For the life of the process: its mechanisms cannot be unloaded while others may use them.
  static const SaslLibrary* const found = new SaslLibrary();
  return found->ready_ ? found : nullptr;
}

SaslLibrary::SaslLibrary() {
  for (const char* name : kNames) {
    if (void* library = dlopen(name, RTLD_NOW | RTLD_LOCAL)) {
      ready_ = LookUpAll(library) && Initialise();
      return;
    }
  }
}

bool SaslLibrary::LookUpAll(void* library) {
  return LookUp(library, "sasl_client_new", &client_new) &&
         LookUp(library, "sasl_client_start", &client_start) &&
         LookUp(library, "sasl_client_step", &client_step) &&
         LookUp(library, "sasl_dispose", &dispose) &&
         LookUp(library, "sasl_errdetail", &errdetail) &&
         LookUp(library, "sasl_errstring", &errstring) &&
         LookUp(library, "sasl_set_mutex", &set_mutex_) &&
         LookUp(library, "sasl_client_init", &client_init_) &&
         LookUp(library, "sasl_global_listmech", &global_listmech_);
}

bool SaslLibrary::Initialise() {
  static const sasl_callback_t callbacks[] = {
      {SASL_CB_LOG, AsCallback(IgnoreLog), nullptr},
      {SASL_CB_LIST_END, nullptr, nullptr},
  };
  set_mutex_(MakeMutex, LockMutex, UnlockMutex, FreeMutex);
  if (client_init_(callbacks) != SASL_OK) return false;
  const char** mechanism = global_listmech_();
  while (mechanism != nullptr && *mechanism != nullptr)
    mechanisms_ += std::string(*mechanism++) + ' ';
  return true;
}

bool SaslLibrary::Has(const std::string& mechanism) const {
  return mechanisms_.find(' ' + mechanism + ' ') != std::string::npos;
}

}  // namespace port
}  // namespace libzookeeper
