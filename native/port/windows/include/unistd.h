/* POSIX on Windows: see posix.h. */
#include "../posix.h"
