/**
 * @file replies.h
 * Reading large replies where they lie.
 *
 * The C client copies the data of a node, and each name of a list of children, into memory of its own before it calls the
 * completion, which then copies it into the inbox. Here the completion is shown the bytes of the reply itself: a copy of the
 * data less, and for a thousand children a thousand allocations less. Along the way, lengths that do not fit the reply are
 * found out, which the C client passes over (trap 29).
 */
#ifndef LIBZOOKEEPER_PORT_REPLIES_H
#define LIBZOOKEEPER_PORT_REPLIES_H

#include <stddef.h>
#include <stdint.h>

namespace libzookeeper {
namespace port {

/** The names of children in the reply whose completion is being called. They live as long as that call. */
class ReplyNames {
 public:
  /** Those of the reply that the running thread's completion is called for. */
  static ReplyNames* Current();

  /** Points at `count` names in `bytes`, each behind its length. @return whether they are as they should be */
  bool Show(const char* bytes, size_t length, int32_t count);

  /** How many there are. */
  int32_t count() const { return count_; }

  /** How many bytes Join() writes. */
  size_t joined_length() const { return joined_length_; }

  /** How many bytes they take in the reply. */
  size_t length() const { return length_; }

  /** Writes the names with a '/' between them, which none of them contains. */
  void Join(char* destination) const;

 private:
  const char* bytes_ = nullptr;
  size_t length_ = 0;
  size_t joined_length_ = 0;
  int32_t count_ = 0;
};

/** As the length of a node's data: the reply is broken. The C client has -1 for null. */
constexpr int32_t kBrokenLength = -2;

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_REPLIES_H
