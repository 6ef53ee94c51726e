/**
 * @file multi.h
 * Transactions: their ops, between the bytes that TypeScript packs and the C client's structures, and the memory into which
 * the C client writes what became of each op.
 */
#ifndef LIBZOOKEEPER_MULTI_H
#define LIBZOOKEEPER_MULTI_H

#include <stddef.h>
#include <stdint.h>
#include <zookeeper.h>

#include <deque>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "acl.h"
#include "port/free_lists.h"

namespace libzookeeper {

/**
 * What becomes of the ops of one transaction. The C client holds on to its memory from the call of zoo_amulti until it calls
 * the completion, and writes to it on its completion thread ahead of that call.
 */
class MultiResults {
 public:
  static void* operator new(size_t size) { return port::Allocator<char>().allocate(size); }
  static void operator delete(void* memory) { port::Free(memory); }

  /** @param count how many Add() will be called for: none of what it gives moves */
  explicit MultiResults(size_t count);

  /** Makes room for one more op's outcome, of nothing but a code. */
  void Add() { Add(Room{}); }

  /** The same for one that has a stat. @return where it goes */
  struct Stat* AddStat();

  /** The same for one that has a path, the one to create being of `length`. @return where it goes, and `size` how much of it */
  char* AddPath(int32_t length, int* size);

  /** What zoo_amulti is given. To be called when all are added. */
  zoo_op_result_t* results() { return results_.data(); }

  int32_t count() const { return static_cast<int32_t>(results_.size()); }

  /** How many bytes Serialize() writes for a transaction that ended with `rc`. */
  size_t SerializedBytes(int rc) const;

  /** Writes the outcomes as record_layout.h says. */
  void Serialize(int rc, char* bytes) const;

 private:
  /** The JavaScript thread fills them, the I/O thread destroys them. */
  template <typename T>
  using Vector = std::vector<T, port::Allocator<T>>;

  struct Room {
    Vector<char> path;
    const struct Stat* stat = nullptr;
  };

  void Add(Room room);

  Vector<Room> rooms_;
  Vector<struct Stat> stats_;
  Vector<zoo_op_result_t> results_;
};

/** The ops of one transaction, in the C client's shape for as long as this and the bytes live. */
class MultiOps {
 public:
  /** @return false when the bytes are not at least one op, packed as record_layout.h says */
  bool Parse(const char* bytes, size_t length);

  int count() const { return static_cast<int>(ops_.size()); }
  const zoo_op_t* ops() const { return ops_.data(); }

  /** The memory that the ops refer to for their outcomes. Once. */
  std::unique_ptr<MultiResults> TakeResults() { return std::move(results_); }

 private:
  std::vector<zoo_op_t> ops_;
  std::deque<AclList> acls_;
  std::unique_ptr<MultiResults> results_;
};

/**
 * The transactions of one connection that are under way, by the id of their request: the C client owns their results in
 * all but name. Filled on the JavaScript thread, emptied by whichever thread calls the completion; what never gets one is
 * let go of when zookeeper_close has returned, and nobody writes any more.
 */
class PendingMultis {
 public:
  /** @return what to give to zoo_amulti; good until the completion, which may be there before zoo_amulti has returned */
  zoo_op_result_t* Put(uint32_t id, std::unique_ptr<MultiResults> results);

  /** @return null when there is none of that id */
  std::unique_ptr<MultiResults> Take(uint32_t id);

  void Clear();

 private:
  std::mutex mutex_;
  std::unordered_map<uint32_t, std::unique_ptr<MultiResults>> results_;
};

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_MULTI_H
