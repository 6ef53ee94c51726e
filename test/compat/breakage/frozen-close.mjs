/** close() when the server does not answer: how long the event loop stands still. */
export default async function play({ open, server }) {
  const client = await open(server, { timeout: 4000 });
  await client.get('/');
  process.stdout.write('freeze\n');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  const start = performance.now();
  client.close();
  const blocked = performance.now() - start;
  return blocked > 500
    ? `close() took ${(blocked / 1000).toFixed(1)} s`
    : 'close() returned at once';
}
