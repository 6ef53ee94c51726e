/**
 * @file port.h
 * The seam between the unmodified C client and the operating system.
 *
 * The build includes this header, by force, ahead of every source file of the C client. It maps a handful of the
 * system calls that the C client makes to functions of this directory. Nothing else about the C client changes.
 *
 * | call                  | why it is ours                                                                        |
 * | --------------------- | ------------------------------------------------------------------------------------- |
 * | pthread_create        | a thread of the C client knows which connection it works for (log lines, callbacks);  |
 * |                       | completions are called by the I/O thread, without a thread of their own               |
 * | pthread_join          | completions that no thread is left for are called before the handle goes              |
 * | pipe                  | the self-pipe is closed in child processes                                            |
 * | write                 | a call made while disconnected does not wake the I/O loop; one that is awake needs no |
 * |                       | byte in the pipe; a full pipe is no error                                             |
 * | socket                | which server comes next is ours to say; the blocking probe of read-only mode gets none |
 * | connect               | the I/O thread waits until the handle is set up; a new socket has new buffers         |
 * | send                  | requests are gathered, and leave together; a connection whose environment ends stays  |
 * |                       | silent instead of closing its session                                                 |
 * | recv                  | replies are read ahead, many in one call of the system; a frame that breaks the       |
 * |                       | protocol breaks the connection instead of the C client                                |
 * | poll                  | sends what was gathered, and does not sleep over what was read ahead                  |
 * | close                 | other threads know that there is no socket any more                                   |
 * | getaddrinfo           | an outage of DNS leaves the last good answer in place; new servers are a matter of ours |
 * | freeaddrinfo          | the partner of getaddrinfo                                                            |
 * | malloc, calloc,       | what a zoo_amulti that failed had allocated is freed; what it frees twice, or without |
 * | realloc, strdup, free | having allocated it, is not; else it is kept for whichever thread wants some:         |
 * |                       | free_lists.h; a large frame can be handed over: reply_memory.h                        |
 * | get_xid               | the numbers of requests never reach those that are reserved                           |
 * | deserialize_…         | data and names of children are read where they lie: replies.h                         |
 *
 * OpenSSL and Cyrus SASL are ours, too: the headers that the C client finds for them, in c-client/ and cyrus/, lead to
 * tls_calls.cc and sasl_calls.cc.
 *
 * With LIBZOOKEEPER_PORT_PLAIN defined what is there for speed is off, and what is there to be correct stays: variant.h.
 *
 * Plain C: it is read by C compilers that know nothing of the addon.
 */
#ifndef LIBZOOKEEPER_PORT_H
#define LIBZOOKEEPER_PORT_H

#include "abi_floor.h"
/* On Windows, POSIX. */
#include "windows/posix.h"

/* The real declarations come first: the macros below must not touch them. */
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#ifdef __cplusplus
extern "C" {
#endif

int libzookeeper_port_pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                                     void* (*start)(void*), void* argument);
int libzookeeper_port_pthread_join(pthread_t thread, void** result);
int libzookeeper_port_pipe(int ends[2]);
int32_t libzookeeper_port_get_xid(void);
ssize_t libzookeeper_port_write(int descriptor, const void* bytes, size_t length);
int libzookeeper_port_socket(int family, int type, int protocol);
int libzookeeper_port_connect(int descriptor, const struct sockaddr* address, socklen_t length);
ssize_t libzookeeper_port_send(int descriptor, const void* bytes, size_t length, int flags);
ssize_t libzookeeper_port_recv(int descriptor, void* bytes, size_t length, int flags);
int libzookeeper_port_poll(struct pollfd* descriptors, nfds_t count, int timeout);
int libzookeeper_port_close(int descriptor);
int libzookeeper_port_getaddrinfo(const char* node, const char* service,
                                  const struct addrinfo* hints, struct addrinfo** result);
void libzookeeper_port_freeaddrinfo(struct addrinfo* result);
void* libzookeeper_port_malloc(size_t size);
void* libzookeeper_port_calloc(size_t count, size_t size);
void* libzookeeper_port_realloc(void* memory, size_t size);
char* libzookeeper_port_strdup(const char* text);
void libzookeeper_port_free(void* memory);

#ifdef __cplusplus
}
#endif

#ifndef LIBZOOKEEPER_PORT_IMPLEMENTATION
#define pthread_create(thread, attributes, start, argument) \
  libzookeeper_port_pthread_create(thread, attributes, start, argument)
#define pthread_join(thread, result) libzookeeper_port_pthread_join(thread, result)
#define pipe(ends) libzookeeper_port_pipe(ends)
#define write(descriptor, bytes, length) libzookeeper_port_write(descriptor, bytes, length)
#define socket(family, type, protocol) libzookeeper_port_socket(family, type, protocol)
#define connect(descriptor, address, length) libzookeeper_port_connect(descriptor, address, length)
#define send(descriptor, bytes, length, flags) \
  libzookeeper_port_send(descriptor, bytes, length, flags)
#define recv(descriptor, bytes, length, flags) \
  libzookeeper_port_recv(descriptor, bytes, length, flags)
#define poll(descriptors, count, timeout) libzookeeper_port_poll(descriptors, count, timeout)
#define close(descriptor) libzookeeper_port_close(descriptor)
#define getaddrinfo(node, service, hints, result) \
  libzookeeper_port_getaddrinfo(node, service, hints, result)
#define freeaddrinfo(result) libzookeeper_port_freeaddrinfo(result)
#undef strdup
#define malloc(size) libzookeeper_port_malloc(size)
#define calloc(count, size) libzookeeper_port_calloc(count, size)
#define realloc(memory, size) libzookeeper_port_realloc(memory, size)
#define strdup(text) libzookeeper_port_strdup(text)
#define free(memory) libzookeeper_port_free(memory)
#endif

/* Only in zookeeper.c, which calls them; where they are defined they keep their names. */
#ifdef LIBZOOKEEPER_PORT_REPLIES
#define get_xid libzookeeper_port_get_xid
#define deserialize_GetDataResponse libzookeeper_port_deserialize_GetDataResponse
#define deallocate_GetDataResponse libzookeeper_port_deallocate_GetDataResponse
#define deserialize_GetChildren2Response libzookeeper_port_deserialize_GetChildren2Response
#endif

#endif /* LIBZOOKEEPER_PORT_H */
