/** init() again, after the session has expired, or was closed, or in its close event. */
const connected = (client) =>
  new Promise((resolve) => {
    const timer = setTimeout(
      () => resolve(`does not connect within 2 s, state ${client.state}`),
      2000,
    );
    client.once('connect', () => {
      clearTimeout(timer);
      resolve('connected again');
    });
  });

const plays = {
  /** A session that there is not expires at once. */
  async expired({ ZooKeeper, server }) {
    const client = new ZooKeeper(null);
    const client_password = '00112233445566778899AABBCCDDEEFF';
    const config = { connect: server, timeout: 2000, debug_level: 0 };
    await new Promise((resolve) => {
      client.once('close', resolve);
      client.init({ ...config, client_id: '1', client_password });
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    client.init(config);
    return connected(client);
  },

  async closed({ open, server }) {
    const client = await open(server);
    client.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    client.init({});
    return connected(client);
  },

  async 'in the close event'({ open, server }) {
    const client = await open(server);
    client.once('close', () => client.init({}));
    client.close();
    return connected(client);
  },
};

export default async function play({ when, ...given }) {
  return plays[when](given);
}
