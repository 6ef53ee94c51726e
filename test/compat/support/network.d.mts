/** A network between clients and a server, on loopback, that can be made to fail. */
export declare class Network {
  static start(target: string): Promise<Network>;
  readonly address: string;
  /** Ends every connection. */
  cut(): void;
  /** Ends every connection that comes, at once; or lets them be again. */
  refuse(isRefusing?: boolean): void;
  /** Loses what the server sends on the connections that there are. */
  lose(): void;
  /** Keeps what the server sends. */
  hold(): void;
  /** Delivers what was kept, and what follows. */
  release(): void;
  /** Delivers what the server sends in so many bytes each millisecond. */
  slow(bytesPerTick: number): void;
  close(): Promise<void>;
}
