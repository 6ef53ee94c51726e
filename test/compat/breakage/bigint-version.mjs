/** A version that is no number: a BigInt, a symbol. */
export default async function play({ open, server, kind }) {
  const client = await open(server);
  const version = kind === 'bigint' ? 1n : Symbol('version');
  try {
    return `returned ${client.a_set('/', 'x', version, () => {})}`;
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}
