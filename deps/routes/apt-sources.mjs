/** Which Debian mirrors apt is set up with on this machine: read, never changed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ETC = '/etc/apt';

/** The files that apt reads its sources from. */
function sourceFiles() {
  const parts = join(ETC, 'sources.list.d');
  const names = existsSync(parts) ? readdirSync(parts).sort() : [];
  return [
    join(ETC, 'sources.list'),
    ...names.filter((name) => /\.(list|sources)$/.test(name)).map((name) => join(parts, name)),
  ].filter((file) => existsSync(file));
}

/** `deb [options] uri suite component …`, a line each. */
function fromList(content) {
  return [...content.matchAll(/^\s*deb(?:-src)?\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+\S+\s+(.*)$/gm)].map(
    ([, options, uri, components]) => ({
      uri,
      components: components.trim().split(/\s+/),
      signedBy: /(?:^|\s)signed-by=(\S+)/i.exec(options ?? '')?.[1],
    }),
  );
}

/** Stanzas of `Field: value`, as in `.sources` files; comments may stand between the fields. */
function fromStanzas(content) {
  const lines = content.replace(/^#.*\n?/gm, '');
  return lines.split(/\n\s*\n/).flatMap((stanza) => {
    const field = (name) => new RegExp(`^${name}:[ \\t]*(\\S.*)$`, 'im').exec(stanza)?.[1].trim();
    if (field('Enabled')?.toLowerCase() === 'no') return [];
    const signedBy = field('Signed-By');
    return (field('URIs') ?? '')
      .split(/\s+/)
      .filter(Boolean)
      .map((uri) => ({
        uri,
        components: (field('Components') ?? '').split(/\s+/),
        signedBy: signedBy?.startsWith('/') ? signedBy : undefined,
      }));
  });
}

/**
 * The mirrors that may hold Debian's source packages: those whose path says so (`…/debian`, or
 * `debian.list`, a list of mirrors), as every mirror's does, with the component `main`. A mirror of
 * the security archive or of another vendor holds other packages.
 *
 * @returns what apt's `deb-src` line needs: `uri`, and `signedBy`, a key file, where the machine
 * names one
 */
export function configuredMirrors() {
  const entries = sourceFiles().flatMap((file) => {
    const content = readFileSync(file, 'utf8');
    return file.endsWith('.sources') ? fromStanzas(content) : fromList(content);
  });
  const seen = new Set();
  return entries.filter(({ uri, components }) => {
    const wanted =
      /\/debian(\.list)?\/?$/.test(uri) && components.includes('main') && !seen.has(uri);
    seen.add(uri);
    return wanted;
  });
}
