#include "client_internals.h"

#include <stdlib.h>
#include <zk_adaptor.h>
#include <zk_sasl.h>

int libzookeeper_use_tls(struct _zhandle* zhandle) {
  /* It goes with the handle; its strings name files, which nobody reads. */
  zhandle->fd->cert = calloc(1, sizeof *zhandle->fd->cert);
  return zhandle->fd->cert == NULL ? -1 : 0;
}

int libzookeeper_sasl_has_failed(const struct _zhandle* zhandle) {
  return zhandle->sasl_client != NULL && zhandle->sasl_client->state == ZOO_SASL_FAILED;
}

int libzookeeper_socket(const struct _zhandle* zhandle) { return zhandle->fd->sock; }

int libzookeeper_next_length(struct _zhandle* zhandle) {
  int length;
  lock_buffer_list(&zhandle->to_send);
  length = zhandle->to_send.head == NULL ? 0 : zhandle->to_send.head->len;
  unlock_buffer_list(&zhandle->to_send);
  return length;
}
