/** A reply of 200 KiB that comes in small pieces. The server is behind a slow network. */
export default async function play({ open, server, path }) {
  const client = await open(server, { timeout: 5000 });
  const events = [];
  for (const name of ['connecting', 'close'])
    client.on(name, (_, code) => events.push(`${name} ${code}`.trim()));
  const outcome = await client.get(path).then(
    ([, data]) => `${data.length} bytes`,
    (error) => `rejected: ${error.message}`,
  );
  return [outcome, ...events].join(', ');
}
