/**
 * @file errors.h
 * Winsock's errors by the names of POSIX.
 */
#ifndef LIBZOOKEEPER_PORT_WINDOWS_ERRORS_H
#define LIBZOOKEEPER_PORT_WINDOWS_ERRORS_H

namespace libzookeeper {
namespace port {
namespace windows {

/** The errno for a code of WSAGetLastError(). */
int ToErrno(int code);

/** Puts the error of the thread's last call of Winsock into errno. @return -1 */
int FailWithLastError();

}  // namespace windows
}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_WINDOWS_ERRORS_H
