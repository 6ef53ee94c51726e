/** Which port layer is built under the C client (native/port/port.h), by the environment variable LIBZOOKEEPER_PORT. */
import { Failure } from './step.mjs';

const VARIANTS = ['buffered', 'plain'];

/** `buffered`, as it ships, or `plain`, with nothing in it that is only for speed. */
export function portVariant() {
  const variant = process.env.LIBZOOKEEPER_PORT || 'buffered';
  if (!VARIANTS.includes(variant))
    throw new Failure(`LIBZOOKEEPER_PORT is ${variant}; it may be ${VARIANTS.join(' or ')}`);
  return variant;
}
