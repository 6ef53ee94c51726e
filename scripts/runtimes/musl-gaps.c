/**
 * What the objects of glibc's C++ library ask of glibc, and musl does not have: see musl.mjs.
 */
#include <stdlib.h>
#include <sys/types.h>

typedef unsigned int Key;
int pthread_key_create(Key* key, void (*destructor)(void*));
unsigned long getauxval(unsigned long type);
ssize_t getrandom(void* bytes, size_t length, unsigned int flags);

void* __dso_handle __attribute__((visibility("hidden"))) = &__dso_handle;
char __libc_single_threaded = 0;

int __pthread_key_create(Key* key, void (*destructor)(void*)) {
  return pthread_key_create(key, destructor);
}

/** Of arm64's atomics. */
unsigned long __getauxval(unsigned long type) { return getauxval(type); }

/** Says that there is no such object: no exception passes through this library. */
int _dl_find_object(void* address, void* result) {
  (void)address;
  (void)result;
  return -1;
}

unsigned int arc4random(void) {
  unsigned int number = 0;
  if (getrandom(&number, sizeof number, 0) != sizeof number) abort();
  return number;
}

/** Of transactional memory, which nobody uses. */
void _ITM_RU1(void) { abort(); }
void _ITM_RU8(void) { abort(); }
void _ITM_addUserCommitAction(void) { abort(); }
void _ITM_memcpyRnWt(void) { abort(); }
void _ITM_memcpyRtWn(void) { abort(); }
void _ZGTtdlPv(void) { abort(); }
void _ZGTtnam(void) { abort(); }
