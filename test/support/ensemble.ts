import {
  type ConnectOptions,
  Ensemble,
  type EnsembleOptions,
  type ServerSetting,
} from 'libzookeeper';
import { TestServer } from './server.js';
import { newDirectory } from './workspace.js';

/** Short ticks, no waiting for the disk, everything allowed. */
export const ZOO_CFG: Readonly<Record<string, ServerSetting>> = {
  tickTime: 200,
  initLimit: 50,
  syncLimit: 20,
  minSessionTimeout: 400,
  maxSessionTimeout: 60_000,
  maxClientCnxns: 0,
  '4lw.commands.whitelist': '*',
};

export const JVM_PROPERTIES: Readonly<Record<string, ServerSetting>> = {
  // In zoo.cfg it comes too late: it is read when a class is loaded.
  'zookeeper.forceSync': 'no',
  // super:secret
  'zookeeper.DigestAuthenticationProvider.superDigest': 'super:lK75jTNcA+U9vtVEw5vB51mj/w4=',
};

/** What a client that may reconfigure the ensemble is connected with. */
export const asSuperUser: ConnectOptions = { auth: [{ scheme: 'digest', cert: 'super:secret' }] };

/** A server of a {@link TestEnsemble}. */
export class TestMember extends TestServer {
  constructor(
    readonly id: number,
    readonly specification: string,
    server: ConstructorParameters<typeof TestServer>[0],
  ) {
    super(server);
  }
}

/** An ensemble for tests: {@link Ensemble} with {@link TestServer}s. */
export class TestEnsemble {
  readonly members: TestMember[] = [];

  constructor(readonly ensemble: Ensemble) {
    this.#update();
  }

  /** Where all of them are. */
  get address(): string {
    return this.ensemble.address;
  }

  /** The member of that number. */
  member(id: number): TestMember {
    return this.members[id - 1] as TestMember;
  }

  /** The member with that address. */
  at(address: string | null): TestMember {
    const member = this.members.find((each) => each.address === address);
    if (member === undefined) throw new Error(`there is no member at ${address}`);
    return member;
  }

  /** Sets up one more server, which knows the others, and starts it. */
  async add(): Promise<TestMember> {
    const { id } = await this.ensemble.add();
    this.#update();
    const member = this.member(id);
    await member.start();
    return member;
  }

  #update(): void {
    for (const { id, specification, server } of this.ensemble.members.slice(this.members.length)) {
      this.members.push(new TestMember(id, specification, server));
    }
  }
}

export type TestEnsembleOptions = Partial<EnsembleOptions>;

/** Starts an ensemble of three, unless told otherwise. It goes as {@link startServer}'s servers do. */
export async function startEnsemble(options: TestEnsembleOptions = {}): Promise<TestEnsemble> {
  const ensemble = await Ensemble.create({
    runDir: newDirectory(),
    ...options,
    zooCfg: { ...ZOO_CFG, ...options.zooCfg },
    jvmProperties: { ...JVM_PROPERTIES, ...options.jvmProperties },
  });
  await ensemble.start();
  return new TestEnsemble(ensemble);
}
