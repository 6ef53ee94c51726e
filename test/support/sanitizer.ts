/** Whether a sanitizer is in the process, which then takes much memory for itself. */
export const isUnderSanitizer = process.env['LIBZOOKEEPER_TEST_NODE'] !== undefined;

/** Whether a process is looked through for leaks when it ends, which takes anything from a second to twenty. */
export const looksForLeaks = process.env['LIBZOOKEEPER_TEST_LEAKS'] !== undefined;
