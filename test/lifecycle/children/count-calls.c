/*
 * Counts the calls of the system that have to do with sockets, pipes and waiting, on all threads: an object to preload, which
 * stands between a program and its C library. The count is the first number of the file that COUNT_CALLS_IN names, which is
 * mapped, so that it can be read at any time.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static _Atomic uint64_t ignored;
static _Atomic uint64_t *count = &ignored;

__attribute__((constructor)) static void map_count(void) {
  const char *name = getenv("COUNT_CALLS_IN");
  const int file = name == NULL ? -1 : open(name, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  void *mapped = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (mapped != MAP_FAILED) count = mapped;
  close(file);
}

/* Defines a function that counts a call, and makes it. */
#define COUNTED(result, name, parameters, arguments)                                    \
  result name parameters {                                                              \
    static _Atomic(result(*) parameters) real;                                          \
    result(*call) parameters = atomic_load_explicit(&real, memory_order_relaxed);       \
    if (call == NULL) {                                                                 \
      call = (result(*) parameters)dlsym(RTLD_NEXT, #name);                             \
      atomic_store_explicit(&real, call, memory_order_relaxed);                         \
    }                                                                                   \
    atomic_fetch_add_explicit(count, 1, memory_order_relaxed);                          \
    return call arguments;                                                              \
  }

COUNTED(ssize_t, send, (int fd, const void *from, size_t size, int flags),
        (fd, from, size, flags))
COUNTED(ssize_t, sendmsg, (int fd, const struct msghdr *message, int flags), (fd, message, flags))
COUNTED(ssize_t, recv, (int fd, void *to, size_t size, int flags), (fd, to, size, flags))
COUNTED(ssize_t, recvmsg, (int fd, struct msghdr *message, int flags), (fd, message, flags))
COUNTED(int, setsockopt, (int fd, int level, int option, const void *value, socklen_t size),
        (fd, level, option, value, size))
COUNTED(ssize_t, read, (int fd, void *to, size_t size), (fd, to, size))
COUNTED(ssize_t, write, (int fd, const void *from, size_t size), (fd, from, size))
COUNTED(ssize_t, readv, (int fd, const struct iovec *to, int parts), (fd, to, parts))
COUNTED(ssize_t, writev, (int fd, const struct iovec *from, int parts), (fd, from, parts))
COUNTED(int, poll, (struct pollfd *fds, nfds_t number, int timeout), (fds, number, timeout))
COUNTED(int, ppoll,
        (struct pollfd *fds, nfds_t number, const struct timespec *timeout, const sigset_t *signals),
        (fds, number, timeout, signals))
COUNTED(int, epoll_wait, (int epoll, struct epoll_event *events, int most, int timeout),
        (epoll, events, most, timeout))
COUNTED(int, epoll_pwait,
        (int epoll, struct epoll_event *events, int most, int timeout, const sigset_t *signals),
        (epoll, events, most, timeout, signals))
