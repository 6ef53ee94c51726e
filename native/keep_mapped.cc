#include "keep_mapped.h"

#ifdef __APPLE__
#include <dlfcn.h>
#endif

namespace libzookeeper {

// Not proven: there has been no Mac to run this on.
void KeepMapped() {
#ifdef __APPLE__
  Dl_info self;
  if (dladdr(reinterpret_cast<const void*>(&KeepMapped), &self) == 0) return;
  dlopen(self.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
#endif
}

}  // namespace libzookeeper
