/** The event loop stands still for longer than the session's timeout. */
export default async function play({ open, server }) {
  const client = await open(server, { timeout: 500 });
  const path = await client.create('/blocked-', '', 3);
  const events = [];
  for (const name of ['connecting', 'connect', 'close']) client.on(name, () => events.push(name));
  const end = performance.now() + 1500;
  while (performance.now() < end);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  if (events.includes('close')) return `the session was lost: ${events}`;
  const isThere = await client.pathExists(path);
  return isThere ? 'the session and its ephemeral node are there' : 'the node is gone';
}
