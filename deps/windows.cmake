# The C client on Windows: compiled as it is on POSIX, against native/port/windows/, so that its project must not know where it
# is. What it would find out by compiling, much of it a macro there, is answered here.

set(LIBZOOKEEPER_WINDOWS TRUE)
set(WIN32 FALSE)
add_compile_definitions(LIBZOOKEEPER_C_CLIENT)
include_directories(BEFORE "${LIBZOOKEEPER_PORT_DIRECTORY}/windows/include")

foreach(
  has
  ARPA_INET_H DLFCN_H FCNTL_H INTTYPES_H MEMORY_H NETDB_H NETINET_IN_H STDINT_H STDLIB_H STRING_H SYS_SOCKET_H SYS_STAT_H
  SYS_TIME_H SYS_TYPES_H UNISTD_H
  GETCWD GETHOSTBYNAME GETHOSTNAME GETTIMEOFDAY MEMMOVE MEMSET POLL SOCKET STRCHR STRDUP STRERROR STRTOL)
  set(HAVE_${has} 1)
endforeach()
foreach(lacks STRINGS_H SYS_UTSNAME_H GETLOGIN GETPWUID_R GETUID SOCK_CLOEXEC)
  set(HAVE_${lacks} 0)
endforeach()
set(ZOO_IPV6_ENABLED 1)

# Its program for load tests asks for threads; it is not built.
add_library(Threads::Threads INTERFACE IMPORTED)
list(PREPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}/windows")

# The names and the place that they have elsewhere (layout.mjs), whichever generator it is.
set(CMAKE_STATIC_LIBRARY_PREFIX lib)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY_RELEASE "${CMAKE_BINARY_DIR}")

# Not proven: there has been no compiler of Microsoft's to try this with.
if(MSVC)
  # As node-gyp compiles the addon.
  set(CMAKE_MSVC_RUNTIME_LIBRARY MultiThreaded)
  add_compile_definitions(_CRT_SECURE_NO_WARNINGS _CRT_NONSTDC_NO_WARNINGS)
  add_compile_options(/utf-8 /w)
endif()
