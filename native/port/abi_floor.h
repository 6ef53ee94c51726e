/**
 * @file abi_floor.h
 * What keeps a binary that was built with a new glibc loadable with an old one, down to 2.28.
 *
 * glibc 2.34 moved its threads and its dynamic loader into libc.so.6 and gave each of their functions a new version; a
 * linker takes the newest that it finds. Behind the old version is the same function, so that is what we ask for. In an
 * old glibc it is part of libpthread or libdl, which Node.js, Bun and Deno have loaded before us.
 *
 * The build includes this header, by force, ahead of every source file: ours, and through port.h those of the C client.
 * scripts/check-abi.mjs refuses a prebuilt binary that needs anything newer after all; what libstdc++ would bring in is
 * dealt with in abi_floor.cc.
 */
#ifndef LIBZOOKEEPER_ABI_FLOOR_H
#define LIBZOOKEEPER_ABI_FLOOR_H

/* Tells which C library this is: it defines __GLIBC__. */
#include <limits.h>

#if defined(__linux__) && defined(__GLIBC__) && (defined(__x86_64__) || defined(__aarch64__))

/* The oldest version of each architecture; a few functions came later to x86-64. */
#if defined(__x86_64__)
#define LIBZOOKEEPER_OLD(name) __asm__(".symver " #name "," #name "@GLIBC_2.2.5")
#define LIBZOOKEEPER_OLD_AS_OF(name, version) __asm__(".symver " #name "," #name "@GLIBC_" version)
#else
#define LIBZOOKEEPER_OLD(name) __asm__(".symver " #name "," #name "@GLIBC_2.17")
#define LIBZOOKEEPER_OLD_AS_OF(name, version) LIBZOOKEEPER_OLD(name)
#endif

LIBZOOKEEPER_OLD(dladdr);
LIBZOOKEEPER_OLD(dlclose);
LIBZOOKEEPER_OLD(dlerror);
LIBZOOKEEPER_OLD(dlopen);
LIBZOOKEEPER_OLD(dlsym);
LIBZOOKEEPER_OLD(pthread_attr_getstacksize);
LIBZOOKEEPER_OLD(pthread_attr_setstacksize);
LIBZOOKEEPER_OLD(pthread_cancel);
LIBZOOKEEPER_OLD_AS_OF(pthread_condattr_getclock, "2.3.3");
LIBZOOKEEPER_OLD_AS_OF(pthread_condattr_setclock, "2.3.3");
LIBZOOKEEPER_OLD(pthread_create);
LIBZOOKEEPER_OLD(pthread_detach);
LIBZOOKEEPER_OLD_AS_OF(pthread_getname_np, "2.12");
LIBZOOKEEPER_OLD(pthread_getspecific);
LIBZOOKEEPER_OLD(pthread_join);
LIBZOOKEEPER_OLD(pthread_key_create);
LIBZOOKEEPER_OLD(pthread_key_delete);
LIBZOOKEEPER_OLD(pthread_kill);
LIBZOOKEEPER_OLD(pthread_mutex_trylock);
LIBZOOKEEPER_OLD(pthread_mutexattr_destroy);
LIBZOOKEEPER_OLD(pthread_mutexattr_init);
LIBZOOKEEPER_OLD(pthread_mutexattr_settype);
LIBZOOKEEPER_OLD(pthread_once);
LIBZOOKEEPER_OLD(pthread_rwlock_destroy);
LIBZOOKEEPER_OLD(pthread_rwlock_init);
LIBZOOKEEPER_OLD(pthread_rwlock_rdlock);
LIBZOOKEEPER_OLD(pthread_rwlock_unlock);
LIBZOOKEEPER_OLD(pthread_rwlock_wrlock);
LIBZOOKEEPER_OLD_AS_OF(pthread_setname_np, "2.12");
LIBZOOKEEPER_OLD(pthread_setspecific);
LIBZOOKEEPER_OLD(pthread_sigmask);
LIBZOOKEEPER_OLD_AS_OF(pthread_timedjoin_np, "2.3.3");
LIBZOOKEEPER_OLD(sem_destroy);
LIBZOOKEEPER_OLD(sem_init);
LIBZOOKEEPER_OLD(sem_post);
LIBZOOKEEPER_OLD(sem_timedwait);
LIBZOOKEEPER_OLD(sem_wait);

#undef LIBZOOKEEPER_OLD
#undef LIBZOOKEEPER_OLD_AS_OF

#endif

#endif /* LIBZOOKEEPER_ABI_FLOOR_H */
