/**
 * @file provisions.h
 * What zookeeper_init needs of the system, had before it is called.
 */
#ifndef LIBZOOKEEPER_PORT_PROVISIONS_H
#define LIBZOOKEEPER_PORT_PROVISIONS_H

#include <pthread.h>

#include <memory>
#include <vector>

namespace libzookeeper {
namespace port {

/** pipe(), closed in child processes: one that inherited it would keep it open, and could wake our loop. */
int OpenPipe(int ends[2]);

/**
 * The self-pipe and the threads of one connection. The C client asserts that it gets its threads, and without assertions
 * waits for ever for those that it did not get (trap 32): so it is called only when they are there, and gets these.
 *
 * Used by the handle's own thread.
 */
class Provisions {
 public:
  Provisions() = default;
  ~Provisions() { Release(); }
  Provisions(const Provisions&) = delete;
  Provisions& operator=(const Provisions&) = delete;

  /**
   * Gets all of it, or nothing; and makes sure that a socket could be had, which is what comes next.
   * @return 0, or the errno that says what there is none of
   */
  int Obtain();

  /** The place of pipe(). @return false when there is none */
  bool TakePipe(int ends[2]);

  /** The place of pthread_create(). @return false when there is none */
  bool TakeThread(pthread_t* thread, void* (*start)(void*), void* argument);

  /** Lets go of what was not taken. */
  void Release();

 private:
  struct Thread;

  int GetThread();

  int ends_[2] = {-1, -1};
  std::vector<std::shared_ptr<Thread>> threads_;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_PROVISIONS_H
