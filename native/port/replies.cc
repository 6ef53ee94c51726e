#include "replies.h"

#include <string.h>
#include <zookeeper.jute.h>

#define LIBZOOKEEPER_PORT_IMPLEMENTATION
#include "port.h"
#include "wire_reader.h"

namespace libzookeeper {
namespace port {

namespace {

thread_local ReplyNames current_names;

/** What `priv` of an iarchive points at: recordio.c keeps it to itself. */
struct ArchiveState {
  int32_t length;
  int32_t offset;
  char* bytes;
};

const char* Rest(const struct iarchive* in) {
  const auto* state = static_cast<const ArchiveState*>(in->priv);
  return state->bytes + state->offset;
}

size_t RestLength(const struct iarchive* in) {
  const auto* state = static_cast<const ArchiveState*>(in->priv);
  return static_cast<size_t>(state->length - state->offset);
}

void Skip(struct iarchive* in, size_t length) {
  static_cast<ArchiveState*>(in->priv)->offset += static_cast<int32_t>(length);
}

/** @return false when the stat is cut short */
bool ReadStat(struct iarchive* in, struct Stat* stat) {
  return deserialize_Stat(in, "stat", stat) == 0;
}

}  // namespace

ReplyNames* ReplyNames::Current() { return &current_names; }

bool ReplyNames::Show(const char* bytes, size_t length, int32_t count) {
  *this = ReplyNames();
  size_t offset = 0;
  size_t joined = 0;
  for (int32_t i = 0; i < count; ++i) {
    if (length - offset < sizeof(int32_t)) return false;
    const int32_t size = WireReader::IntAt(bytes + offset);
    offset += sizeof(int32_t);
    if (size < 0 || static_cast<size_t>(size) > length - offset) return false;
    offset += static_cast<size_t>(size);
    joined += static_cast<size_t>(size) + (i > 0 ? 1 : 0);
  }
  bytes_ = bytes;
  length_ = offset;
  joined_length_ = joined;
  count_ = count < 0 ? 0 : count;
  return true;
}

void ReplyNames::Join(char* destination) const {
  const char* next = bytes_;
  for (int32_t i = 0; i < count_; ++i) {
    const auto size = static_cast<size_t>(WireReader::IntAt(next));
    next += sizeof(int32_t);
    if (i > 0) *destination++ = '/';
    memcpy(destination, next, size);
    destination += size;
    next += size;
  }
}

}  // namespace port
}  // namespace libzookeeper

namespace port = libzookeeper::port;

extern "C" {

/** In the place of deserialize_GetDataResponse: the data is that of the reply, not a copy. */
int libzookeeper_port_deserialize_GetDataResponse(struct iarchive* in, const char*,
                                                  struct GetDataResponse* reply) {
  memset(reply, 0, sizeof *reply);
  int32_t length = 0;
  const bool has_length = in->deserialize_Int(in, "len", &length) == 0;
  const size_t size = length > 0 ? static_cast<size_t>(length) : 0;
  if (has_length && length >= -1 && size <= port::RestLength(in)) {
    reply->data.buff = const_cast<char*>(port::Rest(in));
    reply->data.len = length;
    port::Skip(in, size);
    if (port::ReadStat(in, &reply->stat)) return 0;
  }
  reply->data.buff = nullptr;
  reply->data.len = port::kBrokenLength;
  return 0;
}

/** In the place of deallocate_GetDataResponse: there is nothing to free. */
void libzookeeper_port_deallocate_GetDataResponse(struct GetDataResponse*) {}

/** In the place of deserialize_GetChildren2Response: the names are shown by ReplyNames, and the vector is left empty. */
int libzookeeper_port_deserialize_GetChildren2Response(struct iarchive* in, const char*,
                                                       struct GetChildren2Response* reply) {
  memset(reply, 0, sizeof *reply);
  port::ReplyNames* names = port::ReplyNames::Current();
  int32_t count = 0;
  if (in->deserialize_Int(in, "count", &count) == 0 &&
      names->Show(port::Rest(in), port::RestLength(in), count)) {
    port::Skip(in, names->length());
    if (port::ReadStat(in, &reply->stat)) return 0;
  }
  reply->children.count = port::kBrokenLength;
  return 0;
}

}  // extern "C"
