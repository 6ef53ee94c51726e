#define _GNU_SOURCE
#include "replies.h"

enum op {
  op_create = 1,
  op_delete = 2,
  op_exists = 3,
  op_get = 4,
  op_set = 5,
  op_children = 8,
  op_sync = 9,
  op_ping = 11,
  op_children2 = 12,
  op_multi = 14,
  op_create2 = 15,
  op_remove_watches = 18,
  op_create_ttl = 21,
  op_auth = 100,
  op_set_watches = 101,
  op_set_watches2 = 105,
  op_close = -11,
};

enum { err_no_node = -101, err_unimplemented = -6 };

static const int largest_number = 64 * 1024 * 1024;

static int64_t zxid;

static void put_stat(struct bytes* out, int32_t data_length, int32_t children) {
  const int64_t now_ms = 1700000000000;
  put_long(out, 1);
  put_long(out, zxid);
  put_long(out, now_ms);
  put_long(out, now_ms);
  put_int(out, 0);
  put_int(out, 0);
  put_int(out, 0);
  put_long(out, 0);
  put_int(out, data_length);
  put_int(out, children);
  put_long(out, 1);
}

/** The number at the end of a path, after its last dash; `otherwise` without one. */
static int32_t number_of(struct reader path, int32_t otherwise) {
  size_t from = path.left;
  while (from > 0 && path.at[from - 1] >= '0' && path.at[from - 1] <= '9') --from;
  if (from == 0 || from == path.left || path.at[from - 1] != '-') return otherwise;
  int64_t number = 0;
  for (; from < path.left && number < largest_number; ++from) {
    number = 10 * number + (path.at[from] - '0');
  }
  return (int32_t)(number < largest_number ? number : largest_number);
}

static int is_absent(struct reader path) { return memmem(path.at, path.left, "/none", 5) != NULL; }

static void put_data(struct bytes* out, int32_t length) {
  put_int(out, length);
  memset(bytes_reserve(out, (size_t)length), 'x', (size_t)length);
  out->to += (size_t)length;
}

/** Names as children of queues and locks have them; made once for a number, since formatting is slower than any client. */
static void put_children(struct bytes* out, int32_t count) {
  static struct bytes names;
  static int32_t made = -1;
  if (made != count) {
    names.from = names.to = 0;
    for (int32_t i = 0; i < count; ++i) {
      char name[32];
      const int length = snprintf(name, sizeof name, "member-%010d", i);
      put_int(&names, length);
      put_bytes(&names, name, (size_t)length);
    }
    made = count;
  }
  put_int(out, count);
  put_bytes(out, names.start + names.from, bytes_left(&names));
}

static void put_path(struct bytes* out, struct reader path) {
  put_int(out, (int32_t)path.left);
  put_bytes(out, path.at, path.left);
}

static void skip_acl(struct reader* request) {
  const int32_t entries = read_int(request);
  for (int32_t i = 0; i < entries && request->left > 0; ++i) {
    read_int(request);
    read_buffer(request);
    read_buffer(request);
  }
}

static void put_multi_header(struct bytes* out, int32_t type, char done, int32_t err) {
  put_int(out, type);
  put_bytes(out, &done, 1);
  put_int(out, err);
}

/** Each operation of a multi is answered as it would be alone: those that set, create, delete and check. */
static void answer_multi(struct reader request, struct bytes* out) {
  for (;;) {
    const int32_t type = read_int(&request);
    const char done = request.left > 0 ? *request.at : 1;
    skip(&request, 1 + sizeof(int32_t));
    if (done != 0 || request.left == 0) break;
    const struct reader path = read_buffer(&request);
    put_multi_header(out, type, 0, 0);
    if (type == op_create || type == op_create2) {
      read_buffer(&request);
      skip_acl(&request);
      read_int(&request);
      put_path(out, path);
      if (type == op_create2) put_stat(out, 0, 0);
    } else if (type == op_set) {
      const struct reader data = read_buffer(&request);
      read_int(&request);
      put_stat(out, (int32_t)data.left, 0);
    } else {
      read_int(&request);
    }
  }
  put_multi_header(out, -1, 1, -1);
}

static uint64_t count_watches(struct reader request) {
  uint64_t watches = 0;
  read_long(&request);
  while (request.left > 0) {
    const int32_t count = read_int(&request);
    for (int32_t i = 0; i < count && request.left > 0; ++i) {
      read_buffer(&request);
      ++watches;
    }
  }
  return watches;
}

/** @return the error for the reply's header, whose body was put unless it is an error */
static int32_t put_body(int32_t op, struct reader request, struct bytes* out) {
  switch (op) {
    case op_ping:
    case op_auth:
    case op_close:
    case op_delete:
    case op_remove_watches:
    case op_set_watches:
    case op_set_watches2:
      return 0;
    case op_multi:
      answer_multi(request, out);
      return 0;
  }
  const struct reader path = read_buffer(&request);
  if (is_absent(path)) return err_no_node;
  switch (op) {
    case op_get: {
      const int32_t length = number_of(path, 100);
      put_data(out, length);
      put_stat(out, length, 0);
      return 0;
    }
    case op_exists:
      put_stat(out, number_of(path, 100), 0);
      return 0;
    case op_set:
      put_stat(out, (int32_t)read_buffer(&request).left, 0);
      return 0;
    case op_children:
    case op_children2: {
      const int32_t count = number_of(path, 0);
      put_children(out, count);
      if (op == op_children2) put_stat(out, 0, count);
      return 0;
    }
    case op_create:
    case op_create2:
    case op_create_ttl:
      put_path(out, path);
      if (op != op_create) put_stat(out, 0, 0);
      return 0;
    case op_sync:
      put_path(out, path);
      return 0;
    default:
      return err_unimplemented;
  }
}

/** Writes the length of a frame into its first four bytes. @param start where the frame begins, after `from` */
static void end_frame(struct bytes* out, size_t start) {
  char* frame = out->start + out->from + start;
  const uint32_t length = htonl((uint32_t)(bytes_left(out) - start - sizeof length));
  memcpy(frame, &length, sizeof length);
}

void answer_connect(struct reader request, struct bytes* out) {
  static int64_t last_session = 0x100000000;
  static const char password[16] = "wire stub";
  // Clients of old send no byte for read-only, and expect none.
  const int is_old = request.left <= 44;
  read_int(&request);
  read_long(&request);
  const int32_t timeout = read_int(&request);
  const int64_t session = read_long(&request);
  const size_t start = bytes_left(out);
  put_int(out, 0);
  put_int(out, 0);
  put_int(out, timeout);
  put_long(out, session != 0 ? session : ++last_session);
  put_int(out, sizeof password);
  put_bytes(out, password, sizeof password);
  if (!is_old) put_bytes(out, "", 1);
  end_frame(out, start);
}

int answer(struct reader request, struct bytes* out, struct counts* counts) {
  const int32_t xid = read_int(&request);
  const int32_t op = read_int(&request);
  const size_t start = bytes_left(out);
  ++counts->requests;
  ++zxid;
  put_int(out, 0);
  put_int(out, xid);
  put_long(out, zxid);
  put_int(out, 0);
  const int32_t err = put_body(op, request, out);
  if (err != 0) {
    const uint32_t wire = htonl((uint32_t)err);
    memcpy(out->start + out->from + start + 16, &wire, sizeof wire);
  }
  end_frame(out, start);
  if (op == op_set_watches || op == op_set_watches2) counts->watches += count_watches(request);
  return op == op_close;
}
