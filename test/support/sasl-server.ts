import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerSetting } from 'libzookeeper';
import { startServer, type TestServer, type TestServerOptions } from './server.js';
import { newDirectory } from './workspace.js';

/** The users that a server of {@link startSaslServer} knows, with their passwords. */
export const USERS: Readonly<Record<string, string>> = {
  alice: 'alice-secret',
  bob: 'böb, "the" builder=;',
};

/** A JAAS file, as ZooKeeper's documentation has it. @returns its path */
function writeJaas(): string {
  const directory = newDirectory();
  mkdirSync(directory);
  const path = join(directory, 'jaas.conf');
  const users = Object.entries(USERS).map(
    ([name, password]) => `  user_${name}="${password.replaceAll('"', '\\"')}"`,
  );
  const login = 'org.apache.zookeeper.server.auth.DigestLoginModule required';
  writeFileSync(path, `Server {\n  ${login}\n${users.join('\n')};\n};\n`);
  return path;
}

/** What makes a server know {@link USERS} by SASL. */
export function saslOptions(zooCfg: Record<string, ServerSetting> = {}): TestServerOptions {
  return {
    zooCfg: {
      'authProvider.1': 'org.apache.zookeeper.server.auth.SASLAuthenticationProvider',
      ...zooCfg,
    },
    jvmProperties: { 'java.security.auth.login.config': writeJaas() },
  };
}

/** Starts a server that knows {@link USERS} by SASL. */
export function startSaslServer(zooCfg: Record<string, ServerSetting> = {}): Promise<TestServer> {
  return startServer(saslOptions(zooCfg));
}
