/** get_acl of a node that there is not. */
export default async function play({ open, server }) {
  const client = await open(server);
  return client.get_acl('/there-is-no-such-node').catch((error) => `rejected: ${error.message}`);
}
