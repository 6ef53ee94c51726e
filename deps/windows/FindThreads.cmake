# Windows' threads need no library: ../windows.cmake.
set(Threads_FOUND TRUE)
