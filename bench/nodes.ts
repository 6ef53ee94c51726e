/** Bytes of data of most nodes, and of a large one. */
export const SMALL = 100;
export const LARGE = 100 * 1024;

/** How many children the node with many has. */
export const CHILDREN = 1000;

/** The nodes that the scenarios work on. The wire stub reads off the names what to answer; see bench/wire-stub/replies.h. */
export const nodes = {
  top: '/bench',
  small: `/bench/data-${SMALL}`,
  large: `/bench/data-${LARGE}`,
  children: `/bench/children-${CHILDREN}`,
  parent: '/bench/made',
  /** What is made in the parent, with a number after it. */
  made: '/bench/made/node-',
  /** What is watched, with a number after it; not there. */
  watched: '/bench/none-',
} as const;
