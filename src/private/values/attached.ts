/**
 * What an object carries for this library alone.
 *
 * It is kept under a registered symbol, not in a `WeakMap` or behind `instanceof`, so that two copies of the library in
 * one program still recognise each other's objects.
 */
export class Attached<T> {
  private readonly key: symbol;

  public constructor(name: string) {
    this.key = Symbol.for(`cdk8s-init-containers.${name}`);
  }

  public of(object: object): T | undefined {
    return (object as Record<symbol, T | undefined>)[this.key];
  }

  public set(object: object, value: T): T {
    Object.defineProperty(object, this.key, { value, configurable: true });
    return value;
  }
}
