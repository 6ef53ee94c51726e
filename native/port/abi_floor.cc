/**
 * @file abi_floor.cc
 * What newer headers of libstdc++ call, and an older libstdc++.so does not have, down to that of GCC 8 (Debian 10, RHEL
 * 8). Defined here, it is not asked of the library. Nothing of it is visible outside of the addon.
 */
// Any header tells whether it is libstdc++.
#include <new>

#if defined(__linux__) && defined(__GLIBCXX__)
#include <cstdlib>

extern "C" {
/** Glibc 2.32: whether shared_ptr may count without atomic operations. Never: there are threads as of the first call. */
__attribute__((visibility("hidden"))) char __libc_single_threaded = 0;
}

namespace std {

/** GLIBCXX_3.4.29: an allocation of more elements than can be. The addon is built without exceptions. */
__attribute__((visibility("hidden"), noreturn)) void __throw_bad_array_new_length() {
  std::abort();
}

}  // namespace std
#endif
