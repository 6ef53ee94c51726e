/** gozk's settings, and what keeps a server for tests and development to itself. */
const DEFAULTS: Readonly<Record<string, string>> = {
  tickTime: '2000',
  // Relative to the run directory, where the server runs: a copy of it is a server of its own.
  dataDir: './data',
  maxClientCnxns: '500',
  // If it is turned on, it too listens on loopback unless told otherwise.
  'admin.enableServer': 'false',
  'admin.serverAddress': '127.0.0.1',
  '4lw.commands.whitelist': 'srvr,ruok',
};

/** The text of a `zoo.cfg` with the given settings over the defaults. */
export function formatZooCfg(settings: Readonly<Record<string, string>>, port: number): string {
  const merged: Record<string, string> = { ...DEFAULTS, ...settings };
  merged['4lw.commands.whitelist'] = withSrvr(merged['4lw.commands.whitelist'] ?? '');
  if (merged.secureClientPort !== undefined) merged.secureClientPortAddress = '127.0.0.1';
  merged.clientPort = String(port);
  merged.clientPortAddress = '127.0.0.1';
  const lines = Object.entries(merged).map(([key, value]) => `${key}=${escapeValue(value)}\n`);
  return lines.join('');
}

/** `start` asks `srvr` whether the server serves. */
function withSrvr(whitelist: string): string {
  const words = whitelist
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.includes('*') || words.includes('srvr')) return whitelist;
  return [...words, 'srvr'].join(',');
}

/** ZooKeeper reads the file as Java properties: Latin-1, with a backslash as the escape. */
function escapeValue(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replace(/^ /, '\\ ')
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
