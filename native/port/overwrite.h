/**
 * @file overwrite.h
 * Forgetting secrets.
 */
#ifndef LIBZOOKEEPER_PORT_OVERWRITE_H
#define LIBZOOKEEPER_PORT_OVERWRITE_H

#include <stddef.h>

#include <string>

namespace libzookeeper {
namespace port {

/** Overwrites what nobody reads any more, which a compiler would leave out. */
inline void Overwrite(void* bytes, size_t length) {
  volatile char* next = static_cast<volatile char*>(bytes);
  while (length-- > 0) *next++ = 0;
}

inline void Overwrite(std::string* text) { Overwrite(text->data(), text->size()); }

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_OVERWRITE_H
