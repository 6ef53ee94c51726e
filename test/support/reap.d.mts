export const MARK: string;
export function reap(mark: string, root: string): void;
