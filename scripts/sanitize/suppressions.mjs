/** Reports that are known, and harmless, each with the reason why. Lines are those of the release that deps/ pins. */
import { sides } from './reports.mjs';

/**
 * @typedef {object} Suppression
 * @property {string} sanitizer
 * @property {(report: import('./reports.mjs').Report) => boolean} matches
 * @property {string} reason
 */

/** A race one side of which is at one of these lines of the C client. */
const raceAt =
  (...lines) =>
  (report) =>
    report.kind === 'race' &&
    sides(report).some((frame) =>
      lines.some((line) => new RegExp(`at src/${line}(?:$| )`).test(frame?.text ?? '')),
    );

/** V8's builtins are part of Node.js, and have their names. */
function isAllocatedByJavaScript(stack) {
  const before = stack.slice(
    0,
    stack.findIndex(({ module }) => module === 'libzookeeper.node'),
  );
  return before.some(({ text }) => /^(?:Builtins_|napi_call_function)/.test(text));
}

/** @type {Suppression[]} */
export const suppressions = [
  {
    sanitizer: 'address',
    matches: (report) =>
      report.kind === 'leak' && /^v8::internal::/.test(sides(report)[0]?.text ?? ''),
    reason: "V8's own memory, such as the pages of its heap, which nothing but that heap leads to.",
  },
  {
    sanitizer: 'address',
    matches: ({ kind, stacks }) => kind === 'leak' && isAllocatedByJavaScript(stacks[0]),
    reason:
      "V8 allocated it while it ran JavaScript that the addon called, and what is reachable from V8's heap alone is not found.",
  },
  {
    sanitizer: 'thread',
    matches: raceAt('zookeeper.c:2706', 'zookeeper.c:2991'),
    reason:
      'zookeeper_interest and check_events look whether there is something to send without the lock of the queue: a pointer, ' +
      'compared with null. Who queued something wakes the I/O thread afterwards (Wakeup), which then looks again.',
  },
  {
    sanitizer: 'thread',
    matches: raceAt('zookeeper.c:2660'),
    reason:
      'zookeeper_interest looks whether a request is in flight without the lock of the queue: a pointer, compared with null, ' +
      'by which it decides whether to send a ping.',
  },
  {
    sanitizer: 'thread',
    matches: raceAt('zookeeper.c:3532'),
    reason:
      "zoo_state reads the session's state, an int, without a lock. Nobody concludes more " +
      'from it than that a request may be made: what was queued for a connection that is gone fails with it, and Dispatch() of ' +
      'native/port/dispatch.cc looks behind a fence.',
  },
  {
    sanitizer: 'thread',
    matches: raceAt('zookeeper.c:624'),
    reason:
      'is_unrecoverable reads the same, to refuse a request whose session has ended. One that slips through is settled when the ' +
      'I/O thread ends, or fails with the connection.',
  },
  {
    sanitizer: 'thread',
    matches: raceAt('mt_adaptor.c:372'),
    reason:
      'zookeeper_close sets close_requested, an int, without a lock; then it wakes the I/O thread and joins it, so that it is ' +
      'seen one turn of the loop later at the most.',
  },
  {
    sanitizer: 'thread',
    matches: raceAt('zookeeper.c:3465'),
    reason:
      'zookeeper_process reads close_requested without a lock, to know why a reply finds no request. If it was zookeeper_close ' +
      'that took the requests away, it did so under their lock, after it had set close_requested: then it is seen.',
  },
  {
    sanitizer: 'thread',
    matches: raceAt('zookeeper.c:5144'),
    reason:
      'format_endpoint_info writes the address of a server, for a line of the log, into memory that is one for the process. A ' +
      'line may name the server of another connection. It cannot run on: the longest address is 52 characters, and the rest of ' +
      'the 134 stays 0. Nothing but the log reads it.',
  },
  {
    sanitizer: 'thread',
    matches: raceAt('zookeeper.c:1057'),
    reason:
      'update_addrs compares the list of hosts with null before it takes the lock under which zoo_set_servers replaces it by ' +
      'another. Null it never is.',
  },
  {
    sanitizer: 'thread',
    matches: ({ text, stacks }) =>
      text.includes('thread leak') &&
      stacks[0]?.some(({ text: place }) => place.includes('port::Provisions::GetThread()')),
    reason:
      "a process ended with a connection open, whose completion thread's stand-in (native/port/threads.cc) has ended, or whose " +
      'I/O thread has with the session: zookeeper_close would join them.',
  },
  {
    sanitizer: 'thread',
    matches: ({ kind, stacks }) =>
      kind === 'race' &&
      stacks
        .slice(0, 2)
        .every(([first]) =>
          /^(?:__interceptor_)?(?:socket|pipe2|accept4|eventfd|open|open64) /.test(
            first?.text ?? '',
          ),
        ),
    reason:
      'two threads were given the same number for a descriptor, one after the other: the kernel sees to that, which is not ' +
      'seen since Node.js closes descriptors by system calls of its own.',
  },
  {
    sanitizer: 'thread',
    matches: ({ kind, stacks }) =>
      kind === 'race' &&
      stacks.slice(0, 2).some((stack) => stack.some(({ text }) => /_dl_deallocate_tls/.test(text))),
    reason:
      "glibc frees the thread-local variables of a thread that has ended when another takes its stack: the kernel's word " +
      'that it has ended is not seen.',
  },
];
