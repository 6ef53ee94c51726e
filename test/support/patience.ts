/** How much slower everything is: tests under sanitizers and valgrind set it. */
const factor = Number(process.env['LIBZOOKEEPER_TEST_PATIENCE'] ?? 1);

/** A time limit, in ms, for what has to happen, but not how fast: longer where everything is slower. */
export const patiently = (timeout: number): number => timeout * factor;
