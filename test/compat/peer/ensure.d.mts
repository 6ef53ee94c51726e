/** Where the original is, once {@link ensurePeer} has resolved. */
export declare const peerDirectory: string;

/**
 * Sees to it that the original is there. Quick, and silent, when it is.
 *
 * @returns the directory of its package
 */
export declare function ensurePeer(): Promise<string>;
