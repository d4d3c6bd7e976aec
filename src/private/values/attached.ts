import { classNameOf } from './class-name';
import { refuseAll } from './refuse';

/**
 * The record that this library keeps on an object, one on each.
 *
 * It lies under a registered symbol, not in a `WeakMap` or behind `instanceof`, so that two copies of the
 * library in one program recognise each other's objects. The symbol names the version of the record's shape:
 * a copy that keeps another shape is another library, whose objects are none of ours.
 */
export class Attached<T> {
  private readonly key: symbol;

  /** @param version grows with each change of `T` after which an older copy would misread it */
  public constructor(private readonly name: string, version: number) {
    this.key = Symbol.for(`cdk8s-init-containers.${name}/${version}`);
  }

  public of(object: object): T | undefined {
    return (object as Record<symbol, T | undefined>)[this.key];
  }

  /** The same, where only an object of another copy can lack it. */
  public required(object: object): T {
    return (
      this.of(object)
      ?? refuseAll(
        { of: classNameOf(object) },
        `has no ${this.name} that this version of cdk8s-init-containers knows`,
        'let all of the program use one version of it',
      )
    );
  }

  public set(object: object, value: T): T {
    Object.defineProperty(object, this.key, { value, configurable: true });
    return value;
  }
}
