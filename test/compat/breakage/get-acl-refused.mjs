/** get_acl of a node that the client may not read. */
export default async function play({ open, server }) {
  const client = await open(server);
  const path = await client.create('/refused-', '', 3);
  await client.set_acl(path, -1, [{ perms: 2, scheme: 'world', auth: 'anyone' }]);
  return client.get_acl(path).then(
    ([[entry]]) => `the list was given: ${entry.perms}`,
    (error) => `rejected: ${error.message}`,
  );
}
