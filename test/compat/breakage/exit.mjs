/** close(), and the end of the process right behind it. */
export default async function play({ open, server }) {
  const client = await open(server, { timeout: 30_000 });
  const path = await client.create('/exit-', '', 3);
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.stdout.write(`outcome: ${path}\n`);
  client.close();
  process.exit(0);
}
