/** Methods that are not given their callbacks, or their watchers. */
export default async function play({ ZooKeeper, server, calls }) {
  const client = new ZooKeeper({ connect: server, timeout: 5000, debug_level: 0 });
  client.init({});
  const outcomes = [];
  for (const [method, values] of calls) {
    try {
      // Time enough for the reply, and for what that leads to.
      const pause = new Promise((resolve) => setTimeout(resolve, 3000));
      const [returned] = await Promise.all([client[method](...values), pause]);
      outcomes.push(`${method} returned ${returned}`);
    } catch (error) {
      outcomes.push(`${error.name}: ${error.message}`);
    }
  }
  client.close();
  return [...new Set(outcomes)].join('; ');
}
