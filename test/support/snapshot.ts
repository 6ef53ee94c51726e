import type { Conn } from 'libzookeeper';

/** All that a server has below a path: names, data, ACLs, and the transactions that made them so. */
export async function snapshot(conn: Conn, path = '/'): Promise<unknown> {
  const [{ data, stat }, { acl }, { children }] = await Promise.all([
    conn.get(path, { encoding: 'latin1' }),
    conn.acl(path),
    conn.children(path),
  ]);
  const below: Record<string, unknown> = {};
  for (const name of children.sort()) {
    below[name] = await snapshot(conn, path === '/' ? `/${name}` : `${path}/${name}`);
  }
  const { mzxid, version, aversion } = stat;
  return { data, acl, mzxid, version, aversion, below };
}
