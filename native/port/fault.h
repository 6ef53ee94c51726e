/**
 * @file fault.h
 * Why a connection could not be made, where the C client only knows that it could not.
 */
#ifndef LIBZOOKEEPER_PORT_FAULT_H
#define LIBZOOKEEPER_PORT_FAULT_H

#include <stdint.h>

#include <string>

namespace libzookeeper {

class Handle;

namespace port {

/** Something that went wrong underneath the session. TypeScript makes an error of it (lib/fault.ts). */
struct Fault {
  /** Where it was found, and what `number` is. The numbers are compared with TypeScript's when the addon loads. */
  enum Kind : int32_t {
    kCertificate = 1,  ///< the server's certificate; X509_V_ERR_*
    kProtocol = 2,     ///< what the server said is no TLS, or it refused; 0
    kEnd = 3,          ///< the server hung up; 0
    kTimeout = 4,      ///< the server did not answer; 0
    kSystem = 5,       ///< errno
    kCertificateWanted =
        6,       ///< the server hung up, having asked for a certificate that there is none of; 0
    kSasl = 7,   ///< a code of libsasl2, or 0 when the server refused
    kFrame = 8,  ///< the server broke ZooKeeper's protocol; 0
    kFrameSize = 9,  ///< a reply is larger than is accepted; its length in bytes
    kSocket = 10,    ///< there is no socket to be had; errno
  };

  Kind kind;
  int32_t number;
  /** How many addresses of servers there are. */
  int32_t addresses;
  /** The server: `127.0.0.1:2281`. */
  std::string server;
  /** The name that its certificate was to have, or empty. */
  std::string name;
  /** What the library says of it, or empty. */
  std::string reason;
};

/** Tells the connection's inbox. Any thread. */
void Report(Handle* handle, const Fault& fault);

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_FAULT_H
