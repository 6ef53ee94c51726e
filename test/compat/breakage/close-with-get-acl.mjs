/** close() while a get_acl waits for its answer. */
export default async function play({ open, server }) {
  const client = await open(server);
  const replied = new Promise((resolve) => {
    client.a_get_acl('/', (rc, error) => resolve(`the callback got ${rc} ${error}`));
  });
  client.close();
  return replied;
}
