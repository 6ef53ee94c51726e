/** Whether the whole suite runs, `npm run test:faults`, or the short part of it that `npm test` has. */
export const isFull = process.env['FAULTS'] === 'full';

/** How long faults go on, in milliseconds. */
export const duration = (short: number, full: number): number => (isFull ? full : short);

/**
 * How long the test of a fault may take, in milliseconds. What hangs is found by its steps, each of which says what it waited
 * for: the whole has to outlive them. How many rounds an election takes is up to the servers: three that start anew took 8 to
 * 12 s on two idle cores, to have another leader beside one that is cut off 4 to 18 s on busy ones.
 */
export const LONGEST_TEST = duration(120_000, 240_000);
