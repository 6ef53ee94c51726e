#include "keep_mapped.h"

#ifdef __APPLE__
#include <dlfcn.h>
#endif

namespace libzookeeper {

void KeepMapped() {
#if defined(_WIN32)
  HMODULE self = nullptr;
  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                     reinterpret_cast<LPCWSTR>(&KeepMapped), &self);
#elif defined(__APPLE__)
  // Not proven: there has been no Mac to run this on.
  Dl_info self;
  if (dladdr(reinterpret_cast<const void*>(&KeepMapped), &self) == 0) return;
  dlopen(self.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
#endif
}

}  // namespace libzookeeper
