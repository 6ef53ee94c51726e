export { Ensemble, type EnsembleMember, type EnsembleOptions } from './ensemble.js';
export { NotRunningError } from './not-running-error.js';
export type { ServerMember, ServerOptions, ServerSetting, StartOptions } from './options.js';
export { Server, type ServerProcess } from './server.js';
