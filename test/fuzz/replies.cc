/**
 * @file replies.cc
 * A fuzz target: the frame check, and the decoding of records by the C client's generated code and by ours in its place. What
 * the check lets pass can be decoded to the end.
 */
#include "port/replies.h"

#include <proto.h>
#include <stdlib.h>
#include <string.h>
#include <zookeeper.h>
#include <zookeeper.jute.h>

#include <string>
#include <vector>

#include "input.h"
#include "port/expected_replies.h"
#include "wire.h"

using fuzz::Input;
using fuzz::Int;
using fuzz::ReplyHeader;
using fuzz::Sized;
using namespace libzookeeper;

extern "C" {
int libzookeeper_port_deserialize_GetDataResponse(struct iarchive* in, const char*,
                                                  struct GetDataResponse* reply);
int libzookeeper_port_deserialize_GetChildren2Response(struct iarchive* in, const char*,
                                                       struct GetChildren2Response* reply);
}

namespace {

constexpr int32_t kXid = 7;

constexpr int32_t kTypes[] = {
    ZOO_GETDATA_OP, ZOO_EXISTS_OP,     ZOO_GETCHILDREN2_OP,     ZOO_CREATE_OP,
    ZOO_CREATE2_OP, ZOO_CREATE_TTL_OP, ZOO_CREATE_CONTAINER_OP, ZOO_SETDATA_OP,
    ZOO_GETACL_OP,  ZOO_SYNC_OP,       ZOO_RECONFIG_OP,         ZOO_MULTI_OP,
    ZOO_SASL_OP,    ZOO_DELETE_OP,     ZOO_SETACL_OP,           ZOO_REMOVE_WATCHES,
};

constexpr int32_t kOpTypes[] = {ZOO_CREATE_OP, ZOO_DELETE_OP, ZOO_SETDATA_OP, ZOO_CHECK_OP};

void Require(bool holds) {
  if (!holds) abort();
}

/** Four ops at the most, two bits each. */
std::vector<int32_t> Ops(uint8_t kinds, size_t count) {
  std::vector<int32_t> types;
  for (size_t i = 0; i < count; ++i) types.push_back(kOpTypes[(kinds >> (2 * i)) & 3]);
  return types;
}

std::string ResultHeader(int32_t type, bool done) {
  return Int(type) + (done ? '\1' : '\0') + Int(-1);
}

/** As zoo_amulti serializes it. */
std::string MultiRequest(const std::vector<int32_t>& types) {
  std::string request = Int(kXid) + Int(ZOO_MULTI_OP);
  for (const int32_t type : types) {
    request += ResultHeader(type, false) + Sized("/a");
    if (type == ZOO_CREATE_OP || type == ZOO_SETDATA_OP) request += Sized("data");
    if (type == ZOO_CREATE_OP) request += Int(1) + Int(31) + Sized("world") + Sized("anyone");
    request += Int(-1);
  }
  return request + ResultHeader(-1, true);
}

/** One record of the archive, and gone again. */
template <typename Record>
void Decode(struct iarchive* in, int (*read)(struct iarchive*, const char*, Record*),
            void (*release)(Record*)) {
  Record record;
  memset(&record, 0, sizeof record);
  const int rc = read(in, "record", &record);
  release(&record);
  Require(rc == 0);
}

void DecodeResult(struct iarchive* in, int32_t op) {
  if (op == ZOO_CREATE_OP) Decode(in, deserialize_CreateResponse, deallocate_CreateResponse);
  if (op == ZOO_SETDATA_OP) Decode(in, deserialize_SetDataResponse, deallocate_SetDataResponse);
}

/** As deserialize_multi of zookeeper.c. */
void DecodeMulti(struct iarchive* in, const std::vector<int32_t>& types) {
  struct MultiHeader header;
  Require(deserialize_MultiHeader(in, "header", &header) == 0);
  size_t at = 0;
  while (!header.done) {
    Require(at < types.size());
    if (header.type == -1) {
      Decode(in, deserialize_ErrorResponse, deallocate_ErrorResponse);
    } else {
      DecodeResult(in, types[at]);
    }
    ++at;
    Require(deserialize_MultiHeader(in, "header", &header) == 0);
  }
  Require(at == types.size());
}

void DecodeData(struct iarchive* in) {
  struct GetDataResponse reply;
  Require(libzookeeper_port_deserialize_GetDataResponse(in, "reply", &reply) == 0);
  Require(reply.data.len >= -1);
  // Each byte can be read.
  volatile char sum = 0;
  for (int32_t i = 0; i < reply.data.len; ++i) sum = static_cast<char>(sum + reply.data.buff[i]);
}

void DecodeChildren(struct iarchive* in) {
  struct GetChildren2Response reply;
  Require(libzookeeper_port_deserialize_GetChildren2Response(in, "reply", &reply) == 0);
  Require(reply.children.count != port::kBrokenLength);
  const port::ReplyNames& names = *port::ReplyNames::Current();
  std::string joined(names.joined_length(), '\0');
  names.Join(joined.data());
  // No more names come of it than there were.
  int32_t slashes = 0;
  for (const char c : joined) slashes += c == '/' ? 1 : 0;
  Require(slashes == (names.count() > 0 ? names.count() - 1 : 0));
}

void DecodeReply(struct iarchive* in, int32_t type, const std::vector<int32_t>& ops) {
  switch (type) {
    case ZOO_GETDATA_OP:
    case ZOO_RECONFIG_OP:
      return DecodeData(in);
    case ZOO_GETCHILDREN2_OP:
      return DecodeChildren(in);
    case ZOO_EXISTS_OP:
    case ZOO_SETDATA_OP:
      return Decode(in, deserialize_SetDataResponse, deallocate_SetDataResponse);
    case ZOO_CREATE_OP:
    case ZOO_SYNC_OP:
      return Decode(in, deserialize_CreateResponse, deallocate_CreateResponse);
    case ZOO_CREATE2_OP:
    case ZOO_CREATE_TTL_OP:
    case ZOO_CREATE_CONTAINER_OP:
      return Decode(in, deserialize_Create2Response, deallocate_Create2Response);
    case ZOO_GETACL_OP:
      return Decode(in, deserialize_GetACLResponse, deallocate_GetACLResponse);
    case ZOO_SASL_OP:
      return Decode(in, deserialize_SetSASLResponse, deallocate_SetSASLResponse);
    case ZOO_MULTI_OP:
      return DecodeMulti(in, ops);
    default:
      return;
  }
}

/** A frame that was taken: what the C client reads of it. */
void DecodeFrame(std::string frame, int32_t type, const std::vector<int32_t>& ops) {
  struct iarchive* in = create_buffer_iarchive(frame.data(), static_cast<int>(frame.size()));
  struct ReplyHeader header;
  Require(deserialize_ReplyHeader(in, "header", &header) == 0);
  if (header.xid == -1 && type != ZOO_SASL_OP) {
    Decode(in, deserialize_WatcherEvent, deallocate_WatcherEvent);
  } else if (header.xid == kXid && header.err == 0) {
    DecodeReply(in, type, ops);
  }
  close_buffer_iarchive(&in);
}

/** In memory of just its length, so that a byte read beyond its end is found. */
std::vector<char> Exactly(const std::string& bytes) {
  return std::vector<char>(bytes.begin(), bytes.end());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t length) {
  Input input(bytes, length);
  const uint8_t choice = input.Byte();
  const int32_t type = kTypes[choice & 15];
  const std::vector<int32_t> ops = Ops(input.Byte(), 1 + ((choice >> 4) & 3));
  port::ExpectedReplies expected;
  const std::string request =
      type == ZOO_MULTI_OP ? MultiRequest(ops) : Int(kXid) + Int(type) + Sized("/a");
  expected.Requested(request.data(), request.size());
  // Mostly a reply to that request; else whatever the fuzzer wants for a header, too.
  const bool is_raw = (choice & 0xc0) == 0xc0;
  const std::string frame = is_raw ? input.Rest() : ReplyHeader(kXid, 0) + input.Rest();
  const std::vector<char> exact = Exactly(frame);
  if (expected.Take(exact.data(), exact.size()) == nullptr) DecodeFrame(frame, type, ops);
  return 0;
}
