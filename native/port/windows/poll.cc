/**
 * @file poll.cc
 * poll(), over select(): WSAPoll says nothing of an attempt to connect that failed, before Windows 10 of 2020. Of descriptors
 * Winsock's select() takes any number, and 64 of them.
 */
#include <algorithm>
#include <utility>
#include <vector>

#include "errors.h"
#include "shut_sockets.h"
#include "winsock.h"

namespace windows = libzookeeper::port::windows;

namespace {

using PollDescriptor = libzookeeper_windows_pollfd;

/** How soon a shutdown() is noticed where no bell was to be had. */
constexpr ULONGLONG kSliceMs = 100;

SOCKET ToSocket(int descriptor) { return static_cast<SOCKET>(static_cast<intptr_t>(descriptor)); }

/** What one call of select() asks and is told. */
struct Sets {
  fd_set readable;
  fd_set writable;
  fd_set failed;

  Sets(const PollDescriptor* descriptors, nfds_t count) {
    FD_ZERO(&readable);
    FD_ZERO(&writable);
    FD_ZERO(&failed);
    for (nfds_t i = 0; i < count; ++i) {
      const SOCKET socket = ToSocket(descriptors[i].fd);
      if ((descriptors[i].events & POLLIN) != 0) FD_SET(socket, &readable);
      if ((descriptors[i].events & POLLOUT) != 0) FD_SET(socket, &writable);
      // Where an attempt to connect that failed is told.
      FD_SET(socket, &failed);
    }
  }

  /** What is so of the descriptor. */
  short Ready(int descriptor) {
    const SOCKET socket = ToSocket(descriptor);
    int ready = 0;
    if (FD_ISSET(socket, &readable)) ready |= POLLIN;
    if (FD_ISSET(socket, &writable)) ready |= POLLOUT;
    // What failed can be asked for its error by whichever call comes next.
    if (FD_ISSET(socket, &failed)) ready |= POLLERR | POLLOUT;
    return static_cast<short>(ready);
  }
};

/** Sets `revents` of those that were shut down. @return how many */
int NoteShut(PollDescriptor* descriptors, nfds_t count) {
  int shut = 0;
  for (nfds_t i = 0; i < count; ++i) {
    descriptors[i].revents = 0;
    if (!windows::ShutSockets::Instance().IsShut(descriptors[i].fd)) continue;
    descriptors[i].revents =
        static_cast<short>((descriptors[i].events & (POLLIN | POLLOUT)) | POLLHUP);
    ++shut;
  }
  return shut;
}

/** select() once, with the bell. @return how many descriptors are ready; -1 with errno */
int SelectOnce(PollDescriptor* descriptors, nfds_t count, int bell, ULONGLONG left, bool forever) {
  Sets sets(descriptors, count);
  if (bell >= 0) FD_SET(ToSocket(bell), &sets.readable);
  struct timeval time {
    static_cast<long>(left / 1000), static_cast<long>(left % 1000 * 1000)
  };
  const int rc = select(0, &sets.readable, &sets.writable, &sets.failed, forever ? nullptr : &time);
  if (rc < 0) return windows::FailWithLastError();
  int ready = 0;
  for (nfds_t i = 0; i < count; ++i) {
    descriptors[i].revents = sets.Ready(descriptors[i].fd);
    if (descriptors[i].revents != 0) ++ready;
  }
  return ready;
}

}  // namespace

extern "C" {

int libzookeeper_windows_poll(PollDescriptor* descriptors, nfds_t count, int timeout) {
  std::vector<int> numbers;
  for (nfds_t i = 0; i < count; ++i) numbers.push_back(descriptors[i].fd);
  windows::ShutSockets::Waiter waiter(std::move(numbers));
  const bool forever = timeout < 0;
  const ULONGLONG end = GetTickCount64() + static_cast<ULONGLONG>(std::max(timeout, 0));
  for (;;) {
    // The waiter is known by now: what is shut down from here on rings.
    if (const int shut = NoteShut(descriptors, count)) return shut;
    const ULONGLONG now = GetTickCount64();
    const ULONGLONG left = now < end ? end - now : 0;
    const bool has_bell = waiter.bell() >= 0;
    const ULONGLONG slice = has_bell ? left : std::min(forever ? kSliceMs : left, kSliceMs);
    const int ready = SelectOnce(descriptors, count, waiter.bell(), slice, forever && has_bell);
    if (ready != 0) return ready;
    if (!forever && GetTickCount64() >= end) return 0;
    waiter.Hush();
  }
}

}  // extern "C"
