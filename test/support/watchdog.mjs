// Outlives a test file's process, by an instant: its standard input ends with that process, however
// it ends (a crash of the addon and a SIGKILL by the test runner included). Then it clears up.
import { reap } from './reap.mjs';

const [mark, root] = process.argv.slice(2);
process.stdin.resume();
process.stdin.on('error', () => {});
process.stdin.on('close', () => reap(mark, root));
