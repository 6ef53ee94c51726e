/** Reads what valgrind reported, which is XML of a simple kind. */

const plain = (text) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const element = (text, name) => {
  const [, inside] = new RegExp(`<${name}>([^]*?)</${name}>`).exec(text) ?? [];
  return inside === undefined ? undefined : plain(inside);
};

const elements = (text, name) =>
  [...text.matchAll(new RegExp(`<${name}>([^]*?)</${name}>`, 'g'))].map(([, inside]) => inside);

function frame(text) {
  const object = element(text, 'obj') ?? '?';
  const file = element(text, 'file');
  const place = file === undefined ? '' : ` at ${file}:${element(text, 'line')}`;
  return {
    module: object.slice(object.lastIndexOf('/') + 1),
    text: `${element(text, 'fn') ?? element(text, 'ip')}${place}`,
  };
}

/**
 * The errors of one file. A process that was killed leaves one without an end.
 *
 * @returns {import('./reports.mjs').Report[]}
 */
export function readValgrind(text) {
  return elements(text, 'error').map((error) => {
    const kind = element(error, 'kind') ?? '';
    const what = element(error, 'xwhat') ?? `<text>${element(error, 'what')}</text>`;
    const stacks = elements(error, 'stack').map((stack) => elements(stack, 'frame').map(frame));
    const shown = stacks.map((stack) =>
      stack.map(({ module, text: place }, i) => `    #${i} ${place} (${module})`).join('\n'),
    );
    return {
      kind: kind.startsWith('Leak_') ? 'leak' : 'memory',
      text: `${kind}: ${element(what, 'text')}\n${shown.join('\n\n')}`,
      stacks,
    };
  });
}
