/**
 * @file client.cc
 * A fuzz target: the C client, whole and unmodified, with the port layer, the completions and the inbox around it, and a
 * server that says whatever the fuzzer wants. Each input is a run of steps: requests, frames, bytes, hang-ups.
 *
 * What must hold: nothing crashes, aborts, leaks or touches memory that is not its own; no request is answered twice, and
 * once the handle is closed each was answered, if the C client took it.
 */
#include <stdlib.h>
#include <string.h>

#include <memory>
#include <set>
#include <string>

#include "completions.h"
#include "handle.h"
#include "input.h"
#include "multi.h"
#include "network.h"
#include "port/completions.h"
#include "port/context.h"
#include "port/ledger.h"
#include "record_layout.h"
#include "wire.h"
#define LIBZOOKEEPER_PORT_IMPLEMENTATION
#include "port/port.h"

// Of zookeeper.c, which declares them only for programs without threads.
extern "C" {
int zookeeper_interest(struct _zhandle* zhandle, int* descriptor, int* interest,
                       struct timeval* timeout);
int zookeeper_process(struct _zhandle* zhandle, int events);
}

using namespace libzookeeper;
using fuzz::Input;
using fuzz::Int;
using fuzz::Network;
using fuzz::ReplyHeader;
using fuzz::Sized;

namespace {

void Require(bool holds) {
  if (!holds) abort();
}

/** A session of three seconds. */
std::string Granted() {
  return Sized(Int(0) + Int(3000) + std::string(7, '\0') + '\1' + Int(16) + std::string(17, '\0'));
}

int Number(const char* record, uint32_t offset) {
  int32_t number;
  memcpy(&number, record + offset, sizeof number);
  return number;
}

/** A connection, and what it was asked. */
class Client {
 public:
  Client() : handle_(std::make_shared<Handle>(Options())), scope_(&handle_->port()) {
    zhandle_ = zookeeper_init_sasl("127.0.0.1:2181/a", OnWatch, 3000, nullptr, nullptr,
                                   ZOO_NO_LOG_CLIENTENV, OnLog, nullptr);
    Require(zhandle_ != nullptr);
    zoo_set_servers_resolution_delay(zhandle_, -1);
    handle_->port().OpenGate();
  }

  /** One turn of do_io. @return whether there will be another */
  bool Turn() {
    struct timeval ignored;
    int descriptor = -1;
    int interest = 0;
    zookeeper_interest(zhandle_, &descriptor, &interest, &ignored);
    int events = 0;
    if (descriptor != -1) {
      short wanted = 0;
      if ((interest & ZOOKEEPER_READ) != 0) wanted |= POLLIN;
      if ((interest & ZOOKEEPER_WRITE) != 0) wanted |= POLLOUT;
      struct pollfd descriptors[2] = {{kPipe, POLLIN, 0}, {descriptor, wanted, 0}};
      libzookeeper_port_poll(descriptors, 2, 0);
      if ((descriptors[1].revents & POLLIN) != 0) events |= ZOOKEEPER_READ;
      if ((descriptors[1].revents & POLLOUT) != 0) events |= ZOOKEEPER_WRITE;
    }
    zookeeper_process(zhandle_, events);
    port::CallCompletions(&handle_->port());
    return is_unrecoverable(zhandle_) == ZOK && !IsBroken();
  }

  void Request(Input* input);

  /** Closes the handle, and looks at what came of the requests. */
  void Finish() {
    zookeeper_close(zhandle_);
    handle_->multis().Clear();
    std::set<int32_t> answered;
    for (const Batch& batch : handle_->inbox().Take()) {
      for (size_t at = 0; at < batch.used;) {
        const char* record = batch.bytes.get() + at;
        const int size = Number(record, record::kSizeOffset);
        Require(size >= 8 && at + static_cast<size_t>(size) <= batch.used);
        if (Number(record, record::kKindOffset) == record::kReply) {
          Require(answered.insert(Number(record, record::kReplyId)).second);
        }
        at += static_cast<size_t>(size);
      }
    }
    Require(answered == accepted_);
  }

 private:
  /** As network.cc numbers it. */
  static constexpr int kPipe = 100'002;

  static OpenOptions Options() {
    OpenOptions options;
    options.servers = "127.0.0.1:2181/a";
    options.session_timeout_ms = 3000;
    options.max_frame = 1 << 20;
    return options;
  }

  static void OnLog(const char*) {}

  /** Whether the server broke the protocol: there would be a pause now. */
  bool IsBroken() { return handle_->port().replies.violation().complaint != nullptr; }

  int Multi(Input* input, const void* id);

  std::shared_ptr<Handle> handle_;
  port::Scope scope_;
  zhandle_t* zhandle_ = nullptr;
  uint32_t next_id_ = 1;
  std::set<int32_t> accepted_;
};

/** Two bits an op say what it is. */
int Client::Multi(Input* input, const void* id) {
  const uint8_t kinds = input->Byte();
  zoo_op_t ops[4];
  const int count = 1 + (kinds & 3);
  auto results = std::make_unique<MultiResults>(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) {
    switch ((kinds >> (2 * i)) & 3) {
      case 0: {
        int size = 0;
        char* const created = results->AddPath(2, &size);
        zoo_create_op_init(&ops[i], "/b", "x", 1, &ZOO_OPEN_ACL_UNSAFE, 0, created, size);
        break;
      }
      case 1:
        results->Add();
        zoo_delete_op_init(&ops[i], "/b", -1);
        break;
      case 2:
        zoo_set_op_init(&ops[i], "/b", nullptr, -1, -1, results->AddStat());
        break;
      default:
        results->Add();
        zoo_check_op_init(&ops[i], "/b", 1);
    }
  }
  zoo_op_result_t* room = handle_->multis().Put(IdOf(id), std::move(results));
  port::Ledger ledger;
  const int rc = zoo_amulti(zhandle_, count, ops, room, OnMulti, id);
  if (rc != ZOK) {
    ledger.Undo();
    handle_->multis().Take(IdOf(id));
  }
  return rc;
}

void Client::Request(Input* input) {
  const void* id = AsContext(next_id_);
  const auto removed = reinterpret_cast<void_completion_t*>(OnDone);
  const uint8_t choice = input->Byte();
  const watcher_fn watcher = (choice & 0x80) != 0 ? OnWatch : nullptr;
  int rc = ZAPIERROR;
  switch (choice & 15) {
    case 0:
      rc = zoo_awget(zhandle_, "/b", watcher, nullptr, OnData, id);
      break;
    case 1:
      rc = zoo_awexists(zhandle_, "/b", watcher, nullptr, OnStat, id);
      break;
    case 2:
      rc = zoo_awget_children2(zhandle_, "/b", watcher, nullptr, OnChildren, id);
      break;
    case 3:
      rc = zoo_acreate_ttl(zhandle_, "/b", "x", 1, &ZOO_OPEN_ACL_UNSAFE, 0, -1, OnPath, id);
      break;
    case 4:
      rc = zoo_acreate2_ttl(zhandle_, "/b", "x", 1, &ZOO_OPEN_ACL_UNSAFE, 4, -1, OnPathAndStat, id);
      break;
    case 5:
      rc = zoo_aset(zhandle_, "/b", "x", 1, -1, OnStat, id);
      break;
    case 6:
      rc = zoo_adelete(zhandle_, "/b", -1, OnDone, id);
      break;
    case 7:
      rc = zoo_aget_acl(zhandle_, "/b", OnAcl, id);
      break;
    case 8:
      rc = zoo_aset_acl(zhandle_, "/b", -1, &ZOO_OPEN_ACL_UNSAFE, OnDone, id);
      break;
    case 9:
      rc = zoo_async(zhandle_, "/b", OnSynced, id);
      break;
    case 10:
      rc = zoo_awgetconfig(zhandle_, watcher, nullptr, OnData, id);
      break;
    case 11:
      rc = zoo_areconfig(zhandle_, nullptr, "1", nullptr, -1, OnData, id);
      break;
    case 12:
      rc = zoo_aremove_all_watches(zhandle_, "/b", ZWATCHTYPE_DATA, 0, removed, id);
      break;
    case 13:
      rc = Multi(input, id);
      break;
    case 14:
      rc = zoo_acreate_ttl(zhandle_, "/b", "x", 1, &ZOO_OPEN_ACL_UNSAFE, 5, 7, OnPath, id);
      break;
    default:
      // One at a time, as lib/connection.ts has it.
      if (!Network::Get().requests().empty()) return;
      rc = zoo_add_auth(zhandle_, "digest", "a:b", 3, OnDone, id);
  }
  if (rc != ZOK) return;
  accepted_.insert(static_cast<int32_t>(next_id_));
  ++next_id_;
}

/** A reply to the oldest request, whatever its body; an error where the first byte is not 0. */
void Reply(Input* input) {
  Network& network = Network::Get();
  if (network.requests().empty()) return;
  const Network::Request request = network.requests().front();
  network.requests().pop_front();
  const auto error = static_cast<int8_t>(input->Byte());
  network.Send(Sized(ReplyHeader(request.xid, error) + input->Bytes()));
}

/** An event of a path that is watched, or of another; with a state that is right, or not. */
void Event(Input* input) {
  const auto type = static_cast<int8_t>(input->Byte());
  const uint8_t choice = input->Byte();
  const std::string path = (choice & 1) != 0 ? "/a/b" : input->Bytes();
  const int32_t state = (choice & 2) != 0 ? static_cast<int8_t>(input->Byte()) : 3;
  Network::Get().Send(Sized(ReplyHeader(-1, 0) + Int(type) + Int(state) + Sized(path)));
}

/** @return whether the run goes on */
bool Step(Client* client, Input* input) {
  Network& network = Network::Get();
  switch (input->Byte() & 7) {
    case 0:
    case 1:
      client->Request(input);
      break;
    case 2:
      Reply(input);
      break;
    case 3:
      Event(input);
      break;
    case 4:
      network.Send(Granted());
      break;
    case 5:
      network.Send(Sized(input->Bytes()));
      break;
    case 6:
      network.Send(input->Bytes());
      break;
    default:
      network.HangUp();
  }
  return client->Turn();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t length) {
  static const bool is_quiet = [] {
    zoo_set_debug_level(static_cast<ZooLogLevel>(0));
    zoo_deterministic_conn_order(1);
    return true;
  }();
  static_cast<void>(is_quiet);
  Network::Get().Reset();
  Input input(bytes, length);
  Client client;
  // Connects and asks for a session.
  bool goes_on = client.Turn() && client.Turn();
  while (goes_on && !input.IsEmpty()) goes_on = Step(&client, &input);
  if (goes_on) client.Turn();
  client.Finish();
  return 0;
}
