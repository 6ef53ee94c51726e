/** What is kept of clients that were closed, with a watch that had not fired. Run with --expose-gc. */
const CLIENTS = 20;

async function cycle({ open, server }, refs) {
  const client = await open(server);
  client.aw_get(
    '/',
    () => {},
    () => {},
  );
  await client.get('/');
  await new Promise((resolve) => setTimeout(resolve, 1));
  client.close();
  refs.push(new WeakRef(client));
}

export default async function play(given) {
  const refs = [];
  for (let i = 0; i < CLIENTS; i += 1) await cycle(given, refs);
  for (let i = 0; i < 20; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    global.gc();
  }
  const kept = refs.filter((ref) => ref.deref() !== undefined).length;
  return `${kept} of ${CLIENTS} clients are kept`;
}
