/** Which compilers build the native parts: those of the usual variables, else the usual names. */
import { output } from './run.mjs';

/** A variable may hold more than a name: `ccache g++`, `gcc -m32`. */
const words = (command) => command.trim().split(/\s+/);

export const cCompiler = () => words(process.env.CC || 'cc');
export const cxxCompiler = () => words(process.env.CXX || 'g++');

/** What a compiler says of itself: another one, or another version, builds anew. */
export const identity = ([command, ...args]) => [
  command,
  ...args,
  output(command, [...args, '--version']),
];
