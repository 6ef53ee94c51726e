/** Typed for the tests. */
export interface Target {
  readonly name: string;
  readonly platform: string;
  readonly arch: string;
  readonly libc?: string;
  readonly file: string;
}
export const targets: readonly Target[];
