export { NotRunningError } from './not-running-error.js';
export type { ServerOptions, ServerSetting, StartOptions } from './options.js';
export { Server, type ServerProcess } from './server.js';
