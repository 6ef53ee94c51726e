/**
 * @file record_layout.h
 * The layout of a record in a batch: written here once, exported to TypeScript, and compared there with lib/record-layout.ts
 * when the addon loads.
 *
 * A batch is a run of records. Every record starts at a multiple of 8 bytes, in the machine's byte order. Offsets are in
 * bytes from the record's start. A reply's and a session event's fixed parts are followed by their variable bytes.
 */
#ifndef LIBZOOKEEPER_RECORD_LAYOUT_H
#define LIBZOOKEEPER_RECORD_LAYOUT_H

#include <stdint.h>

namespace libzookeeper {
namespace record {

/** What a record tells. */
enum Kind : int32_t {
  kReply = 1,    ///< the answer of one request
  kEvent = 2,    ///< a watch event
  kSession = 3,  ///< a session event
  kLog = 4,      ///< a line that the C client logged
  kOpened = 5,   ///< zookeeper_init came to an end
  kIoEnded = 7,  ///< the session has ended: what was not answered will not be
  kFault = 8,    ///< why there is no connection
  kClosed = 6,   ///< zookeeper_close came to an end; the last record of a connection
};

/** What a reply's variable bytes are. What is packed in them is packed as packed.h says. */
enum Payload : int32_t {
  kNone = 0,      ///< nothing
  kData = 1,      ///< a node's bytes; `count` is -1 for null
  kChildren = 2,  ///< `count` names, joined by '/'
  kAcl = 3,       ///< `count` entries as ZooKeeper serialises them
  kPath = 4,      ///< the path that was created
  kOutcomes = 5,  ///< what became of `count` ops, each as at kOutcomeCode and from a multiple of 8
};

/**
 * A stat, from a multiple of 8: six int64: czxid, mzxid, ctime, mtime, ephemeralOwner, pzxid; five int32: version, cversion,
 * aversion, dataLength, numChildren; and four bytes that say nothing.
 */
constexpr uint32_t kStatNumbers = 6 * 8;
constexpr uint32_t kStatBytes = kStatNumbers + 6 * 4;

/** What became of an op, beside its code. */
enum Outcome : int32_t {
  kOutcomeNone = 0,  ///< nothing
  kOutcomePath = 1,  ///< the path that was created, a text
  kOutcomeStat = 2,  ///< kStatBytes
};
constexpr uint32_t kOutcomeCode = 0;  // int32
constexpr uint32_t kOutcomeKind = 4;  // int32, Outcome
constexpr uint32_t kOutcomeBytes = 8;

/**
 * Ops of a transaction, on their way down: their number, an int32, and then one behind the other: an int32 Op; an int32 that
 * is the flags of a create and the version of all others; the path, a text, with a NUL behind it; for create and set the data,
 * as a text, with a length of -1 for null; for create the ACL, as a text in the manner of acl.h, with a length of -1 for the
 * open one.
 */
enum Op : int32_t {
  kOpCreate = 1,
  kOpDelete = 2,
  kOpSet = 3,
  kOpCheck = 4,
};

// Common to all: the size of the whole record, padding included, and its kind.
constexpr uint32_t kSizeOffset = 0;
constexpr uint32_t kKindOffset = 4;

// Reply.
constexpr uint32_t kReplyId = 8;        // uint32
constexpr uint32_t kReplyCode = 12;     // int32
constexpr uint32_t kReplyPayload = 16;  // int32, Payload
constexpr uint32_t kReplyHasStat = 20;  // int32, 0 or 1
constexpr uint32_t kReplyCount = 24;    // int32, entries in the payload
constexpr uint32_t kReplyLength = 28;   // uint32, bytes of the payload
constexpr uint32_t kReplyBlob =
    32;  // int32, index of the batch's blob that holds the payload, or -1
constexpr uint32_t kReplyStat = 40;  // kStatBytes
constexpr uint32_t kReplyBytes = kReplyStat + kStatBytes;
constexpr uint32_t kReplyBytesWithoutStat = kReplyStat;

// Watch event.
constexpr uint32_t kEventType = 8;     // int32
constexpr uint32_t kEventState = 12;   // int32
constexpr uint32_t kEventLength = 16;  // uint32, bytes of the path
constexpr uint32_t kEventBlob = 20;  // int32, index of the batch's blob that holds the path, or -1
constexpr uint32_t kEventBytes = 24;

// Session event. The identity is that of the moment, the server's address is empty while there is none.
constexpr uint32_t kSessionState = 8;      // int32
constexpr uint32_t kSessionTimeout = 12;   // int32, milliseconds
constexpr uint32_t kSessionId = 16;        // int64
constexpr uint32_t kSessionPassword = 24;  // 16 bytes
constexpr uint32_t kSessionLength = 40;    // uint32, bytes of the server's address
constexpr uint32_t kSessionBytes = 48;

// Log line.
constexpr uint32_t kLogLost = 8;     // int32, lines that were dropped before this one
constexpr uint32_t kLogLength = 12;  // uint32, bytes of the line
constexpr uint32_t kLogTime = 16;    // int64, milliseconds since 1970
constexpr uint32_t kLogBytes = 24;

// Opened and closed.
constexpr uint32_t kEndCode = 8;    // int32: ZOK, or what zookeeper_init or zookeeper_close said
constexpr uint32_t kEndErrno = 12;  // int32: the errno of a failed zookeeper_init, or 0
constexpr uint32_t kEndResolver =
    16;  // int32: the EAI_* code of the first host, when no host resolved, or 0
constexpr uint32_t kEndBytes = 24;

// Fault. The texts follow each other: server, name, reason.
constexpr uint32_t kFaultKind = 8;           // int32, port::Fault::Kind
constexpr uint32_t kFaultNumber = 12;        // int32
constexpr uint32_t kFaultAddresses = 16;     // int32
constexpr uint32_t kFaultServerLength = 20;  // uint32
constexpr uint32_t kFaultNameLength = 24;    // uint32
constexpr uint32_t kFaultReasonLength = 28;  // uint32
constexpr uint32_t kFaultBytes = 32;

}  // namespace record
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_RECORD_LAYOUT_H
