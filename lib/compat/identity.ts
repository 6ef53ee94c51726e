import { ClientId } from '../client-id.js';
import { toText } from './arguments.js';
import type { ZooKeeperConfig } from './types.js';

/** Digits of a session's password. */
const PASSWORD_DIGITS = 32;

/** A session's id as it is shown: hexadecimal, unsigned. */
export function sessionIdText(id: bigint): string {
  return BigInt.asUintN(64, id).toString(16);
}

/** A session's password as it is shown: hexadecimal. */
export function passwordText(password: Buffer): string {
  return password.toString('hex').toUpperCase();
}

/**
 * Reads the session that a configuration asks to resume; undefined for none.
 *
 * @throws Error when one of the two is missing, or is not what {@link sessionIdText} and {@link passwordText} make
 */
export function readIdentity(config: ZooKeeperConfig): ClientId | undefined {
  const { client_id, client_password } = config;
  if (client_id === undefined && client_password === undefined) return undefined;
  if (client_id === undefined || client_password === undefined) {
    throw new Error('ZK init: client id and password must either be both specified or unspecified');
  }
  const password = toText(client_password);
  if (password.length !== PASSWORD_DIGITS) {
    throw new Error('ZK init: password does not have correct length');
  }
  if (!/^[\da-f]+$/i.test(password)) throw new Error('ZK init: password is not hexadecimal');
  const [, id] = /^(?:0x)?([\da-f]{1,16})$/i.exec(toText(client_id)) ?? [];
  if (id === undefined) throw new Error('ZK init: client id is not hexadecimal');
  return new ClientId(BigInt.asIntN(64, BigInt(`0x${id}`)), Buffer.from(password, 'hex'));
}
