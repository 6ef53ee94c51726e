#include "tls_library.h"

#include <dlfcn.h>

namespace libzookeeper {
namespace port {

namespace {

/** Sets `function` to what the process has of that name. @return whether there is one */
template <typename Function>
bool LookUp(const char* name, Function* function) {
  *function = reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
  return *function != nullptr;
}

/** The table, and whether it is whole. */
struct Search {
  TlsLibrary library{};
  bool found = true;

  Search() {
#define LIBZOOKEEPER_LOOK_UP(name) found = LookUp(#name, &library.name) && found;
    LIBZOOKEEPER_OPENSSL_FUNCTIONS(LIBZOOKEEPER_LOOK_UP)
#undef LIBZOOKEEPER_LOOK_UP
    // BoringSSL (Electron) has most of the names, and other structures behind them.
    found = found && library.OpenSSL_version_num() >= 0x30000000UL;
  }
};

}  // namespace

const TlsLibrary* FindTlsLibrary() {
  static const Search search;
  return search.found ? &search.library : nullptr;
}

}  // namespace port
}  // namespace libzookeeper
