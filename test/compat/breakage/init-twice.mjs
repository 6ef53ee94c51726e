/** init() while there is a session: what becomes of the first. */
export default async function play({ open, server }) {
  const client = await open(server, { timeout: 2000 });
  const path = await client.create('/twice-', '', 3);
  const second = new Promise((resolve) => client.once('connect', resolve));
  client.init({});
  await second;
  await new Promise((resolve) => setTimeout(resolve, 300));
  return (await client.pathExists(path))
    ? 'the first session goes on, unattended'
    : 'the first session is closed';
}
