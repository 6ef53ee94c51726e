/** Whether a sanitizer is in the process, which then takes much memory for itself. */
export const isUnderSanitizer = process.env['LIBZOOKEEPER_TEST_NODE'] !== undefined;
