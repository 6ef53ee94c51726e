/** What is fuzzed: each target is test/fuzz/NAME.cc, with the parts of native/ and of the C client that it links. */
import { basename, join } from 'node:path';
import { generated, project } from '../../deps/layout.mjs';
import { nativeSources } from '../build/native-sources.mjs';
import { filesBelow } from '../support/files.mjs';
import { at } from '../support/paths.mjs';

/** Parts of native/ that speak Node-API, and the one that starts threads, which test/fuzz/threads.cc stands in for. */
const leftOut =
  /native[/\\](addon|arguments|client|constants|environment|open_options|requests|secure_options)\.cc$|port[/\\]threads\.cc$/;

const clientSources = [
  ...['zookeeper.c', 'mt_adaptor.c', 'recordio.c', 'zk_log.c', 'zk_hashtable.c', 'addrvec.c'],
  ...['zk_sasl.c', 'hashtable/hashtable.c', 'hashtable/hashtable_itr.c'],
].map((name) => join(project, 'src', name));

const inPort = (...names) => names.map((name) => at('native/port', name));
const inFuzz = (...names) => names.map((name) => at('test/fuzz', name));
const wholeClient = () => [
  ...clientSources,
  ...filesBelow(generated, ['.c']),
  ...nativeSources()
    .map((source) => at(source))
    .filter((source) => !leftOut.test(source)),
  ...inFuzz('network.cc', 'threads.cc'),
];

const records = () => [join(project, 'src/recordio.c'), ...filesBelow(generated, ['.c'])];

/** The C client's own sources see the port layer's header first, as deps/c-client.cmake has it. */
export const isOfClient = (source) => source.startsWith(project);

/** Whether calls of the C client's own are mapped in it. */
export const isMapped = (source) => basename(source) === 'zookeeper.c';

/**
 * @typedef {object} Target
 * @property {() => string[]} sources - what it links, beside its own file
 * @property {boolean} [isWhole] - whether it is the whole client, whose system calls test/fuzz/network.cc answers
 */

/** @type {Record<string, Target>} */
export const targets = {
  replies: {
    sources: () => [...records(), ...inPort('expected_replies.cc', 'reply_body.cc', 'replies.cc')],
  },
  handshake: { sources: () => inPort('handshake.cc') },
  client: { isWhole: true, sources: wholeClient },
  packed: { isWhole: true, sources: wholeClient },
  set_watches: { sources: () => inPort('set_watches.cc') },
};
