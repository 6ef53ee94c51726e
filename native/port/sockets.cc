/**
 * @file sockets.cc
 * connect, send, recv, poll and close of the C client, over the connection's Stream and Wakeup. They run on the I/O thread;
 * and on the handle's own thread, inside zookeeper_close, once the I/O thread was joined.
 */
#define LIBZOOKEEPER_PORT_IMPLEMENTATION
#include <errno.h>
#include <string.h>

#include <algorithm>

#include "address.h"
#include "completions.h"
#include "context.h"
#include "fault.h"
#include "port.h"
#include "variant.h"

namespace port = libzookeeper::port;

/** Of zookeeper.c. */
extern "C" int zoo_recv_timeout(struct _zhandle* zhandle);

namespace {

bool IsCurrent(const port::Context* context, int descriptor) {
  return context->stream.descriptor() == descriptor;
}

bool IsMuted(const port::Context* context) {
  return context->muted.load(std::memory_order_acquire);
}

/** What can be said of the socket without asking the system. */
short ReadyAlready(port::Context* context, short wanted) {
  short ready = 0;
  if ((wanted & POLLIN) != 0 && context->stream.HasRead()) ready |= POLLIN;
  // Until something was sent, writability is how the system says that the connection is made.
  if ((wanted & POLLOUT) != 0 && context->stream.IsEstablished() && context->stream.HasRoom()) {
    ready |= POLLOUT;
  }
  return ready;
}

void SendGathered(port::Context* context) {
  if (IsMuted(context)) context->stream.Fail(EPIPE);
  context->stream.Flush();
}

/** The least time that an attempt to connect is given, in milliseconds, whatever the number of servers. */
constexpr int kLeastAttemptMs = 200;

/**
 * How long an attempt to connect may take, in milliseconds: the C client would give it two thirds of the session's timeout,
 * however many others there are to try (trap 27). 0 for as long as that.
 */
int AttemptLimit(const port::Context* context) {
  const auto count = static_cast<int>(context->servers.addresses().size());
  return count < 2 ? 0 : std::max(zoo_recv_timeout(context->zhandle) / count, kLeastAttemptMs);
}

/** The same, for a server that has so many milliseconds for its comeback; 0 for one that was not away. */
int LimitOf(const port::Context* context, int comeback_ms) {
  const int limit_ms = AttemptLimit(context);
  // On a server that has just started the first handshake of TLS takes its time, and has a deadline of its own.
  if (comeback_ms == 0 || context->tls != nullptr) return limit_ms;
  return limit_ms == 0 ? comeback_ms : std::min(limit_ms, comeback_ms);
}

/** A socket for the next attempt to connect; says why there is none when the process, or the system, is at its limit. */
int OpenSocket(port::Context* context, int type, int protocol) {
  const port::Endpoint& server = context->next_server;
  const int descriptor = socket(server.family, type, protocol);
  const int error = errno;
  if (descriptor < 0 && (error == EMFILE || error == ENFILE || error == ENOBUFS)) {
    const auto addresses = static_cast<int32_t>(context->servers.addresses().size());
    port::Report(context->handle, port::Fault{port::Fault::kSocket, error, addresses,
                                              port::ToText(server.storage), "", ""});
    errno = error;
  }
  return descriptor;
}

/** Says why a connection is broken off on which the server broke the protocol, and takes note of it. */
void ReportViolation(port::Context* context) {
  const port::ReplyFrames::Violation& violation = context->replies.violation();
  if (!context->replies.HasReceived()) context->frame_patience.Failed();
  const bool is_size = violation.length >= 0;
  port::Fault fault{is_size ? port::Fault::kFrameSize : port::Fault::kFrame,
                    is_size ? violation.length : 0,
                    static_cast<int32_t>(context->servers.addresses().size()),
                    port::ToText(context->next_server.storage),
                    "",
                    violation.complaint};
  port::Report(context->handle, fault);
}

/** The server has answered, and is sound. */
void Answered(port::Context* context) {
  context->frame_patience.Succeeded();
  // It is back; if it wants to know more, it has the time that any server has.
  if (context->comebacks.Answered()) context->errands.BeginAttempt(AttemptLimit(context));
}

/** How long to leave the servers alone before the next attempt, in milliseconds. */
int PauseMs(const port::Context* context) {
  const size_t addresses = context->servers.addresses().size();
  return std::max(context->tls_patience.PauseMs(addresses),
                  context->frame_patience.PauseMs(addresses));
}

/** The system's answer for the socket, without what only SendGathered() wanted to know. */
short WithoutOwn(port::Context* context, short wanted, short got) {
  if ((got & POLLOUT) == 0 || !context->stream.HasUnsent()) return got;
  SendGathered(context);
  got = static_cast<short>(got & ~POLLOUT);
  return static_cast<short>(got | ReadyAlready(context, wanted));
}

/** Whether there is a socket to read from. */
bool IsEstablished(const port::Context* context, const struct pollfd* socket) {
  return socket != nullptr && context->stream.IsEstablished();
}

/** Reads ahead, if there is a socket to read from. @return whether the C client is to be told that there is something */
bool HasMore(port::Context* context, struct pollfd* socket) {
  if (!IsEstablished(context, socket) || !context->stream.Fill()) return false;
  socket->revents = static_cast<short>(socket->events & POLLIN);
  return true;
}

/**
 * Whether another thread may send while this one sleeps: the session is there, and nothing waits to be sent that would have to
 * go first, such as credentials. TLS stays with one thread, whose error queue it uses.
 */
bool MayLend(const port::Context* context, const struct pollfd* socket) {
  if (!IsEstablished(context, socket) || (socket->events & POLLOUT) != 0) return false;
  if (context->stream.HasUnsent() || context->tls != nullptr) return false;
  const int state = zoo_state(context->zhandle);
  return state == ZOO_CONNECTED_STATE || state == ZOO_READONLY_STATE;
}

/** The pipe, and the socket while there is one. */
int PollBoth(port::Context* context, struct pollfd* pipe, struct pollfd* socket, int timeout) {
  pipe->revents = 0;
  if (socket != nullptr) {
    socket->revents = ReadyAlready(context, socket->events);
    if (socket->revents != 0) return 1;
    SendGathered(context);
    socket->revents = ReadyAlready(context, socket->events);
    if (socket->revents != 0) return 1;
  }
  if (port::kIsBuffered) {
    if (context->coalescing.IsGathering() && HasMore(context, socket)) return 1;
    context->coalescing.Told();
    port::CallCompletions(context);
    if (IsEstablished(context, socket) && context->coalescing.Pause(socket->fd) &&
        HasMore(context, socket)) {
      return 1;
    }
  }
  if (!context->wakeup.GoToSleep()) {
    context->wakeup.Answer(false);
    return HasMore(context, socket) ? 1 : 0;
  }
  const short wanted = socket == nullptr ? 0 : socket->events;
  if (socket != nullptr && context->stream.HasUnsent()) socket->events |= POLLOUT;
  struct pollfd* descriptors = pipe;
  const bool lends = MayLend(context, socket);
  if (lends) context->lending.Lend();
  const int ready = poll(descriptors, socket == nullptr ? 1 : 2, timeout);
  if (lends) context->lending.TakeBack();
  context->wakeup.Rise();
  context->wakeup.Answer(ready > 0 && (pipe->revents & POLLIN) != 0);
  pipe->revents = 0;
  if (socket == nullptr) return ready;
  socket->events = wanted;
  if (ready <= 0) socket->revents = 0;
  socket->revents = WithoutOwn(context, wanted, socket->revents);
  return ready;
}

/**
 * poll of do_io. While SASL is under way the C client asks for writability for requests that it does not send before the
 * server has answered: it is told once, and then not again before something else has happened.
 */
int PollLoop(port::Context* context, struct pollfd* pipe, struct pollfd* socket, int timeout) {
  if (socket != nullptr && context->stream.WasDeclined()) {
    socket->events = static_cast<short>(socket->events & ~POLLOUT);
  }
  const int ready = PollBoth(context, pipe, socket, timeout);
  if (socket != nullptr && (socket->revents & POLLOUT) != 0) context->stream.Offer();
  return ready;
}

/** poll of flush_send_queue and isSocketReadable, which ask for the socket alone. */
int PollSocket(port::Context* context, struct pollfd* socket, int timeout) {
  const int64_t end = port::Now() + timeout;
  for (;;) {
    SendGathered(context);
    socket->revents = ReadyAlready(context, socket->events);
    if (socket->revents != 0) return 1;
    const int64_t left = end - port::Now();
    struct pollfd asked = *socket;
    if (context->stream.HasUnsent()) asked.events |= POLLOUT;
    const int ready = poll(&asked, 1, left > 0 ? static_cast<int>(left) : 0);
    if (ready <= 0) return ready;
    socket->revents = WithoutOwn(context, socket->events, asked.revents);
    if (socket->revents != 0 || left <= 0) return socket->revents != 0 ? 1 : 0;
  }
}

/**
 * poll of wait_for_session_to_be_closed. The C client takes any byte for the server's answer to the request that closes the
 * session: the answer to a ping, or an event. It is the server's hanging up, right behind that answer, that says that the
 * session and what was bound to it are gone.
 */
int AwaitHangUp(port::Context* context, struct pollfd* socket, int timeout) {
  const int64_t end = port::Now() + timeout;
  for (;;) {
    SendGathered(context);
    socket->revents = POLLIN;
    if (context->stream.DropToEnd()) return 1;
    socket->revents = 0;
    const int64_t left = end - port::Now();
    if (left <= 0) return 0;
    struct pollfd asked = *socket;
    if (context->stream.HasUnsent()) asked.events |= POLLOUT;
    if (poll(&asked, 1, static_cast<int>(left)) < 0 && errno != EINTR) return -1;
  }
}

}  // namespace

extern "C" {

/**
 * Called on the I/O thread, for each attempt to connect. It asks for one more only while it looks, in its own way, for a
 * server that is not read-only: for that it gets none (trap 16).
 */
int libzookeeper_port_socket(int family, int type, int protocol) {
  port::Context* context = port::Current();
  if (context == nullptr) return socket(family, type, protocol);
  if (context->socket.IsOpen()) {
    context->errands.SeekWritable();
    errno = EAGAIN;
    return -1;
  }
  if (!context->servers.Next(&context->next_server)) {
    errno = EADDRNOTAVAIL;
    return -1;
  }
  return OpenSocket(context, type, protocol);
}

/**
 * Called on the I/O thread. The first attempt waits until the handle is set up. The address is the C client's note of the
 * server, and is made to say where the connection goes.
 */
int libzookeeper_port_connect(int descriptor, const struct sockaddr* address, socklen_t length) {
  port::Context* context = port::Current();
  if (context == nullptr) return connect(descriptor, address, length);
  context->PassGate();
  const port::Endpoint& server = context->next_server;
  memcpy(const_cast<struct sockaddr*>(address), &server.storage, sizeof server.storage);
  context->socket.Open(descriptor, server);
  context->stream.Reset(descriptor);
  context->requests.Reset();
  context->replies.Reset();
  const int pause_ms = PauseMs(context);
  if (pause_ms > 0) context->interruption.Sleep(pause_ms);
  context->errands.BeginAttempt(LimitOf(context, context->comebacks.Begin(server)));
  return connect(descriptor, server.get(), server.length);
}

ssize_t libzookeeper_port_send(int descriptor, const void* bytes, size_t length, int flags) {
  port::Context* context = port::Current();
  if (context != nullptr && IsMuted(context)) {
    errno = EPIPE;
    return -1;
  }
  if (context == nullptr || !IsCurrent(context, descriptor)) {
    return send(descriptor, bytes, length, flags);
  }
  return context->requests.Send(&context->stream, bytes, length);
}

ssize_t libzookeeper_port_recv(int descriptor, void* bytes, size_t length, int flags) {
  port::Context* context = port::Current();
  if (context == nullptr || !IsCurrent(context, descriptor)) {
    return recv(descriptor, bytes, length, flags);
  }
  const ssize_t received = context->replies.Receive(&context->stream, bytes, length);
  if (received > 0) {
    context->coalescing.Received(static_cast<size_t>(received));
    if (context->replies.HasReceived()) Answered(context);
  } else if (received < 0 && errno == EPROTO && context->replies.violation().complaint != nullptr) {
    ReportViolation(context);
    errno = EPROTO;
  }
  return received;
}

int libzookeeper_port_poll(struct pollfd* descriptors, nfds_t count, int timeout) {
  port::Context* context = port::Current();
  if (context == nullptr) return poll(descriptors, count, timeout);
  if (context->wakeup.IsReadEnd(descriptors[0].fd)) {
    struct pollfd* socket = count > 1 ? &descriptors[1] : nullptr;
    if (socket != nullptr && !IsCurrent(context, socket->fd)) {
      // do_io asks once more for a socket that it closed in this turn, when it had waited for it for too long.
      socket->revents = 0;
      socket = nullptr;
    }
    return PollLoop(context, &descriptors[0], socket, timeout);
  }
  if (IsCurrent(context, descriptors[0].fd)) {
    // Whoever else asks whether there is something to read does not wait for it.
    const bool is_close = descriptors[0].events == POLLIN && timeout > 0;
    return is_close ? AwaitHangUp(context, &descriptors[0], timeout)
                    : PollSocket(context, &descriptors[0], timeout);
  }
  return poll(descriptors, count, timeout);
}

/** Called on the I/O thread; and on the handle's own, by zookeeper_close. */
int libzookeeper_port_close(int descriptor) {
  port::Context* context = port::Current();
  if (context == nullptr) return close(descriptor);
  if (IsCurrent(context, descriptor)) {
    context->comebacks.End(context->stream.IsEstablished());
    // Its number may be another file's at once: nothing that is unsent goes there, nothing is read from there.
    context->stream.Reset(-1);
  }
  return context->socket.Close(descriptor);
}

}  // extern "C"
