// Controls the server in a run directory from a process of its own:
//   server.ts RUNDIR start|stop|process|destroy…
// Prints what each gives, a line of JSON each.
import { Server } from 'libzookeeper';

const [runDir = '', ...calls] = process.argv.slice(2);
const server = await Server.attach(runDir);
for (const call of calls) {
  if (call !== 'start' && call !== 'stop' && call !== 'process' && call !== 'destroy') {
    throw new Error(`what is "${call}"?`);
  }
  console.log(JSON.stringify((await server[call]()) ?? null));
}
