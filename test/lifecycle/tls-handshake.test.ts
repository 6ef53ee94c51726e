import { expect, it } from 'vitest';
import { runChild } from '../support/child.js';

const script = new URL('./children/tls-handshake.mjs', import.meta.url);

it.each(['exit', 'terminate'])(
  'a TLS handshake that is not answered keeps nobody from ending: %s',
  async (how) => {
    const { code, signal, stdout, stderr } = await runChild(script, [how], { timeout: 20_000 });
    expect({ code, signal, stdout, stderr }).toEqual({
      code: 0,
      signal: null,
      stdout: 'done\n',
      stderr: '',
    });
  },
);
