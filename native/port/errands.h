/**
 * @file errands.h
 * What the other threads of a connection leave for the handle's own thread to do.
 */
#ifndef LIBZOOKEEPER_PORT_ERRANDS_H
#define LIBZOOKEEPER_PORT_ERRANDS_H

#include <pthread.h>
#include <stdint.h>

#include <deque>
#include <string>

namespace libzookeeper {
namespace port {

/** One thing to do. */
struct Errand {
  enum Kind {
    kNone,          ///< the time is up
    kClose,         ///< end; from here on it is the only errand
    kSetServers,    ///< use `servers` from now on, and answer the request `id`
    kResolve,       ///< look whether the names have other addresses
    kEndAttempt,    ///< the attempt to connect has taken its time
    kSeekWritable,  ///< look for a server that is not read-only
  };
  Kind kind = kNone;
  uint32_t id = 0;
  std::string servers;
};

/**
 * The handle's own thread has nothing to do between zookeeper_init and zookeeper_close, and may block, as neither the
 * JavaScript thread nor the I/O thread may: so it resolves names, probes servers, and watches the clock for the others.
 */
class Errands {
 public:
  Errands();
  ~Errands();
  Errands(const Errands&) = delete;
  Errands& operator=(const Errands&) = delete;

  /** Any thread. */
  void RequestClose();
  bool IsCloseRequested() const;

  /** JavaScript thread. */
  void SetServers(uint32_t id, std::string servers);

  /** An attempt to connect begins, and may take so long; 0 for as long as it likes. I/O thread. */
  void BeginAttempt(int limit_ms);

  /** The connection is read-only. Of no effect while the search goes on. I/O thread. */
  void SeekWritable();

  /** The search goes on after so long; -1 ends it. Handle's own thread. */
  void SeekAgain(int delay_ms);

  /** From now on there is a kResolve so often; -1 for never. Handle's own thread. */
  void ResolveEvery(int interval_ms);

  /** Waits for the next errand; -1 for as long as it takes. Handle's own thread. */
  Errand Await(int timeout_ms);

 private:
  bool Take(int64_t now, Errand* errand);
  int64_t NextMoment(int64_t end) const;

  mutable pthread_mutex_t mutex_;
  pthread_cond_t changed_;
  bool close_requested_ = false;
  std::deque<Errand> requests_;
  // Moments, in milliseconds of a clock that nobody sets; -1 for none.
  int64_t attempt_end_ = -1;
  int64_t seek_at_ = -1;
  int64_t resolve_at_ = -1;
  bool is_seeking_ = false;
  int resolve_interval_ = -1;
};

/** Milliseconds of a clock that nobody sets. */
int64_t Now();

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_ERRANDS_H
