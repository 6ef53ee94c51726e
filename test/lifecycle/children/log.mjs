// Logs in one of several ways: log.mjs ADDRESS SCENARIO. Prints, as JSON, what the test looks at.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { connect, dial, LogLevel, setLogLevel } from 'libzookeeper';

const [address, scenario] = process.argv.slice(2);
const print = (value) => console.log(JSON.stringify(value));

/** A logger that keeps what it is given. */
function keeper() {
  const lines = [];
  const take =
    (level) =>
    (message, { time }) =>
      lines.push({ level, message, time });
  return {
    lines,
    logger: { error: take('error'), warn: take('warn'), info: take('info'), debug: take('debug') },
  };
}

/** Everything that can go wrong, and a little that goes right. */
async function adventures(options = {}) {
  const conn = await connect(address, options);
  await conn.get('/none').catch(() => {});
  await conn.addAuth('no-such-scheme', 'x').catch(() => {});
  await conn.get('/').catch(() => {});
  await conn.close();
  await connect('127.0.0.1:1', { ...options, connectTimeout: 100 }).catch(() => {});
  await connect('a..b:1', { ...options, connectTimeout: 100 }).catch(() => {});
  const dead = dial('127.0.0.1:1', options);
  await dead.get('/').catch(() => {});
  await dead.close();
}

async function use(options) {
  const conn = await connect(address, options);
  await conn.get('/');
  await conn.close();
}

const scenarios = {
  /** Nobody asked for a log. */
  async quiet() {
    await adventures();
    await adventures({ logger: keeper().logger });
  },

  async stderr() {
    setLogLevel(LogLevel.DEBUG);
    await use();
  },

  async logger() {
    setLogLevel(LogLevel.DEBUG);
    const { lines, logger } = keeper();
    await adventures({ logger });
    print(lines);
  },

  /** The event loop stands still, while the C client goes on. */
  async blocked() {
    setLogLevel(LogLevel.DEBUG);
    const { lines, logger } = keeper();
    const before = Date.now();
    const conn = await connect(address, { sessionTimeout: 900, logger });
    const start = Date.now();
    while (Date.now() < start + 1000);
    const end = Date.now();
    const delivered = lines.length;
    await conn.get('/');
    const after = lines.slice(delivered).map(({ time }) => time.getTime());
    await conn.close();
    const times = lines.map(({ time }) => time.getTime());
    print({
      said: after.filter((time) => time > start + 100 && time < end - 100).length,
      early: times.filter((time) => time < before - 1).length,
      late: times.filter((time) => time > Date.now()).length,
    });
  },

  /** Lines that hold what a formatter would take for placeholders. */
  async percent() {
    setLogLevel(LogLevel.DEBUG);
    const conn = await connect(address, { logger: console });
    await conn.exists('/%d0%bf%s');
    await conn.close();
  },

  /** A level lets through what is as grave, or graver. */
  async levels() {
    const counts = {};
    for (const [name, level] of Object.entries(LogLevel)) {
      setLogLevel(level);
      const { lines, logger } = keeper();
      await adventures({ logger });
      counts[name] = [...new Set(lines.map((line) => line.level))].sort();
    }
    print(counts);
  },

  /** Each connection has its own logger. */
  async apart() {
    setLogLevel(LogLevel.DEBUG);
    const [first, second] = [keeper(), keeper()];
    const conn = await connect(address, { logger: first.logger });
    const before = first.lines.length;
    await use({ logger: second.logger });
    await conn.close();
    print({ first: before, second: second.lines.length });
  },

  /** A logger that throws, each time. */
  async throwing() {
    let uncaught = 0;
    process.on('uncaughtException', ({ message }) => {
      if (message === 'mine') uncaught += 1;
      else throw new Error(message);
    });
    setLogLevel(LogLevel.DEBUG);
    const refuse = () => {
      throw new Error('mine');
    };
    const logger = { error: refuse, warn: refuse, info: refuse, debug: refuse };
    const conn = await connect(address, { logger });
    const { watch } = await conn.existsW(`/log-${process.pid}`);
    const gets = Array.from({ length: 200 }, () => conn.get('/'));
    const created = conn.create(`/log-${process.pid}`);
    const replies = await Promise.all([...gets, created]);
    const { path } = await watch.receive();
    await conn.close();
    await new Promise(setImmediate);
    print({ replies: replies.length, event: path === `/log-${process.pid}`, uncaught });
  },

  async throwingUncaught() {
    setLogLevel(LogLevel.DEBUG);
    const refuse = () => {
      throw new Error('mine');
    };
    await use({ logger: { error: refuse, warn: refuse, info: refuse, debug: refuse } });
  },

  /** A listener that throws, each time. */
  async throwingListener() {
    let uncaught = 0;
    process.on('uncaughtException', () => {
      uncaught += 1;
    });
    const conn = dial(address);
    conn.on('session', () => {
      throw new Error('mine');
    });
    const event = await conn.session.receive();
    await conn.get('/');
    await conn.close();
    print({ event: String(event), uncaught });
  },

  /** The level is the process's, the logger the connection's, in worker threads, too. */
  async worker() {
    setLogLevel(LogLevel.DEBUG);
    const source = `
      const { parentPort } = require('node:worker_threads');
      const { connect } = require(${JSON.stringify(process.argv[4])});
      const levels = new Set();
      const take = (level) => () => levels.add(level);
      const logger = { error: take('error'), warn: take('warn'), info: take('info'), debug: take('debug') };
      connect(${JSON.stringify(address)}, { logger })
        .then((conn) => conn.close())
        .then(() => parentPort.postMessage([...levels].sort()));
    `;
    const worker = new Worker(source, { eval: true });
    const [levels] = await once(worker, 'message');
    await once(worker, 'exit');
    print(levels);
  },
};

await scenarios[scenario]();
