/**
 * @file log.h
 * The C client's log: off until it is asked for, then a record in the inbox of the connection that it is about.
 */
#ifndef LIBZOOKEEPER_LOG_H
#define LIBZOOKEEPER_LOG_H

namespace libzookeeper {

/**
 * Sets the process-wide level: 0 is off, 1 to 4 are ZOO_LOG_LEVEL_ERROR to ZOO_LOG_LEVEL_DEBUG. Any thread. From
 * zoo_set_debug_level.
 */
void SetLogLevel(int level);

/** The log_callback_fn of every handle. Runs on whichever thread logs; never waits. */
void OnLogLine(const char* line);

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_LOG_H
