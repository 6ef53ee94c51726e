import { type Conn, op, worldACL } from 'libzookeeper';

/** One call of each operation, for what is the same for all of them. They are about `/a`. */
export const operations: readonly (readonly [
  name: string,
  call: (conn: Conn) => Promise<unknown>,
])[] = [
  ['get', (conn) => conn.get('/a')],
  ['getW', (conn) => conn.getW('/a')],
  ['children', (conn) => conn.children('/a')],
  ['childrenW', (conn) => conn.childrenW('/a')],
  ['exists', (conn) => conn.exists('/a')],
  ['existsW', (conn) => conn.existsW('/a')],
  ['create', (conn) => conn.create('/a')],
  ['createWithStat', (conn) => conn.createWithStat('/a')],
  ['set', (conn) => conn.set('/a', '')],
  ['delete', (conn) => conn.delete('/a')],
  ['acl', (conn) => conn.acl('/a')],
  ['setACL', (conn) => conn.setACL('/a', worldACL(31))],
  ['sync', (conn) => conn.sync('/a')],
  ['multi', (conn) => conn.multi([op.create('/a'), op.delete('/a')])],
  ['config', (conn) => conn.config()],
  ['configW', (conn) => conn.configW()],
  ['reconfig', (conn) => conn.reconfig({ leaving: 9 })],
  ['addAuth', (conn) => conn.addAuth('digest', 'user:password')],
];

/** The code that a call rejects with; `'fulfilled'` when it does not. */
export function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'fulfilled',
    ({ code }: { code: string }) => code,
  );
}
