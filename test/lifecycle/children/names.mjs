/**
 * A session by name, where /etc/hosts is a file of the test's: does what it is told on its input, a word a line, and says what
 * came of it.
 *
 *   connect SERVERS OPTIONS   connects
 *   servers SERVERS           setServers
 *   where                     the server of the connection, once there is one
 *   get                       a request
 *   close
 */
import { createInterface } from 'node:readline';
import { connect, State } from 'libzookeeper';

let conn;

async function connected() {
  for (;;) {
    if (conn.state === State.CONNECTED && conn.currentServer !== null) return conn.currentServer;
    await new Promise((resolve) => conn.once('session', resolve));
  }
}

const commands = {
  connect: async (servers, options) => {
    conn = await connect(servers, JSON.parse(options));
    conn.on('session', ({ state }) => console.log(`state ${state}`));
    return conn.currentServer;
  },
  servers: (servers) => conn.setServers(servers),
  where: connected,
  get: async () => (await conn.exists('/')) !== null,
  close: () => conn.close(),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [command, ...args] = line.split(' ');
  const result = await commands[command](...args).catch((error) => error.code);
  console.log(`${command}: ${result}`);
  if (command === 'close') break;
}
process.stdin.destroy();
