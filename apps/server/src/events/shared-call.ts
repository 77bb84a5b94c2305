/**
 * Something that takes a while and that many want at once: all who ask while one call is under way share the next.
 * None shares a call that began before it asked, which may not know what had just been done.
 */
export class SharedCall<T> {
  readonly #call: () => Promise<T>;
  #running: Promise<T> | undefined;
  #next: Promise<T> | undefined;

  constructor(call: () => Promise<T>) {
    this.#call = call;
  }

  get(): Promise<T> {
    if (this.#running === undefined) return this.#start();
    const next = (): Promise<T> => this.#start();
    this.#next ??= this.#running.then(next, next);
    return this.#next;
  }

  #start(): Promise<T> {
    this.#next = undefined;
    const running = this.#call().finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }
}
