/** Where the pool keeps what, below its root. */
export const places = {
  /** A member has an ephemeral node here. */
  members: '/compat-pool/members',
  /** Tasks that nobody was given yet. */
  tasks: '/compat-pool/tasks',
  /** Below a node for each member: the tasks that it was given. */
  assigned: '/compat-pool/assigned',
  /** Results, by the names of their tasks. */
  done: '/compat-pool/done',
} as const;

export const root = '/compat-pool';
