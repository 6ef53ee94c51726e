/**
 * The layout of a record, as `native/record_layout.h` writes it; the two are compared when the addon loads. Offsets are in
 * bytes from the record's start, which is a multiple of 8; numbers are in the machine's byte order.
 */
export const RecordLayout = Object.freeze({
  // Kinds of records.
  REPLY: 1,
  EVENT: 2,
  SESSION: 3,
  LOG: 4,
  OPENED: 5,
  CLOSED: 6,
  IO_ENDED: 7,
  FAULT: 8,

  // Kinds of a reply's payload.
  PAYLOAD_NONE: 0,
  PAYLOAD_DATA: 1,
  PAYLOAD_CHILDREN: 2,
  PAYLOAD_ACL: 3,
  PAYLOAD_PATH: 4,
  PAYLOAD_OUTCOMES: 5,

  // A stat, wherever there is one.
  STAT_NUMBERS: 48,
  STAT_BYTES: 72,

  // What became of an op of a transaction, in a payload of outcomes.
  OUTCOME_NONE: 0,
  OUTCOME_PATH: 1,
  OUTCOME_STAT: 2,
  OUTCOME_CODE: 0,
  OUTCOME_KIND: 4,
  OUTCOME_BYTES: 8,

  // Kinds of ops, on their way down.
  OP_CREATE: 1,
  OP_DELETE: 2,
  OP_SET: 3,
  OP_CHECK: 4,

  SIZE: 0,
  KIND: 4,

  REPLY_ID: 8,
  REPLY_CODE: 12,
  REPLY_PAYLOAD: 16,
  REPLY_HAS_STAT: 20,
  REPLY_COUNT: 24,
  REPLY_LENGTH: 28,
  REPLY_BLOB: 32,
  REPLY_STAT: 40,
  REPLY_BYTES: 112,
  REPLY_BYTES_WITHOUT_STAT: 40,

  EVENT_TYPE: 8,
  EVENT_STATE: 12,
  EVENT_LENGTH: 16,
  EVENT_BLOB: 20,
  EVENT_BYTES: 24,

  SESSION_STATE: 8,
  SESSION_TIMEOUT: 12,
  SESSION_ID: 16,
  SESSION_PASSWORD: 24,
  SESSION_LENGTH: 40,
  SESSION_BYTES: 48,

  LOG_LOST: 8,
  LOG_LENGTH: 12,
  LOG_TIME: 16,
  LOG_BYTES: 24,

  END_CODE: 8,
  END_ERRNO: 12,
  END_RESOLVER: 16,

  FAULT_KIND: 8,
  FAULT_NUMBER: 12,
  FAULT_ADDRESSES: 16,
  FAULT_SERVER_LENGTH: 20,
  FAULT_NAME_LENGTH: 24,
  FAULT_REASON_LENGTH: 28,
  FAULT_BYTES: 32,

  // Kinds of faults.
  FAULT_CERTIFICATE: 1,
  FAULT_PROTOCOL: 2,
  FAULT_END: 3,
  FAULT_TIMEOUT: 4,
  FAULT_SYSTEM: 5,
  FAULT_CERTIFICATE_WANTED: 6,
  FAULT_SASL: 7,
  FAULT_FRAME: 8,
  FAULT_FRAME_SIZE: 9,
  FAULT_SOCKET: 10,
} as const);
