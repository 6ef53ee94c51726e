/**
 * @file handle.h
 * One zhandle_t of the C client: its birth and death, on a thread of its own.
 */
#ifndef LIBZOOKEEPER_HANDLE_H
#define LIBZOOKEEPER_HANDLE_H

#include <pthread.h>
#include <stdint.h>
#include <zookeeper.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "inbox.h"
#include "multi.h"
#include "port/context.h"
#include "port/large_memory.h"

namespace libzookeeper {

/** A scheme and what it needs: presented on each connection, ahead of any request. */
struct Credential {
  std::string scheme;
  std::string certificate;
};

/** What zookeeper_init is given. */
struct OpenOptions {
  std::string servers;
  int session_timeout_ms = 0;
  bool has_client_id = false;
  clientid_t client_id{};
  bool shuffle_addresses = true;
  int resolution_delay_ms = -1;
  bool read_only = false;
  /** The most bytes that a reply may have. */
  int32_t max_frame = 0;
  std::vector<Credential> credentials;
  std::unique_ptr<port::TlsContext> tls;
  std::unique_ptr<port::SaslSettings> sasl;
};

/** How zookeeper_init ended. */
struct OpenResult {
  enum State { kPending, kOpen, kFailed };
  State state = kPending;
  int system_error = 0;    ///< errno
  int resolver_error = 0;  ///< EAI_* of the first host, when no host resolved
};

/**
 * Owns a zhandle_t, and the thread on which zookeeper_init and zookeeper_close run: both may block for seconds, and the
 * JavaScript thread never waits for them (traps 2 and 17 in docs/traps.md).
 *
 * Ownership: the JavaScript object and the handle's thread share it. The zhandle_t belongs to the handle's thread; the
 * JavaScript thread uses it between the moment when zhandle() is not null and its own call of RequestClose(), never after
 * (trap 3). The threads of the C client end inside zookeeper_close, hence before the Handle does.
 */
class Handle : public std::enable_shared_from_this<Handle> {
 public:
  explicit Handle(OpenOptions options);
  ~Handle();
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  /** The handle that the running thread works for, or null. */
  static Handle* Current();

  /**
   * Starts the handle's thread, which calls zookeeper_init. JavaScript thread, once.
   * @return 0 or an errno, when there is no thread to be had.
   */
  int Start();

  /** Waits until zookeeper_init has ended one way or the other, or `timeout_ms` is over. JavaScript thread. */
  OpenResult AwaitOpen(int timeout_ms);

  /** The C client's handle, or null while there is none. JavaScript thread, before RequestClose(). */
  zhandle_t* zhandle() const { return zhandle_.load(std::memory_order_acquire); }

  /**
   * Has the handle's thread call zookeeper_close, or give up opening. JavaScript thread, once; from here on that thread
   * does not touch the zhandle_t again.
   */
  void RequestClose();

  /**
   * Has the handle's thread use other servers, and append a reply with that id. JavaScript thread, before RequestClose().
   * @param servers `host:port,host:port`, without a chroot
   */
  void SetServers(uint32_t id, std::string servers);

  /**
   * Waits until the threads of the C client are gone, or `timeout_ms` is over; not for a resolver that has not answered,
   * since then there are none. Any thread, after RequestClose().
   * @return whether they are gone
   */
  bool AwaitEnd(int timeout_ms);

  /** A session event of that state is in the inbox. Whichever thread calls completions. */
  void NoteSession(int state);

  /** Any thread. */
  Inbox& inbox() { return inbox_; }
  PendingMultis& multis() { return multis_; }
  port::Context& port() { return port_; }

 private:
  static void* RunThread(void* raw);
  static void OnIoEnd(Handle* handle);
  void Run();
  zhandle_t* Open();
  zhandle_t* Init(OpenResult* result);
  void ForgetCredentials();
  void ReportOpen(OpenResult result);
  bool RunErrands(zhandle_t* zhandle, int timeout_ms);
  int ChangeServers(zhandle_t* zhandle, const std::string& servers, int* resolver_error);
  void ResolveAnew(zhandle_t* zhandle);
  void SeekWritable(zhandle_t* zhandle);
  void Move(zhandle_t* zhandle);
  unsigned losses();
  void AwaitLoss(unsigned losses);

  OpenOptions options_;       // its credentials: of the handle's own thread, once that was started
  std::string servers_;       // without the chroot; handle's own thread
  const std::string chroot_;  // empty, or with its slash
  int seek_delay_ms_ = 0;     // handle's own thread
  const port::LargeMemoryUser large_memory_user_;
  Inbox inbox_;
  PendingMultis multis_;
  port::Context port_{this, OnIoEnd};
  std::atomic<zhandle_t*> zhandle_{nullptr};

  pthread_mutex_t mutex_;
  pthread_cond_t changed_;
  OpenResult open_result_;  // guarded by mutex_
  unsigned losses_ = 0;     // guarded by mutex_; how often the connection was lost
  bool ended_ = false;      // guarded by mutex_
};

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_HANDLE_H
