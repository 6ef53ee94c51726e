import { onTestFailed } from 'vitest';
import { Random } from './random.js';

/**
 * What a test of random faults draws from. The seed is that of `FAULT_SEED`, or another one each time; a test that fails says
 * which it was.
 */
export function randomOfTest(): Random {
  const given = process.env['FAULT_SEED'];
  const seed = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
  onTestFailed(() => console.error(`again with FAULT_SEED=${seed}`));
  return new Random(seed);
}
