/**
 * @file posix.h
 * POSIX on Windows: as much of it as the C client and this addon call, over Winsock and Windows' own threads.
 *
 * The C client has a port to Windows of its own, with another I/O loop, other threads and no SASL. Here it is compiled as it
 * is for Linux instead, so that what the port layer does for it, and the tests show, is the same everywhere. Nothing outside
 * of this directory knows that there is a Windows; on other systems nothing of it is compiled.
 *
 * The build includes this header, by force, ahead of every source file on Windows, as abi_floor.h on Linux. The headers in
 * include/, which have the names of POSIX's, lead here. A descriptor is always that of a socket: the self-pipe is a pair of
 * them. Errors are in errno, by the names of POSIX. Most of the calls are macros: nothing of ours that is called may have one
 * of their names (a parameter `write`, a variable `socket`).
 *
 * Plain C: it is read by C compilers that know nothing of the addon.
 */
#ifndef LIBZOOKEEPER_PORT_WINDOWS_POSIX_H
#define LIBZOOKEEPER_PORT_WINDOWS_POSIX_H

#ifdef _WIN32

#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#ifndef NOMINMAX
#define NOMINMAX
#endif
/* ZooKeeper has an ACL, too. */
#define ACL libzookeeper_windows_ACL
/* The order matters. */
#include <windows.h>
#include <winsock2.h>
#include <ws2tcpip.h>
#undef ACL

/* All that the C client includes and that Windows has: the macros below must not touch it. */
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <limits.h>
#include <math.h>
#include <process.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>

#ifdef _MSC_VER
typedef SSIZE_T ssize_t;
typedef int pid_t;
/* Of mt_adaptor.c. */
#define __attribute__(attributes)
#define __sync_fetch_and_add(operand, addend) \
  InterlockedExchangeAdd((volatile LONG*)(operand), addend)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Sockets: sockets.cc. Each as POSIX has it. */

struct libzookeeper_windows_pollfd {
  int fd;
  short events;
  short revents;
};
typedef unsigned long nfds_t;

int libzookeeper_windows_pipe(int ends[2]);
int libzookeeper_windows_socket(int family, int type, int protocol);
int libzookeeper_windows_connect(int descriptor, const struct sockaddr* address, socklen_t length);
ssize_t libzookeeper_windows_send(int descriptor, const void* bytes, size_t length, int flags);
ssize_t libzookeeper_windows_recv(int descriptor, void* bytes, size_t length, int flags);
ssize_t libzookeeper_windows_write(int descriptor, const void* bytes, size_t length);
ssize_t libzookeeper_windows_read(int descriptor, void* bytes, size_t length);
/** Also ends a poll() that waits for the socket, and an attempt to connect, as shutdown() does on other systems. */
int libzookeeper_windows_shutdown(int descriptor, int how);
int libzookeeper_windows_close(int descriptor);
/** Only F_GETFL, F_SETFL for O_NONBLOCK, and F_SETFD, which changes nothing: no socket here is ever inherited. */
int libzookeeper_windows_fcntl(int descriptor, int command, ...);
int libzookeeper_windows_getsockopt(int descriptor, int level, int name, void* value,
                                    socklen_t* length);
int libzookeeper_windows_setsockopt(int descriptor, int level, int name, const void* value,
                                    socklen_t length);
int libzookeeper_windows_getpeername(int descriptor, struct sockaddr* address, socklen_t* length);
/** Starts Winsock if nobody has. */
int libzookeeper_windows_getaddrinfo(const char* node, const char* service,
                                     const struct addrinfo* hints, struct addrinfo** result);
/** Winsock's own answers in the system's language and code page, from a buffer that all threads share. */
const char* libzookeeper_windows_gai_strerror(int code);

/* poll.cc. */

/** The descriptors have to be sockets, and no more than 63. */
int libzookeeper_windows_poll(struct libzookeeper_windows_pollfd* descriptors, nfds_t count,
                              int timeout);

/* Threads: threads.cc. Each as POSIX has it. */

/** The system's number of the thread. It is nobody else's before the thread was joined or detached. */
typedef unsigned long pthread_t;
typedef unsigned long pthread_key_t;

typedef struct {
  size_t stack_size;
  int is_detached;
} pthread_attr_t;

typedef struct {
  int type;
} pthread_mutexattr_t;

typedef struct {
  SRWLOCK lock;
  /* For a recursive one: who holds it, and how often. Written by its holder. */
  int type;
  unsigned depth;
  volatile LONG owner;
} pthread_mutex_t;

typedef struct {
  int clock;
} pthread_condattr_t;

typedef struct {
  CONDITION_VARIABLE variable;
  /* By which pthread_cond_timedwait measures time. */
  int clock;
} pthread_cond_t;

#define PTHREAD_MUTEX_NORMAL 0
#define PTHREAD_MUTEX_RECURSIVE 1
#define PTHREAD_CREATE_DETACHED 1
#define PTHREAD_MUTEX_INITIALIZER \
  { SRWLOCK_INIT, PTHREAD_MUTEX_NORMAL, 0, 0 }
#define PTHREAD_COND_INITIALIZER \
  { CONDITION_VARIABLE_INIT, CLOCK_REALTIME }

int libzookeeper_windows_pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                                        void* (*start)(void*), void* argument);
int libzookeeper_windows_pthread_join(pthread_t thread, void** result);
int pthread_detach(pthread_t thread);
pthread_t pthread_self(void);
int pthread_equal(pthread_t one, pthread_t other);
int pthread_attr_init(pthread_attr_t* attributes);
int pthread_attr_destroy(pthread_attr_t* attributes);
int pthread_attr_setstacksize(pthread_attr_t* attributes, size_t size);
int pthread_attr_setdetachstate(pthread_attr_t* attributes, int state);
int pthread_mutexattr_init(pthread_mutexattr_t* attributes);
int pthread_mutexattr_destroy(pthread_mutexattr_t* attributes);
int pthread_mutexattr_settype(pthread_mutexattr_t* attributes, int type);
int pthread_mutex_init(pthread_mutex_t* mutex, const pthread_mutexattr_t* attributes);
int pthread_mutex_destroy(pthread_mutex_t* mutex);
int pthread_mutex_lock(pthread_mutex_t* mutex);
int pthread_mutex_unlock(pthread_mutex_t* mutex);
int pthread_condattr_init(pthread_condattr_t* attributes);
int pthread_condattr_destroy(pthread_condattr_t* attributes);
int pthread_condattr_setclock(pthread_condattr_t* attributes, int clock);
int pthread_cond_init(pthread_cond_t* condition, const pthread_condattr_t* attributes);
int pthread_cond_destroy(pthread_cond_t* condition);
int pthread_cond_broadcast(pthread_cond_t* condition);
int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex);
int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                           const struct timespec* moment);
int pthread_key_create(pthread_key_t* key, void (*destructor)(void*));
int pthread_setspecific(pthread_key_t key, const void* value);
void* pthread_getspecific(pthread_key_t key);

/* Time and libraries: system.cc. */

int libzookeeper_windows_clock_gettime(int clock, struct timespec* now);
int libzookeeper_windows_gettimeofday(struct timeval* now, void* zone);
/** As long as that, to within a millisecond; with a timer of less precision, not at all. */
int libzookeeper_windows_nanosleep(const struct timespec* duration, struct timespec* rest);
/** Never from the current directory. */
void* dlopen(const char* name, int flags);
/** Of RTLD_DEFAULT: what the program itself exports, as node.exe does OpenSSL. */
void* dlsym(void* library, const char* name);

#ifdef __cplusplus
}
#endif

#undef CLOCK_REALTIME
#undef CLOCK_MONOTONIC
#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1
#define _POSIX_MONOTONIC_CLOCK 200809L
#define clock_gettime(clock, now) libzookeeper_windows_clock_gettime(clock, now)
#define gettimeofday(now, zone) libzookeeper_windows_gettimeofday(now, zone)
#define nanosleep(duration, rest) libzookeeper_windows_nanosleep(duration, rest)
#define localtime_r(time, result) (localtime_s(result, time) == 0 ? (result) : NULL)
#define strtok_r(text, separators, rest) strtok_s(text, separators, rest)
#undef strcasecmp
#define strcasecmp(one, other) _stricmp(one, other)
#define random() rand()
#define srandom(seed) srand(seed)
#define srand48(seed) srand(seed)
#define drand48() (rand() / (RAND_MAX + 1.0))
#define getpid() ((int)GetCurrentProcessId())
#define clockid_t int

#define RTLD_NOW 0
#define RTLD_LOCAL 0
#define RTLD_DEFAULT ((void*)0)

#define F_GETFL 1
#define F_SETFL 2
#define F_SETFD 3
#define FD_CLOEXEC 1
#define O_NONBLOCK 0x800
#define SHUT_RDWR SD_BOTH
#undef POLLIN
#undef POLLOUT
#undef POLLERR
#undef POLLHUP
#define POLLIN 0x001
#define POLLOUT 0x004
#define POLLERR 0x008
#define POLLHUP 0x010
#ifndef EHOSTDOWN
#define EHOSTDOWN EHOSTUNREACH
#endif
#ifndef ESTALE
#define ESTALE ENODEV
#endif

#undef gai_strerror
#define gai_strerror(code) libzookeeper_windows_gai_strerror(code)
#define pollfd libzookeeper_windows_pollfd
#define read(descriptor, bytes, length) libzookeeper_windows_read(descriptor, bytes, length)
#define fcntl libzookeeper_windows_fcntl
#define shutdown(descriptor, how) libzookeeper_windows_shutdown(descriptor, how)
#define getsockopt(descriptor, level, name, value, length) \
  libzookeeper_windows_getsockopt(descriptor, level, name, value, length)
#define setsockopt(descriptor, level, name, value, length) \
  libzookeeper_windows_setsockopt(descriptor, level, name, value, length)
#define getpeername(descriptor, address, length) \
  libzookeeper_windows_getpeername(descriptor, address, length)
/* Of the C client's calls, port.h says where they lead. */
#ifndef LIBZOOKEEPER_C_CLIENT
#define pthread_create(thread, attributes, start, argument) \
  libzookeeper_windows_pthread_create(thread, attributes, start, argument)
#define pthread_join(thread, result) libzookeeper_windows_pthread_join(thread, result)
#define pipe(ends) libzookeeper_windows_pipe(ends)
#define write(descriptor, bytes, length) libzookeeper_windows_write(descriptor, bytes, length)
#define socket(family, type, protocol) libzookeeper_windows_socket(family, type, protocol)
#define connect(descriptor, address, length) \
  libzookeeper_windows_connect(descriptor, address, length)
#define send(descriptor, bytes, length, flags) \
  libzookeeper_windows_send(descriptor, bytes, length, flags)
#define recv(descriptor, bytes, length, flags) \
  libzookeeper_windows_recv(descriptor, bytes, length, flags)
#define poll(descriptors, count, timeout) libzookeeper_windows_poll(descriptors, count, timeout)
#define close(descriptor) libzookeeper_windows_close(descriptor)
#define getaddrinfo(node, service, hints, result) \
  libzookeeper_windows_getaddrinfo(node, service, hints, result)
#endif

/* The C client asks for either name. It is to take itself to be where POSIX is; the addon's own headers have no such name. */
#undef WIN32
#ifdef LIBZOOKEEPER_C_CLIENT
#undef _WIN32
/* It would seed its random numbers from there, and does with its process's number where there is no such file. */
#define open(path, flags) (-1)
/* Of callbacks that are not ours: sasl_settings.cc has others. */
#define getpass(prompt) NULL
#endif

#endif /* _WIN32 */

#endif /* LIBZOOKEEPER_PORT_WINDOWS_POSIX_H */
