# How the C client's own, unmodified CMake project is built here. CMake reads this file at the end of its project()
# command (CMAKE_PROJECT_zookeeper_INCLUDE). Options given in this way reach its targets but not its feature checks, which
# would otherwise be compiled with the port layer's macros and fail.

if(NOT EXISTS "${LIBZOOKEEPER_PORT_HEADER}")
  message(FATAL_ERROR "the port layer's header is missing: ${LIBZOOKEEPER_PORT_HEADER}")
endif()

# It has a branch for Windows, which is not taken: see native/port/windows/posix.h.
if(WIN32 OR LIBZOOKEEPER_WINDOWS)
  include("${CMAKE_CURRENT_LIST_DIR}/windows.cmake")
endif()

# Its system calls become ours; see native/port/port.h. The compiler notes the header as a dependency of each object.
if(MSVC)
  add_compile_options("/FI${LIBZOOKEEPER_PORT_HEADER}")
else()
  add_compile_options("SHELL:-include \"${LIBZOOKEEPER_PORT_HEADER}\"")
endif()

if(LIBZOOKEEPER_PORT STREQUAL "plain")
  add_compile_definitions(LIBZOOKEEPER_PORT_PLAIN)
endif()

# TLS and SASL are compiled in, against headers of ours: neither library's headers are needed, and nothing of them is linked.
# Its own search for them is off, so that no copy that the machine may have gets in.
add_compile_definitions(HAVE_OPENSSL_H)
include_directories(BEFORE "${LIBZOOKEEPER_PORT_DIRECTORY}/c-client" "${LIBZOOKEEPER_PORT_DIRECTORY}/cyrus")
set(CYRUS_SASL_FOUND TRUE)
add_library(CyrusSASL INTERFACE)

# The one file in which port.h maps calls of the C client's own.
set_source_files_properties(src/zookeeper.c PROPERTIES COMPILE_DEFINITIONS LIBZOOKEEPER_PORT_REPLIES)

# Nothing of it is visible outside of the addon. On Windows nothing is unless one says so.
if(NOT LIBZOOKEEPER_WINDOWS)
  add_compile_options(-fvisibility=hidden -fPIC)
endif()

# A child process must not inherit the socket: it would keep the connection open. macOS has no such flag; there Node.js
# starts its children with no descriptors but those that they are given. On Windows no socket of ours is inherited.
add_compile_definitions(_GNU_SOURCE)
if(NOT APPLE AND NOT LIBZOOKEEPER_WINDOWS)
  add_compile_definitions(SOCK_CLOEXEC_ENABLED)
endif()
