/** Reads a gzipped tar archive in memory: as much of the format as release archives use. */
import { gunzipSync } from 'node:zlib';

const BLOCK = 512;

const text = (block, start, length) => {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
};

/** The `path` of a pax header: records of the form `<length> <key>=<value>\n`. */
const paxPath = (data) => /^\d+ path=(.*)$/m.exec(data.toString('utf8'))?.[1];

/**
 * The regular files of an archive: path to contents, without the leading directory that a release
 * archive has.
 *
 * @throws Error when the archive is cut short or is not a gzipped tar
 */
export function readTarGz(compressed) {
  const tar = gunzipSync(compressed);
  const files = new Map();
  let longName;
  for (let offset = 0; offset + BLOCK <= tar.length; ) {
    const header = tar.subarray(offset, offset + BLOCK);
    if (header[0] === 0) break;
    if (text(header, 257, 5) !== 'ustar') throw new Error('not a tar archive');
    const size = Number.parseInt(text(header, 124, 12).trim(), 8);
    const data = tar.subarray(offset + BLOCK, offset + BLOCK + size);
    if (data.length !== size) throw new Error('the archive ends in the middle of a file');
    offset += BLOCK + Math.ceil(size / BLOCK) * BLOCK;

    const type = String.fromCharCode(header[156]);
    // A long name comes ahead of its file: 'L' is GNU's way to give it, 'x' POSIX's.
    if (type === 'L') longName = text(data, 0, data.length);
    else if (type === 'x') longName = paxPath(data);
    else {
      const prefix = text(header, 345, 155);
      const name =
        longName ?? (prefix === '' ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`);
      if (type === '0' || type === '\0') files.set(name.replace(/^(\.\/)?[^/]*\//, ''), data);
      // A global header ('g') may stand between a long name and its file.
      if (type !== 'g') longName = undefined;
    }
  }
  return files;
}
