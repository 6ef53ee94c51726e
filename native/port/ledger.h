/**
 * @file ledger.h
 * Makes a call of the C client that fails harmless, where it handles its memory wrongly when it fails.
 */
#ifndef LIBZOOKEEPER_PORT_LEDGER_H
#define LIBZOOKEEPER_PORT_LEDGER_H

#include <stddef.h>

#include <vector>

namespace libzookeeper {
namespace port {

/**
 * Keeps book of what the C client allocates and frees on the running thread for as long as this lives; one at a time.
 * Nothing is freed meanwhile, so that no address is given out twice.
 *
 * It is for zoo_amulti, which looks at the session's state once for each op. When it finds that the session has ended, which
 * the I/O thread may find out at any moment, it frees that op's path twice, and for each op behind it a pointer that it never
 * set; what it had built up it forgets. With this around it, the outcome alone decides: it was successful, and what it freed
 * is freed; or it was not, then what it allocated is, and nothing else.
 */
class Ledger {
 public:
  Ledger();
  /** Frees what was freed meanwhile, unless that was undone. */
  ~Ledger();
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  /** The call failed, and nobody else has come to know any of the memory: frees what it allocated, and forgets the rest. */
  void Undo();

  /** The running thread's, or null. */
  static Ledger* Current();

  void* Allocated(void* memory);
  void* Reallocated(void* memory, size_t size);
  void Freed(void* memory) { freed_.push_back(memory); }

 private:
  std::vector<void*> allocated_;
  std::vector<void*> freed_;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_LEDGER_H
