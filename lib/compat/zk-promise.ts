function warn(method: string): void {
  console.warn(`ZOOKEEPER LOG: ZkPromise::${method} is being deprecated!`);
}

/**
 * What the promise class returns: a Promise with some methods from the time before there were any.
 *
 * @deprecated use what every Promise has
 */
export class ZkPromise<T = unknown> extends Promise<T> {
  /** @deprecated Resolves to a property of the result. */
  get(propertyName: PropertyKey): ZkPromise {
    warn('get');
    return this.#then((result) => (result as Record<PropertyKey, unknown>)[propertyName]);
  }

  /** @deprecated Sets a property of the result. */
  put(propertyName: PropertyKey, value: unknown): ZkPromise {
    warn('put');
    return this.#then((result) => {
      (result as Record<PropertyKey, unknown>)[propertyName] = value;
      return value;
    });
  }

  /** @deprecated Calls a method of the result. */
  call(functionName: PropertyKey, ...values: unknown[]): ZkPromise {
    warn('call');
    return this.#then((result) => {
      const object = result as Record<PropertyKey, (...values: unknown[]) => unknown>;
      const method = object[functionName];
      if (typeof method !== 'function')
        throw new TypeError(`${String(functionName)} is not a function`);
      return method.apply(object, values);
    });
  }

  /** @deprecated use `then` */
  addCallback<Result>(callback: (result: T) => Result): ZkPromise<Awaited<Result>> {
    warn('addCallback');
    return this.#then(callback);
  }

  /** @deprecated use `catch` */
  addErrback<Result>(callback: (reason: unknown) => Result): ZkPromise<T | Awaited<Result>> {
    warn('addErrback');
    return this.then(undefined, callback) as ZkPromise<T | Awaited<Result>>;
  }

  /** @deprecated use `then` with both */
  addBoth<Result>(callback: (result: unknown) => Result): ZkPromise<Awaited<Result>> {
    warn('addBoth');
    return this.then(callback, callback) as ZkPromise<Awaited<Result>>;
  }

  /** @deprecated use `then` with both */
  addCallbacks<Result, Other>(
    callback: (result: T) => Result,
    errback: (reason: unknown) => Other,
  ): ZkPromise<Awaited<Result> | Awaited<Other>> {
    warn('addCallbacks');
    return this.then(callback, errback) as ZkPromise<Awaited<Result> | Awaited<Other>>;
  }

  #then<Result>(callback: (result: T) => Result): ZkPromise<Awaited<Result>> {
    return this.then(callback) as ZkPromise<Awaited<Result>>;
  }
}
