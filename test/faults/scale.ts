/** Whether the whole suite runs, `npm run test:faults`, or the short part of it that `npm test` has. */
export const isFull = process.env['FAULTS'] === 'full';

/** How long faults go on, in milliseconds. */
export const duration = (short: number, full: number): number => (isFull ? full : short);
