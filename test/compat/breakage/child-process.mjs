/** A child process that is started while the client is connected, and outlives close(). */
import { spawn } from 'node:child_process';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export default async function play({ open, server }) {
  const client = await open(server);
  await client.get('/');
  await pause(20);
  const child = spawn('sleep', ['3'], { stdio: 'ignore' });
  await pause(100);
  client.close();
  await pause(200);
  const before = process.cpuUsage();
  await pause(800);
  const { user, system } = process.cpuUsage(before);
  child.kill();
  // On a busy machine a spin has no more than its share of the processor.
  return user + system > 100_000 ? 'spins' : 'idle';
}
