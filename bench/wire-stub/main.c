#define _GNU_SOURCE
/**
 * @file main.c
 * What looks like a ZooKeeper server on the wire, answers at once, and does nothing else: against it a client shows its own
 * ceiling. Listens on loopback only, and ends with the process that started it, whose end of our standard input closes then.
 *
 * Says on standard output, a line of JSON each: the port; what a connection asked for, at its end; how many watches a client
 * has set again after a reconnection. Takes a command on standard input: `cut` drops every connection.
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "replies.h"

/** Above this many bytes that a client does not take, its requests wait. */
static const size_t most_unsent = 32 * 1024 * 1024;
static const size_t read_size = 256 * 1024;

struct connection {
  int descriptor;
  int has_session;
  int is_ending;
  uint32_t events;
  struct bytes in;
  struct bytes out;
  struct counts counts;
  uint64_t reads;
  uint64_t writes;
  struct connection* next;
};

static int epoll;
static struct connection* connections;

static void watch(struct connection* connection, uint32_t events) {
  if (events == connection->events) return;
  struct epoll_event event = {.events = events, .data.ptr = connection};
  epoll_ctl(epoll, connection->events == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, connection->descriptor,
            &event);
  connection->events = events;
}

static void end(struct connection* connection) {
  struct connection** link = &connections;
  while (*link != connection) link = &(*link)->next;
  *link = connection->next;
  printf("{\"event\":\"end\",\"requests\":%lu,\"reads\":%lu,\"writes\":%lu}\n",
         connection->counts.requests, connection->reads, connection->writes);
  close(connection->descriptor);
  free(connection->in.start);
  free(connection->out.start);
  free(connection);
}

/** @return whether there is more, which waits until the client takes its replies */
static int take_frames(struct connection* connection) {
  struct bytes* in = &connection->in;
  while (!connection->is_ending) {
    if (bytes_left(&connection->out) > most_unsent) return 1;
    struct reader reader = {in->start + in->from, bytes_left(in)};
    if (reader.left < sizeof(int32_t)) break;
    const size_t length = (uint32_t)read_int(&reader);
    if (reader.left < length) {
      bytes_reserve(in, length - reader.left);
      break;
    }
    reader.left = length;
    in->from += sizeof(int32_t) + length;
    if (!connection->has_session) {
      connection->has_session = 1;
      answer_connect(reader, &connection->out);
      continue;
    }
    const uint64_t watches = connection->counts.watches;
    if (answer(reader, &connection->out, &connection->counts)) connection->is_ending = 1;
    if (connection->counts.watches != watches) {
      printf("{\"event\":\"watches\",\"count\":%lu}\n", connection->counts.watches);
    }
  }
  return 0;
}

/** @return 0 when the connection is at its end */
static int send_replies(struct connection* connection) {
  struct bytes* out = &connection->out;
  while (bytes_left(out) > 0) {
    const ssize_t sent =
        send(connection->descriptor, out->start + out->from, bytes_left(out), MSG_NOSIGNAL);
    if (sent < 0) return errno == EAGAIN;
    out->from += (size_t)sent;
    ++connection->writes;
  }
  return !connection->is_ending;
}

/** @return 0 when the connection is at its end */
static int receive(struct connection* connection) {
  char* free_bytes = bytes_reserve(&connection->in, read_size);
  const ssize_t received =
      recv(connection->descriptor, free_bytes, connection->in.capacity - connection->in.to, 0);
  if (received <= 0) return received < 0 && errno == EAGAIN;
  connection->in.to += (size_t)received;
  ++connection->reads;
  return 1;
}

static void serve(struct connection* connection, uint32_t events) {
  if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0 && !receive(connection)) {
    end(connection);
    return;
  }
  int has_more;
  do {
    has_more = take_frames(connection);
    if (!send_replies(connection)) {
      end(connection);
      return;
    }
  } while (has_more && bytes_left(&connection->out) <= most_unsent);
  const size_t unsent = bytes_left(&connection->out);
  watch(connection, (unsent > 0 ? EPOLLOUT : 0) | (unsent <= most_unsent ? EPOLLIN : 0));
}

static void accept_one(int listener) {
  const int descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (descriptor < 0) return;
  const int on = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  struct connection* connection = calloc(1, sizeof *connection);
  if (connection == NULL) exit(1);
  connection->descriptor = descriptor;
  connection->next = connections;
  connections = connection;
  watch(connection, EPOLLIN);
}

/** Exits at the end of our standard input: the process that started us is gone. */
static void obey(void) {
  char commands[256];
  const ssize_t length = read(STDIN_FILENO, commands, sizeof commands - 1);
  if (length <= 0) exit(0);
  commands[length] = '\0';
  if (strstr(commands, "cut") == NULL) return;
  while (connections != NULL) end(connections);
  printf("{\"event\":\"cut\"}\n");
}

static int listen_on_loopback(void) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (listener < 0 || bind(listener, (struct sockaddr*)&address, length) != 0 ||
      listen(listener, 64) != 0 ||
      getsockname(listener, (struct sockaddr*)&address, &length) != 0) {
    perror("cannot listen");
    exit(1);
  }
  printf("{\"event\":\"listening\",\"port\":%d}\n", ntohs(address.sin_port));
  return listener;
}

int main(void) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  const int listener = listen_on_loopback();
  epoll = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  event.data.ptr = &epoll;
  epoll_ctl(epoll, EPOLL_CTL_ADD, STDIN_FILENO, &event);
  for (;;) {
    // One at a time: serving one may end another that is ready, too.
    if (epoll_wait(epoll, &event, 1, -1) != 1) continue;
    if (event.data.ptr == NULL) {
      accept_one(listener);
    } else if (event.data.ptr == &epoll) {
      obey();
    } else {
      serve(event.data.ptr, event.events);
    }
  }
}
